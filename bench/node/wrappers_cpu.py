"""Row N1a: the thread time, in ms a prompt, that the wrappers add to ComfyUI's own threads. Prints it.

A prompt of 12 nodes and 210 steps, each told by `progress` and by `progress_state` with the states of all nodes so far.
"""

from __future__ import annotations

import queue
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "comfyui_nodes")]

from comfyui_nodes.gemdirect_telemetry.clock import system_clock  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.hooks import install_hooks  # noqa: E402
from fake_comfyui import FakePromptServer, label  # noqa: E402

PROMPTS = 200
NODES = 12
SAMPLER = "5"


class DeafServer(FakePromptServer):
    """One whose own sending costs nothing."""

    def send_sync(self, event: Any, data: Any, sid: str | None = None) -> None:
        """Nobody listens."""


def events_of(prompt_id: str) -> list[tuple[str, Any]]:
    events: list[tuple[str, Any]] = [("execution_cached", {"prompt_id": prompt_id, "nodes": []})]
    states: dict[str, Any] = {}
    for node in map(str, range(NODES)):
        steps = 100 if node == SAMPLER else 10
        state = {"value": 0, "max": steps, "node_id": node, "prompt_id": prompt_id, "real_node_id": node}
        for step in range(steps):
            nodes = {**states, node: {**state, "state": "running", "value": step}}
            events.append(("progress", {"prompt_id": prompt_id, "value": step, "max": steps, "node": node}))
            events.append(("progress_state", {"prompt_id": prompt_id, "nodes": nodes}))
        states[node] = {**state, "state": "finished", "value": steps}
    return events


def thread_ms(server: FakePromptServer, told: dict[str, list[tuple[str, Any]]]) -> float:
    began = time.thread_time()
    for prompt_id, events in told.items():
        server.post(prompt_id, label("scene-001"))
        item = server.begin()
        for event, data in events:
            server.send_sync(event, data, None)
        server.end(item)
    return 1000 * (time.thread_time() - began) / len(told)


told = {f"p{number}": events_of(f"p{number}") for number in range(PROMPTS)}
bare, observed = DeafServer(), DeafServer()
install_hooks(observed, queue.SimpleQueue[Any]().put, system_clock())
print(thread_ms(observed, told) - thread_ms(bare, told))
