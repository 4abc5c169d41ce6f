"""How the journal stays small."""

from __future__ import annotations

from comfyui_nodes.gemdirect_telemetry.prune import Pruner
from stage import Stage

DAY_MS = 24 * 60 * 60 * 1000


async def test_prompts_that_ended_over_thirty_days_ago_go_whole_and_open_ones_stay(stage: Stage) -> None:
    stage.comfy.run("old")
    stage.comfy.post("open")
    stage.clock.advance(31 * DAY_MS)
    stage.comfy.post("new")
    await stage.settle()

    Pruner(stage.telemetry.journal).prune(stage.clock.wall_ms)

    assert {each.get("promptId") for each in await stage.events()} == {"open", "new"}


async def test_beyond_its_limit_the_oldest_ended_prompts_go(stage: Stage) -> None:
    for number in range(6):
        stage.comfy.run(f"p{number}")
    await stage.settle()

    Pruner(stage.telemetry.journal, max_messages=9).prune(stage.clock.wall_ms)

    left = {each["promptId"] for each in await stage.events() if "promptId" in each}
    assert left == {"p3", "p4", "p5"}
