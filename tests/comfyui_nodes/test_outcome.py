"""What the queuing side tells: outcomes, and how runs begin and end."""

from __future__ import annotations

import json

import pytest

from comfyui_nodes.gemdirect_telemetry.told import OUTRANKED_BY_TOLD, TOLD_REASONS
from fake_comfyui import POLICY, label
from stage import Stage


def outcome(prompt_id: str, reason: str = "maxWait", **more: object) -> dict[str, object]:
    return {"promptId": prompt_id, "runId": "run-1", "sceneId": "s1", "exitReason": reason, **more}


@pytest.mark.parametrize("reason", TOLD_REASONS)
async def test_an_outcome_ends_an_open_prompt_and_the_servers_own_end_is_not_journaled(
    stage: Stage, reason: str
) -> None:
    stage.comfy.post("p1", label("s1"))
    item = stage.comfy.begin()
    stage.clock.advance(300)
    assert await stage.post("/telemetry/outcome", json=outcome("p1", reason)) == 202
    await stage.settle()
    stage.comfy.end(item, "execution_interrupted")

    events = await stage.events()

    assert [each["status"] for each in events] == ["queued", "executing", "failed"]
    assert (events[-1]["exitReason"], events[-1]["duration"]) == (reason, 300)


@pytest.mark.parametrize("event", ["execution_success", "execution_interrupted"])
async def test_an_outcome_supersedes_a_success_and_an_interruption_and_keeps_what_was_measured(
    stage: Stage, event: str
) -> None:
    stage.comfy.post("p1", label("s1"))
    item = stage.comfy.begin()
    stage.clock.advance(900)
    stage.comfy.end(item, event)
    first = await stage.last_event()
    await stage.post("/telemetry/outcome", json=outcome("p1", "postExecution"))

    last = await stage.last_event()

    assert last == {**first, "seq": first["seq"] + 1, "status": "failed", "exitReason": "postExecution"}


@pytest.mark.parametrize("told", [["maxWait", "attemptLimit"], ["maxWait", "maxWait"]])
async def test_the_first_outcome_stands(stage: Stage, told: list[str]) -> None:
    stage.comfy.run("p1", label("s1"))
    for reason in told:
        await stage.post("/telemetry/outcome", json=outcome("p1", reason))

    assert [each["exitReason"] for each in await stage.events() if "exitReason" in each] == ["success", "maxWait"]


async def test_an_outcome_does_not_supersede_an_error(stage: Stage) -> None:
    stage.comfy.run("p1", label("s1"), event="execution_error", data={"exception_type": "E", "exception_message": ""})
    await stage.post("/telemetry/outcome", json=outcome("p1"))

    assert (await stage.last_event())["exitReason"] == "error"
    assert "error" not in OUTRANKED_BY_TOLD


async def test_a_rejected_prompt_that_never_was_in_the_queue_gets_its_one_message(stage: Stage) -> None:
    error = {"type": "prompt_outputs_failed_validation", "message": "Value not in list", "nodeId": "4"}
    stream = await stage.connect()
    await stream.socket.send_json({"type": "outcome", **outcome("never queued", "rejected", error=error)})

    (message,) = await stream.lifecycle(1)

    assert (message["status"], message["exitReason"], message["attempt"]) == ("failed", "rejected", 1)
    assert message["error"] == error


async def test_a_run_message_is_journaled_and_reaches_everybody(stage: Stage) -> None:
    teller, other = await stage.connect(), await stage.connect()
    run = {"type": "run", "runId": "run-1", "event": "begin", "runName": "Night", "sceneCount": 3, "policy": POLICY}
    await teller.socket.send_json(run)
    await stage.post("/telemetry/run", json={"runId": "run-1", "event": "stopped"})

    begun, stopped = await other.lifecycle(2)

    assert begun == {**run, "seq": 1, "timestamp": stage.clock.wall_ms}
    assert (stopped["seq"], stopped["event"]) == (2, "stopped")


@pytest.mark.parametrize(
    "options",
    [
        {"data": json.dumps(outcome("p1")), "headers": {"Content-Type": "text/plain"}},
        {"data": {"promptId": "p1"}},
        {"data": b""},
    ],
)
async def test_a_post_without_the_json_content_type_is_refused(stage: Stage, options: dict[str, object]) -> None:
    assert await stage.post("/telemetry/outcome", **options) == 415


async def test_a_post_that_is_not_the_message_is_refused(stage: Stage) -> None:
    assert await stage.post("/telemetry/outcome", json={**outcome("p1"), "exitReason": "success"}) == 400
    assert await stage.post("/telemetry/run", json={"runId": "", "event": "begin"}) == 400
    assert await stage.post("/telemetry/run", json={"runId": "r" * 70_000, "event": "begin"}) == 413
    assert await stage.events() == []
