"""Rows N1b and N2: what the stream costs while a prompt executes.

    stream_cpu.py CLIENTS INTERVAL_MS

Prints JSON: `loop` and `process`, the percentages of one core that the event loop's thread and the whole process need,
the listening clients being another process. CPU time over updates delivered, times the updates due a second: a busy
machine delivers fewer, and would else look cheap.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "comfyui_nodes")]

from comfyui_nodes.gemdirect_telemetry.client import Pace  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.clock import system_clock  # noqa: E402
from fake_comfyui import graph, label  # noqa: E402
from stage import FakeClock, Stage  # noqa: E402

WARM_UP_SECONDS = 2
SECONDS = 10
PROGRESS_A_SECOND = 20


class TwoGpus:
    """Two cards whose driver answers at once."""

    def read(self) -> list[dict[str, Any]]:
        known = {"vramFree": 8 * 10**9, "vramTotal": 24 * 10**9, "utilization": 97, "temperature": 71, "power": 320.5}
        return [{"index": index, "name": "NVIDIA GeForce RTX 4090", **known} for index in range(2)]

    def main_index(self) -> int | None:
        return 0

    def driver(self) -> str | None:
        return "570.86"


def execute(stage: Stage, stopped: threading.Event) -> None:
    """The prompt worker, in the middle of sampling."""
    stage.comfy.post("p1", label("scene-001", run="run-1", runName="Night", sceneCount=4), graph(steps=30))
    stage.comfy.begin()
    step = 0
    while not stopped.wait(1 / PROGRESS_A_SECOND):
        step += 1
        progress = {"value": step % 30, "max": 30, "prompt_id": "p1", "node": "4"}
        stage.comfy.send_sync("progress", progress, None)
        stage.comfy.sent.clear()


async def measure(clients: int, interval_ms: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        clock = FakeClock()
        clock.clock = system_clock()
        stage = await Stage(Path(folder), clock, pace=Pace(), probe_gpus=TwoGpus).serve()
        stopped = threading.Event()
        worker = threading.Thread(target=execute, args=(stage, stopped))
        worker.start()
        command = [sys.executable, str(Path(__file__).with_name("listeners.py"))]
        arguments = [str(stage.client.port), str(clients), str(interval_ms), str(WARM_UP_SECONDS), str(SECONDS)]
        listeners = await asyncio.create_subprocess_exec(*command, *arguments, stdout=subprocess.PIPE)
        assert listeners.stdout is not None
        await listeners.stdout.readline()
        loop, process = time.thread_time(), time.process_time()
        updates = int(await listeners.stdout.readline())
        loop, process = time.thread_time() - loop, time.process_time() - process
        await listeners.wait()
        stopped.set()
        worker.join()
        await stage.stop()
    due = clients * 1000 / interval_ms
    if updates < due * SECONDS / 4:
        raise SystemExit(f"Only {updates} updates arrived: the row is void.")
    return {"loop": 100 * loop / updates * due, "process": 100 * process / updates * due}


print(json.dumps(asyncio.run(measure(int(sys.argv[1]), int(sys.argv[2])))))
