"""`keepPolicy`: the node itself ends what is over its max wait, whether or not a tab is there."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.clock import system_clock
from conftest import StartStage
from fake_comfyui import POLICY, label
from stage import PATIENCE_SECONDS, FakeClock, Stage

MAX_WAIT_MS = POLICY["maxWaitSeconds"] * 1000


def kept(scene: str, run: str = "run-1", **fields: Any) -> dict[str, Any]:
    """A label whose max wait of 60 s the node keeps."""
    return label(scene, run=run, policy=POLICY, keepPolicy=True, **fields)


async def ends(stage: Stage) -> list[tuple[str, str]]:
    """(prompt, exit reason) of what has ended, once the node has looked at the max waits."""
    return [(each["promptId"], each["exitReason"]) for each in await stage.events() if "exitReason" in each]


def still_queued(stage: Stage) -> list[str]:
    return sorted(item[1] for item in stage.comfy.prompt_queue.queue)


async def test_a_prompt_that_executes_is_interrupted_at_its_max_wait_and_its_own_end_changes_nothing(stage: Stage) -> None:
    stage.comfy.post("p1", kept("s1"))
    item = stage.comfy.begin()
    stage.clock.advance(MAX_WAIT_MS - 1)
    before = await ends(stage), stage.comfy.interrupted
    stage.clock.advance(1)
    at_limit = await ends(stage), stage.comfy.interrupted
    stage.comfy.end(item, "execution_interrupted")

    assert before == ([], 0)
    assert at_limit == ([("p1", "maxWait")], 1)
    assert await ends(stage) == [("p1", "maxWait")]
    assert (await stage.last_event())["duration"] == MAX_WAIT_MS


async def test_no_tab_and_no_further_event_are_needed(start: StartStage, clock: FakeClock) -> None:
    interrupted = threading.Event()
    clock.clock = system_clock()
    stage = await start(interrupt=interrupted.set)
    policy = {**POLICY, "maxWaitSeconds": 0.01}
    stage.comfy.post("p1", label("s1", policy=policy, keepPolicy=True))
    item = stage.comfy.begin()

    assert await asyncio.get_running_loop().run_in_executor(None, interrupted.wait, PATIENCE_SECONDS)
    stage.comfy.end(item, "execution_interrupted")
    assert await ends(stage) == [("p1", "maxWait")]


async def test_the_outcome_is_on_disk_before_the_interrupt(start: StartStage) -> None:
    on_disk: list[Any] = []
    stage = await start(interrupt=lambda: on_disk.append(stage.telemetry.journal.last_message("p1")))
    stage.comfy.post("p1", kept("s1"))
    stage.comfy.begin()
    stage.clock.advance(MAX_WAIT_MS)
    await ends(stage)

    assert [(each["status"], each["exitReason"]) for each in on_disk] == [("failed", "maxWait")]


async def test_a_prompt_that_waits_is_deleted_and_what_executes_goes_on(stage: Stage) -> None:
    stage.comfy.post("other")
    stage.comfy.begin()
    stage.comfy.post("p1", kept("s1"))
    stage.comfy.post("stays")
    stage.clock.advance(MAX_WAIT_MS)

    assert await ends(stage) == [("p1", "maxWait")]
    assert (still_queued(stage), stage.comfy.interrupted) == (["stays"], 0)


async def test_the_last_of_the_queue_is_deleted_too(stage: Stage) -> None:
    stage.comfy.post("p1", kept("s1"))
    stage.clock.advance(MAX_WAIT_MS)

    assert (await ends(stage), still_queued(stage)) == ([("p1", "maxWait")], [])


async def test_max_wait_counts_from_the_post_with_the_time_in_the_queue(stage: Stage) -> None:
    stage.comfy.post("other")
    other = stage.comfy.begin()
    stage.comfy.post("p1", kept("s1"))
    stage.clock.advance(40_000)
    stage.comfy.end(other)
    stage.comfy.begin()
    stage.clock.advance(MAX_WAIT_MS - 40_000)

    assert await ends(stage) == [("other", "success"), ("p1", "maxWait")]
    assert (await stage.last_event())["duration"] == MAX_WAIT_MS - 40_000


async def test_queued_ahead_it_counts_from_the_end_of_the_one_before_though_others_execute_then(stage: Stage) -> None:
    for prompt_id, extra in (("p1", kept("s1")), ("other", None), ("p2", kept("s2")), ("p3", kept("s3"))):
        stage.comfy.post(prompt_id, extra)
    first = stage.comfy.begin()
    stage.clock.advance(50_000)
    stage.comfy.end(first)
    stage.comfy.begin()
    stage.clock.advance(MAX_WAIT_MS - 1)
    early = await ends(stage)
    stage.clock.advance(1)

    assert early == [("p1", "success")]
    assert await ends(stage) == [("p1", "success"), ("p2", "maxWait")]
    stage.clock.advance(MAX_WAIT_MS)
    assert (await ends(stage))[2:] == [("p3", "maxWait")]
    assert stage.comfy.interrupted == 0


async def test_one_deleted_from_the_middle_starts_nobodys_max_wait(stage: Stage) -> None:
    for scene in ("s1", "s2", "s3"):
        stage.comfy.post(scene, kept(scene))
    first = stage.comfy.begin()
    stage.clock.advance(20_000)
    stage.comfy.prompt_queue.delete_queue_item(lambda item: item[1] == "s2")
    stage.clock.advance(30_000)
    stage.comfy.end(first)
    stage.clock.advance(MAX_WAIT_MS - 1)

    assert await ends(stage) == [("s2", "deleted"), ("s1", "success")]


@pytest.mark.parametrize(
    "fields",
    [
        {"policy": POLICY},
        {"keepPolicy": True},
        {"policy": POLICY, "keepPolicy": "yes"},
        {"policy": {**POLICY, "maxWaitSeconds": 0}, "keepPolicy": True},
    ],
)
async def test_what_did_not_ask_for_it_is_never_interrupted(stage: Stage, fields: dict[str, Any]) -> None:
    stage.comfy.post("p1", label("s1", **fields))
    stage.comfy.begin()
    stage.clock.advance(100 * MAX_WAIT_MS)

    assert (await ends(stage), stage.comfy.interrupted) == ([], 0)


async def test_an_interrupt_that_the_server_missed_is_repeated_until_the_prompt_is_gone(stage: Stage) -> None:
    stage.comfy.post("p1", kept("s1"))
    item = stage.comfy.begin()
    stage.clock.advance(MAX_WAIT_MS)
    interrupts = []
    for _ in range(3):
        await ends(stage)
        await ends(stage)
        interrupts.append(stage.comfy.interrupted)
        stage.clock.advance(1_000)
    stage.comfy.end(item, "execution_interrupted")
    stage.comfy.post("next", label("s2"))
    stage.comfy.begin()
    await ends(stage)

    assert interrupts == [1, 2, 3] and stage.comfy.interrupted == 3
    assert await ends(stage) == [("p1", "maxWait")]


async def test_an_end_in_time_counts_though_it_is_recorded_late(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, is_writing = threading.Event(), threading.Event()
    commit = stage.telemetry.journal.commit

    def slow_commit() -> None:
        is_writing.set()
        goes_on.wait()
        commit()

    stage.comfy.post("p1", kept("s1"))
    item = stage.comfy.begin()
    await stage.settle()
    monkeypatch.setattr(stage.telemetry.journal, "commit", slow_commit)
    stage.comfy.post("other")
    is_writing.wait()
    stage.comfy.end(item)
    stage.clock.advance(MAX_WAIT_MS)
    goes_on.set()

    assert (await ends(stage), stage.comfy.interrupted) == ([("p1", "success")], 0)


async def test_a_prompt_that_ended_in_time_costs_its_follower_nothing(stage: Stage) -> None:
    stage.comfy.run("p1", kept("s1"))
    stage.comfy.post("p2", label("s2"))
    stage.comfy.begin()
    stage.clock.advance(10 * MAX_WAIT_MS)

    assert (await ends(stage), stage.comfy.interrupted) == ([("p1", "success")], 0)


async def test_a_queue_that_cannot_be_looked_into_is_given_up_after_the_outcome(start: StartStage) -> None:
    def fail() -> None:
        raise RuntimeError("no such function in this ComfyUI")

    stage = await start(interrupt=fail)
    stage.comfy.post("p1", kept("s1"))
    stage.comfy.begin()
    stage.clock.advance(MAX_WAIT_MS)
    stage.comfy.post("p2", kept("s2", run="run-2"))

    assert await ends(stage) == [("p1", "maxWait")]
    assert stage.telemetry.recorder._stopping == {}


async def test_after_a_restart_the_past_is_not_interrupted_and_new_limits_are_kept(start: StartStage) -> None:
    first = await start()
    first.comfy.post("executing", kept("s1"))
    first.comfy.post("queued", kept("s2"))
    first.comfy.begin()
    await first.settle()
    await first.stop()
    first.clock.advance(MAX_WAIT_MS - 1)

    second = await start()
    restarted = [("executing", "serverRestart"), ("queued", "serverRestart")]
    second.comfy.post("again", kept("s1"))
    second.comfy.begin()
    second.clock.advance(MAX_WAIT_MS - 1)
    early = await ends(second), second.comfy.interrupted
    second.clock.advance(1)

    assert early == (restarted, 0)
    assert await ends(second) == [*restarted, ("again", "maxWait")]
    assert second.comfy.interrupted == 1
