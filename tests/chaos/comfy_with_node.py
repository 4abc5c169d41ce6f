"""A ComfyUI that computes nothing, with the real telemetry node, on a bare aiohttp server; its clocks run `--factor` times as fast.

Serves until it is killed. `--forget` makes its journal another one, and `--dump` prints the one that a dead server left.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "comfyui_nodes")]

from aiohttp import web  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.client import Pace  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.clock import Clock  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.environment import ServerFacts  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.guard import make_front  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.routes import add_routes  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.security import AccessRules  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.telemetry import World, start_telemetry  # noqa: E402
from fake_comfyui import FakePromptServer  # noqa: E402

STEPS = 20
STEP_MS = 40
ERRORS = {
    "error": {"exception_type": "ValueError", "exception_message": "Sizes must match"},
    "outOfMemory": {"exception_type": "torch.OutOfMemoryError", "exception_message": "Allocation on device 0"},
}


class OneGpu:
    """A graphics card whose figures tell one reading from another."""

    def __init__(self) -> None:
        self._reads = 0

    def read(self) -> list[dict[str, Any]]:
        self._reads += 1
        free = 8_000_000_000 + self._reads
        return [{"index": 0, "name": "Test", "vramFree": free, "vramTotal": 24_000_000_000, "utilization": 90, "power": 300}]

    def main_index(self) -> int:
        return 0

    def driver(self) -> str:
        return "1"


def work(comfy: FakePromptServer, factor: float) -> None:
    """ComfyUI's prompt worker: one prompt after another, as its `extra_data` says."""
    while True:
        item = comfy.prompt_queue.get(timeout=1000.0)
        if item is None:
            time.sleep(0.002)
            continue
        (_, prompt_id, _, extra, _), item_id = item
        interrupted = comfy.interrupted
        comfy.node(prompt_id, n1="finished", n2="running")
        for step in range(STEPS):
            time.sleep(STEP_MS / factor / 1000)
            comfy.send_sync("progress", {"prompt_id": prompt_id, "node": "2", "value": step + 1, "max": STEPS})
            if comfy.interrupted > interrupted:
                break
        end = extra.get("simulate")
        if comfy.interrupted > interrupted:
            comfy.end(item_id, "execution_interrupted")
        elif end in ERRORS:
            comfy.end(item_id, "execution_error", {**ERRORS[end], "node_id": "2", "node_type": "KSampler"})
        else:
            files = [{"filename": f"{prompt_id}.png", "subfolder": "", "type": "output"}]
            comfy.end(item_id, outputs={"outputs": {"3": {"images": files}}})


def add_stock_routes(routes: web.RouteTableDef, comfy: FakePromptServer, moved: list[int]) -> None:
    @routes.post("/prompt")
    async def queue(request: web.Request) -> web.Response:
        body = await request.json()
        comfy.post(body["prompt_id"], body["extra_data"], body["prompt"])
        return web.json_response({})

    @routes.post("/interrupt")
    async def interrupt(_: web.Request) -> web.Response:
        if comfy.prompt_queue.currently_running:
            comfy.interrupt()
        return web.json_response({})

    @routes.post("/queue")
    async def change(request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("clear"):
            comfy.prompt_queue.wipe_queue()
        for prompt_id in body.get("delete", []):
            comfy.prompt_queue.delete_queue_item(lambda item, wanted=prompt_id: item[1] == wanted)
        return web.json_response({})

    @routes.post("/clock")
    async def move(request: web.Request) -> web.Response:
        moved[0] += (await request.json())["ms"]
        return web.json_response({})


async def serve(folder: Path, port: int, now: int, factor: float) -> None:
    began, moved = time.monotonic(), [0]
    clock = Clock(lambda: now + moved[0] + int((time.monotonic() - began) * 1000 * factor), lambda: time.monotonic() * 1000 * factor)
    comfy = FakePromptServer(asyncio.get_running_loop())
    rules = AccessRules(frozenset(), frozenset(), frozenset())
    world = World(
        comfy,
        folder / "journal.sqlite3",
        comfy.interrupt,
        facts=ServerFacts("0.3.64", "2.5.1"),
        clock=clock,
        probe_gpus=OneGpu,
        rules=rules,
        pace=Pace(frame_ms=50 / factor, heartbeat_ms=5000 / factor),
    )
    telemetry = start_telemetry(world, asyncio.get_running_loop())
    assert telemetry is not None
    app = web.Application(middlewares=[make_front(rules)])
    routes = web.RouteTableDef()
    add_routes(routes, telemetry)
    add_stock_routes(routes, comfy, moved)
    app.add_routes(routes)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    threading.Thread(target=work, args=(comfy, factor), daemon=True).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


def dump(folder: Path) -> None:
    with sqlite3.connect(folder / "journal.sqlite3") as connection:
        for (message,) in connection.execute("SELECT message FROM events ORDER BY seq"):
            print(message)


def forget(folder: Path) -> None:
    with sqlite3.connect(folder / "journal.sqlite3") as connection:
        for table in ("events", "prompts", "traces", "sqlite_sequence"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (uuid.uuid4().hex,))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--now", type=int, default=0)
    parser.add_argument("--factor", type=float, default=1)
    parser.add_argument("--dump", action="store_true")
    parser.add_argument("--forget", action="store_true")
    given = parser.parse_args()
    if given.dump:
        dump(given.folder)
    elif given.forget:
        forget(given.folder)
    else:
        asyncio.run(serve(given.folder, given.port, given.now, given.factor))
