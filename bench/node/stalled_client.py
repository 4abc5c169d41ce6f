"""Row N3: how many of 20,000 lifecycle messages nine healthy clients miss while a tenth never reads. Prints the count."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "comfyui_nodes")]

from comfyui_nodes.gemdirect_telemetry.client import Pace  # noqa: E402
from comfyui_nodes.gemdirect_telemetry.journal import Journaled  # noqa: E402
from stage import FakeClock, Stage, Stream  # noqa: E402
from test_slow_clients import stalled  # noqa: E402

MESSAGES = 20_000
CHUNK = 200
HEALTHY = 9


async def received(stream: Stream) -> set[int]:
    seqs: set[int] = set()
    while len(seqs) < MESSAGES:
        try:
            seqs.update(each["seq"] for each in await stream.lifecycle(1))
        except (AssertionError, asyncio.TimeoutError):
            break
    return seqs


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = await Stage(Path(folder), FakeClock(), pace=Pace(frame_ms=50)).serve()
        streams = [await stage.connect() for _ in range(HEALTHY)]
        raw = await stalled(stage)
        readers = [asyncio.create_task(received(stream)) for stream in streams]
        for first in range(1, MESSAGES + 1, CHUNK):
            messages = [{"type": "run", "seq": seq, "runId": "r" * 500, "event": "begin"} for seq in range(first, first + CHUNK)]
            stage.telemetry.hub.publish([Journaled(each["seq"], json.dumps(each), each) for each in messages])
            await asyncio.sleep(0.02)
        lost = sum(MESSAGES - len(seqs) for seqs in await asyncio.gather(*readers))
        raw.close()
        await stage.stop()
    print(lost)


asyncio.run(main())
