"""A ComfyUI as far as the node sees it: a queue with ComfyUI's methods, worked by the test itself."""

from __future__ import annotations

import asyncio
import copy
import heapq
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

Graph = dict[str, Any]


def graph(**inputs: Any) -> Graph:
    """Three nodes; what is given goes into the first one's inputs."""
    return {
        "1": {"class_type": "EmptyImage", "inputs": {"width": 256, "height": 128, "batch_size": 1, **inputs}},
        "4": {"class_type": "ImageBlur", "inputs": {"image": ["1", 0], "blur_radius": 3}},
        "9": {"class_type": "SaveImage", "inputs": {"images": ["4", 0], "filename_prefix": "scene"}},
    }


def label(scene: str, run: str = "run-1", **fields: Any) -> dict[str, Any]:
    """`extra_data` as the queuing side sends it."""
    return {"telemetry": {"runId": run, "sceneId": scene, **fields}}


POLICY = {
    "maxWaitSeconds": 60,
    "maxAttempts": 0,
    "pollIntervalSeconds": 1,
    "postExecutionTimeoutSeconds": 5,
    "sceneRetryBudget": 1,
    "delayBetweenScenesSeconds": 0,
    "batchSize": 0,
}


class Status(NamedTuple):
    status_str: str
    completed: bool
    messages: list[tuple[str, dict[str, Any]]]


class FakeQueue:
    """Behaves as ComfyUI's PromptQueue: one lock, a heap, deletion of the last item by wiping."""

    def __init__(self) -> None:
        self.mutex = threading.RLock()
        self.queue: list[Any] = []
        self.currently_running: dict[int, Any] = {}
        self.flags: dict[str, Any] = {}
        self._counter = 0

    def put(self, item: Any) -> None:
        with self.mutex:
            heapq.heappush(self.queue, item)

    def get(self, timeout: float | None = None) -> Any:
        with self.mutex:
            if not self.queue:
                return None
            item = heapq.heappop(self.queue)
            item_id = self._counter
            self.currently_running[item_id] = copy.deepcopy(item)
            self._counter += 1
            return item, item_id

    def task_done(self, item_id: int, history_result: Any, status: Any) -> None:
        with self.mutex:
            self.currently_running.pop(item_id)

    def wipe_queue(self) -> None:
        with self.mutex:
            self.queue = []

    def delete_queue_item(self, function: Callable[[Any], bool]) -> bool:
        with self.mutex:
            for index, item in enumerate(self.queue):
                if function(item):
                    if len(self.queue) == 1:
                        self.wipe_queue()
                    else:
                        self.queue.pop(index)
                        heapq.heapify(self.queue)
                    return True
        return False

    def set_flag(self, name: str, data: Any) -> None:
        self.flags[name] = data


class FakePromptServer:
    """The parts of PromptServer that the node touches, and the worker's steps as methods."""

    def __init__(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self.loop = loop
        self.prompt_queue = FakeQueue()
        self.sent: list[tuple[Any, Any]] = []
        self.interrupted = 0
        self._number = 0

    def send_sync(self, event: Any, data: Any, sid: str | None = None) -> None:
        self.sent.append((event, data))

    def interrupt(self) -> None:
        self.interrupted += 1

    def post(self, prompt_id: str, extra: Any = None, nodes: Any = None) -> None:
        """POST /prompt, as far as the queue sees it."""
        self._number += 1
        extra_data = {} if extra is None else extra
        self.prompt_queue.put((self._number, prompt_id, graph() if nodes is None else nodes, extra_data, ["9"]))

    def begin(self) -> int:
        """The worker takes the next prompt."""
        item, item_id = self.prompt_queue.get(timeout=1000.0)
        assert isinstance(item_id, int)
        return item_id

    def end(self, item_id: int, event: str = "execution_success", data: Any = None, outputs: Any = None) -> None:
        """The worker is done with a prompt."""
        succeeded = event == "execution_success"
        messages = [("execution_start", {}), (event, data or {})]
        status = Status("success" if succeeded else "error", succeeded, messages)
        self.prompt_queue.task_done(item_id, {"outputs": outputs or {}, "meta": {}}, status=status)

    def run(self, prompt_id: str, extra: Any = None, **end: Any) -> None:
        """A prompt from its POST to its end."""
        self.post(prompt_id, extra)
        self.end(self.begin(), **end)

    def node(self, prompt_id: str, **states: str) -> None:
        """Node states (`n1="running"`), as ComfyUI tells them."""
        nodes = {
            name[1:]: {"state": state, "value": 0.0, "max": 1.0, "real_node_id": name[1:]}
            for name, state in states.items()
        }
        self.send_sync("progress_state", {"prompt_id": prompt_id, "nodes": nodes}, None)
