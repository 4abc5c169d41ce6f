"""Between the recorder and the clients, on the event loop: who listens, what is open, what they get and when."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .client import MIN_INTERVAL_MS, Client
from .clock import Clock
from .fit import to_json
from .gpu_sampler import GpuSampler
from .journal import Journaled, Message
from .running import Running

MAX_CLIENTS = 256
GPU_INTERVAL_MS = 1000


@dataclass(frozen=True)
class Joined:
    """What was true in the instant a client joined: everything after `seq` comes to it live."""

    seq: int
    state: list[Message]


@dataclass(frozen=True)
class HubCounts:
    """How many listen, how many prompts have which status, what was sent and what was too much."""

    clients: int
    open: dict[str, float]
    samples_dropped: int
    seq: int


class Hub:
    """Every client gets each published message, serialised once, and samples at its own interval. Only for the loop's
    thread, but for `publish`."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        newest: int,
        sampler: GpuSampler,
        running: Callable[[], dict[str, Running]],
        clock: Clock,
    ) -> None:
        self._loop = loop
        self._sampler = sampler
        self._running = running
        self._clock = clock
        self._open: dict[str, Message] = {}
        self._clients: set[Client] = set()
        self._changed = asyncio.Event()
        self._ticker: asyncio.Task[None] | None = None
        self._dropped_by_left = 0
        self.seq = newest

    def publish(self, messages: list[Journaled]) -> None:
        """Send committed messages, from any thread; after the loop has ended nobody is left to get them."""
        try:
            self._loop.call_soon_threadsafe(self._apply, messages)
        except RuntimeError:
            return

    def join(self, client: Client) -> Joined:
        """Add a client; whoever adds it must let it leave."""
        self._clients.add(client)
        self._note_listeners()
        if self._ticker is None:
            self._ticker = self._loop.create_task(self._tick())
        return Joined(self.seq, self._state())

    def leave(self, client: Client) -> None:
        """Remove a client; with the last one the sampling for the stream ends."""
        if client in self._clients:
            self._dropped_by_left += client.samples_dropped()
        self._clients.discard(client)
        self._note_listeners()
        if not self._clients and self._ticker is not None:
            self._ticker.cancel()
            self._ticker = None

    def configure(self, client: Client, interval_ms: float) -> None:
        """Give a client another interval."""
        client.interval_ms = interval_ms
        self._note_listeners()

    def is_full(self) -> bool:
        """Whether no more clients are taken."""
        return len(self._clients) >= MAX_CLIENTS

    def counts(self) -> HubCounts:
        """The numbers of now; what clients that left did not get is counted on."""
        statuses = Counter(update["status"] for update in self._open.values())
        dropped = self._dropped_by_left + sum(client.samples_dropped() for client in self._clients)
        is_open = {status: float(statuses[status]) for status in ("queued", "executing")}
        return HubCounts(len(self._clients), is_open, dropped, self.seq)

    def heartbeat(self) -> str:
        """A heartbeat of now."""
        return to_json({"type": "heartbeat", "now": self._clock.wall(), "seq": self.seq})

    def _apply(self, messages: list[Journaled]) -> None:
        for journaled in messages:
            self.seq = journaled.seq
            ended = self._note(journaled.message)
            for client in self._clients:
                client.put_lifecycle(journaled.text)
                if ended is not None:
                    client.drop_samples(ended)
        self._changed.set()

    def _note(self, message: Message) -> str | None:
        prompt_id = message.get("promptId")
        if message["type"] != "update" or not isinstance(prompt_id, str):
            return None
        if message["status"] in ("queued", "executing"):
            known = self._open.get(prompt_id, {})
            self._open[prompt_id] = {**known, **message}
            return None
        self._open.pop(prompt_id, None)
        return prompt_id

    def _state(self) -> list[Message]:
        samples = {sample["promptId"]: sample for sample in self._samples()}
        merged = ({**update, **samples.get(prompt_id, {})} for prompt_id, update in self._open.items())
        return [{name: value for name, value in update.items() if name != "type"} for update in merged]

    def _note_listeners(self) -> None:
        intervals = [client.interval_ms for client in self._clients]
        self._sampler.listen(min(intervals) if intervals else None)
        self._changed.set()

    async def _tick(self) -> None:
        while True:
            self._changed.clear()
            now = self._clock.mono()
            # Asked once a tick: as many prompts may be open as there are in the queue.
            floor = MIN_INTERVAL_MS if self._is_executing() else GPU_INTERVAL_MS
            self._send_due(now, floor)
            try:
                await asyncio.wait_for(self._changed.wait(), self._until_next(now, floor) / 1000)
            except asyncio.TimeoutError:
                continue

    def _until_next(self, now: float, floor: float) -> float:
        # Intervals lie on one grid, so that clients of the same interval share their samples.
        intervals = {max(client.interval_ms, floor) for client in self._clients}
        return min((interval - math.fmod(now, interval) for interval in intervals), default=GPU_INTERVAL_MS) + 1

    def _send_due(self, now: float, floor: float) -> None:
        due = []
        for client in self._clients:
            slot = int(now // max(client.interval_ms, floor))
            if slot != client.last_sampled:
                client.last_sampled = slot
                due.append(client)
        if not due:
            return
        at = self._clock.wall()
        for key, text in self._sample_texts():
            for client in due:
                client.put_sample(key, text, at)

    def _sample_texts(self) -> list[tuple[str, str]]:
        if self._is_executing():
            return [(sample["promptId"], to_json(sample)) for sample in self._samples()]
        latest = self._sampler.latest
        message = {"type": "gpu", "timestamp": latest.at, "gpus": latest.gpus}
        return [("", to_json(message))] if latest.gpus else []

    def _is_executing(self) -> bool:
        return any(update["status"] == "executing" for update in self._open.values())

    def _samples(self) -> list[Message]:
        now = self._clock.moment()
        running = self._running()
        return [
            _sample(update, running[prompt_id], now.wall, now.mono, len(self._open), self._sampler)
            for prompt_id, update in self._open.items()
            if update["status"] == "executing" and prompt_id in running
        ]


def _sample(update: Message, running: Running, wall: int, mono: float, remaining: int, sampler: GpuSampler) -> Message:
    sample = {name: update[name] for name in _IDENTITY if name in update}
    sample.update(timestamp=wall, duration=max(0, round(mono - running.started.mono)), queueRemaining=remaining)
    figures: dict[str, Any] = {"progress": running.progress(), "cached": running.cached()}
    gpus = sampler.latest.gpus
    main = sampler.main_gpu()
    if gpus:
        figures["gpus"] = gpus
    if main is not None:
        figures.update(gpuIndex=main["index"], gpuVramFree=main.get("vramFree"))
        figures.update(gpuUtilization=main.get("utilization"))
    sample.update({name: value for name, value in figures.items() if value is not None})
    return sample


_IDENTITY = ("type", "sceneId", "runId", "promptId", "status", "attempt", "attempts")
