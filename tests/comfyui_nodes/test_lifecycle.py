"""A prompt's way through the queue, as the stream tells it."""

from __future__ import annotations

import asyncio

import pytest

from comfyui_nodes.gemdirect_telemetry.client import Pace
from conftest import StartStage
from fake_comfyui import POLICY, Status, graph, label
from stage import START, Stage


async def test_a_labelled_prompt_is_told_as_queued_executing_and_completed(stage: Stage) -> None:
    stream = await stage.connect()
    stage.comfy.post("p1", label("s1", runName="Night", storyId="story", sceneCount=3, tags=["a"], policy=POLICY))
    stage.clock.advance(1500)
    item = stage.comfy.begin()
    stage.clock.advance(2000)
    stage.comfy.end(item, outputs={"9": {"images": [{"filename": "a.png", "subfolder": "", "type": "output"}]}})

    queued, executing, completed = await stream.lifecycle(3)

    assert [queued["seq"], executing["seq"], completed["seq"]] == [1, 2, 3]
    assert {name: queued[name] for name in ("runId", "sceneId", "promptId", "runName", "storyId", "sceneCount")} == {
        "runId": "run-1",
        "sceneId": "s1",
        "promptId": "p1",
        "runName": "Night",
        "storyId": "story",
        "sceneCount": 3,
    }
    assert (queued["status"], queued["tags"], queued["policy"]) == ("queued", ["a"], POLICY)
    assert (queued["timestamp"], executing["timestamp"], completed["timestamp"]) == (START, START + 1500, START + 3500)
    assert (executing["status"], executing["queueWait"], executing["cold"]) == ("executing", 1500, True)
    assert "tags" not in executing and "policy" not in executing
    assert (completed["status"], completed["exitReason"]) == ("completed", "success")
    assert (completed["duration"], completed["queueWait"]) == (2000, 1500)
    assert completed["outputs"] == [{"nodeId": "9", "filename": "a.png", "subfolder": "", "type": "output"}]


async def test_the_first_executing_message_says_what_the_prompt_ran_with(stage: Stage) -> None:
    stage.comfy.post("p1", nodes=graph(steps=20, ckpt_name="base.safetensors"))
    stage.comfy.begin()

    environment = (await stage.last_event())["environment"]

    assert len(environment.pop("workflowHash")) == 64
    assert environment == {
        "models": ["base.safetensors"],
        "width": 256,
        "height": 128,
        "steps": 20,
        "batch": 1,
        "comfyVersion": "0.3.64",
        "torchVersion": "2.5.1",
    }


async def test_a_duration_is_not_moved_by_a_jump_of_the_wall_clock(stage: Stage) -> None:
    stage.comfy.post("p1")
    item = stage.comfy.begin()
    stage.clock.advance(700)
    stage.clock.wall_ms -= 3_600_000
    stage.comfy.end(item)

    assert (await stage.last_event())["duration"] == 700


async def test_the_same_scene_queued_again_is_another_attempt_of_it(stage: Stage) -> None:
    stage.comfy.run("p1", label("s1", attempt=1))
    stage.comfy.run("p2", label("s1", attempt=7))
    stage.comfy.run("p3", label("s1", run="run-2"))

    ends = [each for each in await stage.events() if "exitReason" in each]

    assert [(each["attempt"], each["attempts"], each.get("attemptGiven")) for each in ends] == [
        (1, 1, None),
        (2, 2, 7),
        (1, 1, None),
    ]


@pytest.mark.parametrize(
    ("event", "data", "reason"),
    [
        ("execution_interrupted", {}, "interrupted"),
        ("execution_error", {"exception_type": "RuntimeError", "exception_message": "x"}, "error"),
        ("execution_error", {"exception_type": "torch.OutOfMemoryError", "exception_message": "x"}, "outOfMemory"),
        ("execution_error", {"exception_type": "RuntimeError", "exception_message": "MPS: out of memory"}, "outOfMemory"),
    ],
)
async def test_what_does_not_succeed_is_told_as_failed_with_its_reason(
    stage: Stage, event: str, data: dict[str, str], reason: str
) -> None:
    stage.comfy.run("p1", event=event, data=data)

    end = await stage.last_event()

    assert (end["status"], end["exitReason"]) == ("failed", reason)


async def test_an_error_names_its_node_and_keeps_its_traceback_and_inputs_to_itself(stage: Stage) -> None:
    data = {
        "exception_type": "FileNotFoundError",
        "exception_message": "No such file: '/home/ada/secret folder/model.pt'\n",
        "node_id": "4",
        "node_type": "ImageBlur",
        "traceback": ["/home/ada/comfy/execution.py"],
        "current_inputs": {"text": ["a secret"]},
    }
    stage.comfy.run("p1", event="execution_error", data=data)

    end = await stage.last_event()

    assert end["error"] == {
        "type": "FileNotFoundError",
        "message": "No such file: 'model.pt'",
        "nodeId": "4",
        "nodeType": "ImageBlur",
    }
    assert "secret" not in str(end) and "ada" not in str(end)


async def test_prompts_deleted_or_wiped_from_the_queue_end_as_deleted_once_each(stage: Stage) -> None:
    for prompt_id in ("p1", "p2", "p3", "p4"):
        stage.comfy.post(prompt_id)
    item = stage.comfy.begin()
    stage.clock.advance(40)
    stage.comfy.prompt_queue.delete_queue_item(lambda each: each[1] == "p3")
    stage.comfy.prompt_queue.wipe_queue()
    stage.comfy.end(item)

    ends = [(each["promptId"], each["exitReason"]) for each in await stage.events() if "exitReason" in each]

    assert sorted(ends[:3]) == [("p2", "deleted"), ("p3", "deleted"), ("p4", "deleted")]
    assert ends[3:] == [("p1", "success")]


async def test_deleting_the_last_prompt_wipes_the_queue_and_still_ends_it_once(stage: Stage) -> None:
    stage.comfy.post("p1")
    stage.comfy.prompt_queue.delete_queue_item(lambda each: each[1] == "p1")

    assert [each["status"] for each in await stage.events()] == ["queued", "failed"]


async def test_node_times_are_measured_also_for_a_prompt_queued_without_a_client_id(stage: Stage) -> None:
    stage.comfy.post("p1")
    item = stage.comfy.begin()
    stage.comfy.node("p1", n1="running")
    stage.clock.advance(30)
    stage.comfy.node("p1", n1="finished")
    stage.comfy.node("p1", n1="finished", n4="running")
    stage.clock.advance(500)
    stage.comfy.end(item)

    assert (await stage.last_event())["nodeTimes"] == [
        {"nodeId": "1", "nodeType": "EmptyImage", "ms": 30},
        {"nodeId": "4", "nodeType": "ImageBlur", "ms": 500},
    ]


async def test_a_server_without_node_states_gives_node_times_by_its_executing_events(stage: Stage) -> None:
    stage.comfy.post("p1")
    item = stage.comfy.begin()
    for node_id, ms in (("1", 20), ("9", 70)):
        stage.comfy.send_sync("executing", {"node": node_id, "prompt_id": "p1"}, "client")
        stage.clock.advance(ms)
    stage.comfy.end(item)

    assert [each["ms"] for each in (await stage.last_event())["nodeTimes"]] == [20, 70]


async def test_the_share_from_cache_is_known_at_the_latest_when_a_prompt_ends(stage: Stage) -> None:
    cached = ("execution_cached", {"nodes": ["1", "4"]})
    stage.comfy.post("p1")
    item = stage.comfy.begin()
    stage.comfy.prompt_queue.task_done(item, {}, status=Status("success", True, [cached, ("execution_success", {})]))

    assert (await stage.last_event())["cached"] == pytest.approx(2 / 3)


async def test_cold_is_the_first_prompt_one_after_free_and_one_with_other_models(stage: Stage) -> None:
    def run(prompt_id: str, model: str) -> None:
        stage.comfy.post(prompt_id, nodes=graph(ckpt_name=model))
        stage.comfy.end(stage.comfy.begin())

    run("p1", "a.safetensors")
    run("p2", "a.safetensors")
    run("p3", "b.safetensors")
    stage.comfy.prompt_queue.set_flag("free_memory", True)
    run("p4", "b.safetensors")
    run("p5", "b.safetensors")

    begun = [each["cold"] for each in await stage.events() if each["status"] == "executing"]
    assert begun == [True, False, True, True, False]


async def test_samples_come_while_a_prompt_executes_and_carry_its_progress(stage: Stage) -> None:
    stream = await stage.connect(intervalMs=100)
    stage.comfy.post("p1", label("s1"))
    stage.comfy.begin()
    stage.comfy.send_sync("execution_cached", {"prompt_id": "p1", "nodes": ["1"]}, "client")
    stage.comfy.node("p1", n4="running")
    stage.comfy.send_sync("progress", {"value": 3, "max": 20, "prompt_id": "p1", "node": "4"}, None)
    await stream.lifecycle(2)
    stage.clock.advance(400)

    sample = await stream.until(lambda each: each["type"] == "update" and each.get("duration") == 400)

    assert "seq" not in sample
    assert (sample["promptId"], sample["status"], sample["queueRemaining"]) == ("p1", "executing", 1)
    assert sample["progress"] == {"value": 3, "max": 20, "nodeId": "4", "nodeType": "ImageBlur"}
    assert sample["cached"] == pytest.approx(1 / 3)
    assert "gpus" not in sample and "gpuVramFree" not in sample


async def test_whoever_connects_in_the_middle_sees_every_open_prompt_and_no_ended_one(stage: Stage) -> None:
    stage.comfy.run("p0", label("s0"))
    stage.comfy.post("p1", label("s1", tags=["night"]))
    stage.comfy.post("p2", label("s2"))
    stage.comfy.begin()
    stage.clock.advance(250)
    await stage.settle()

    stream = await stage.connect()
    hello, state = await stream.next(), await stream.next()

    assert (hello["type"], hello["protocol"], hello["seq"]) == ("hello", 1, 6)
    assert "resumed" not in hello
    assert [(each["promptId"], each["status"]) for each in state["prompts"]] == [("p1", "executing"), ("p2", "queued")]
    assert (state["prompts"][0]["tags"], state["prompts"][0]["duration"]) == (["night"], 250)


async def test_heartbeats_name_the_newest_seq_while_samples_flow(start: StartStage) -> None:
    stage = await start(pace=Pace(frame_ms=0, heartbeat_ms=150))
    stream = await stage.connect(intervalMs=100)
    stage.comfy.post("p1", label("s1"))
    stage.comfy.begin()
    await stream.lifecycle(2)

    async def keep_sampling() -> None:
        while True:
            stage.clock.advance(100)
            await asyncio.sleep(0.02)

    clock = asyncio.create_task(keep_sampling())
    heartbeat = await stream.until(lambda each: each["type"] == "heartbeat")
    await stream.sample()
    clock.cancel()

    assert heartbeat["seq"] == 2


async def test_silence_is_filled_with_heartbeats(start: StartStage) -> None:
    stage = await start(pace=Pace(frame_ms=0, heartbeat_ms=20))
    stream = await stage.connect()

    heartbeat = await stream.until(lambda each: each["type"] == "heartbeat")

    assert heartbeat == {"type": "heartbeat", "now": START, "seq": 0}
