"""The parts put together: everything that one server's telemetry holds, and how it is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .client import Pace
from .clock import Clock, system_clock
from .environment import ServerFacts
from .gpu_reader import GpuReader
from .gpu_sampler import GpuSampler
from .hooks import Hooks, install_hooks
from .hub import Hub
from .journal import Journal
from .probe_gpus import probe_gpus
from .recorder import Recorder
from .security import AccessRules, read_access_rules
from .stop_prompt import make_stop_prompt
from .tally import Tally
from .tracker import TraceOf, Tracker


@dataclass(frozen=True)
class World:
    """What the telemetry takes from outside; tests give their own."""

    prompt_server: Any
    journal_path: Path
    interrupt: Callable[[], None]
    facts: ServerFacts = field(default_factory=ServerFacts)
    clock: Clock = field(default_factory=system_clock)
    probe_gpus: Callable[[], GpuReader] = probe_gpus
    rules: AccessRules = field(default_factory=read_access_rules)
    pace: Pace = field(default_factory=Pace)
    ui_folder: Path = Path(__file__).parent / "ui"


@dataclass(frozen=True)
class Telemetry:
    """One server's telemetry, running. `dispose` ends its threads and closes the journal; the hooks stay and do
    nothing any more."""

    world: World
    journal: Journal
    sampler: GpuSampler
    recorder: Recorder
    hub: Hub
    hooks: Hooks
    tally: Tally

    def dispose(self) -> None:
        """Record what was observed, then let everything go."""
        self.recorder.dispose()
        self.sampler.dispose()
        self.journal.close()


def start_telemetry(world: World, loop: asyncio.AbstractEventLoop) -> Telemetry | None:
    """Open the journal, end what an earlier server left open, and observe this one.

    None if this server is observed already. Raises OSError or sqlite3.Error when the journal can't be opened.
    """
    running: dict[str, Any] = {}
    inbox: list[Recorder] = []
    hooks = install_hooks(world.prompt_server, lambda each: inbox[0].observe(each) if inbox else None, world.clock)
    if hooks is None:
        return None
    running = hooks.running
    journal = Journal(world.journal_path)
    sampler = GpuSampler(world.probe_gpus, journal.source, world.clock)
    facts = ServerFacts(world.facts.comfy_version, world.facts.torch_version, sampler.facts)
    tally = Tally()
    tracker = Tracker(journal, facts, TraceOf(sampler.begin, sampler.finish), tally)
    tracker.end_left_open(world.clock.moment())
    journal.commit()
    hub = Hub(loop, journal.newest(), sampler, lambda: running, world.clock)
    stop_prompt = make_stop_prompt(world.prompt_server, world.interrupt)
    recorder = Recorder(tracker, journal, hub.publish, stop_prompt, world.clock)
    inbox.append(recorder)
    return Telemetry(world, journal, sampler, recorder, hub, hooks, tally)
