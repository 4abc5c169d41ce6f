"""Ten thousand generated labels, messages and graphs: nothing raises, nothing unbounded gets in."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.environment import ServerFacts, read_environment
from comfyui_nodes.gemdirect_telemetry.exit_reason import read_end
from comfyui_nodes.gemdirect_telemetry.fit import MAX_MESSAGE_BYTES, fit_message, to_json
from comfyui_nodes.gemdirect_telemetry.labels import read_label
from comfyui_nodes.gemdirect_telemetry.outputs import read_outputs
from comfyui_nodes.gemdirect_telemetry.redact import MAX_MESSAGE_BYTES as MAX_ERROR_BYTES
from comfyui_nodes.gemdirect_telemetry.redact import redact_message
from comfyui_nodes.gemdirect_telemetry.told import read_outcome, read_run
from fake_comfyui import Status, label
from stage import Stage

NAMES = [
    *("telemetry", "runId", "sceneId", "runName", "storyId", "sceneCount", "attempt", "tags", "policy", "keepPolicy"),
    *("type", "event", "promptId", "exitReason", "error", "message", "intervalMs", "maxWaitSeconds", "inputs"),
    *("class_type", "__proto__", "constructor", "filename", "subfolder", "outputs", "images", "seed", "\ud800", ""),
]
LEAVES: list[Any] = [
    *(None, True, False, 0, -1, 1.5, -0.0, 2**53, 2**80, 10**400, float("nan"), float("inf"), "", "run", "begin"),
    *("update", "rejected", "maxWait", "x" * 300, "\0", "\ud800", "😀" * 200, "../../etc", "/home/ada/x.pt", b"bytes"),
]


def hostile(chance: random.Random, depth: int = 4) -> Any:
    kind = chance.random()
    if depth == 0 or kind < 0.35:
        return chance.choice(LEAVES)
    if kind < 0.55:
        return [hostile(chance, depth - 1) for _ in range(chance.randrange(5))]
    return {chance.choice(NAMES): hostile(chance, depth - 1) for _ in range(chance.randrange(8))}


@pytest.mark.parametrize("seed", range(10))
def test_readers_take_anything_and_give_only_what_json_and_the_wire_can_hold(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(1_000):
        value = hostile(chance)
        given = label("s", **value) if isinstance(value, dict) and "runId" not in value else {"telemetry": value}
        read = read_label(given)
        if read is not None:
            assert 0 < len(read.run_id) <= 256
            to_json([read.run_id, read.scene_id, read.told, read.first_told])
        for result in (read_outcome(value), read_run(value), read_outputs({"outputs": value})):
            to_json(result.error if hasattr(result, "error") else result)
        to_json(read_environment(value, ServerFacts()))
        to_json(read_end(Status("error", False, [("execution_error", value)]) if isinstance(value, dict) else value))


@pytest.mark.parametrize("seed", range(5))
async def test_prompts_with_any_label_and_graph_are_recorded_from_queued_to_ended(stage: Stage, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(60):
        stage.comfy.post(f"p{number}", {"telemetry": hostile(chance)}, nodes=hostile(chance) or {})
        stage.comfy.end(stage.comfy.begin(), outputs=hostile(chance))

    events = await stage.events()

    assert [each["status"] for each in events] == ["queued", "executing", "completed"] * 60
    assert all(each["runId"] and each["sceneId"] for each in events)


@pytest.mark.parametrize("prompt_id", ["", "x" * 257, "a\0b", "\ud800", 7, None])
async def test_a_prompt_whose_id_no_client_could_hold_is_executed_and_not_recorded(
    stage: Stage, prompt_id: Any
) -> None:
    stage.comfy.run(prompt_id)
    stage.comfy.run("next")

    assert {each["promptId"] for each in await stage.events()} == {"next"}


def test_a_message_never_outgrows_its_frame() -> None:
    outputs = [{"nodeId": str(each), "filename": "f" * 500, "subfolder": "s" * 500, "type": "output"} for each in range(200)]
    times = [{"nodeId": "n" * 250, "nodeType": "t" * 250, "ms": 1} for _ in range(500)]
    message = {"outputs": outputs, "nodeTimes": times, "environment": {"models": ["é" * 512] * 256}}

    text = fit_message(message)

    assert len(text) <= MAX_MESSAGE_BYTES
    assert len(json.loads(text)["outputs"]) in (5, 50)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("No such file: /home/ada/models/x.ckpt", "No such file: x.ckpt"),
        ("No such file: 'C:\\Users\\Ada L\\models\\x.ckpt'", "No such file: 'x.ckpt'"),
        ("D:\\Ada Lovelace\\film\\a.png is missing", "a.png is missing"),
        ("\\\\nas\\films\\ada\\a.png", "a.png"),
        ('File "/opt/ada/nodes.py", line 3', 'File "nodes.py", line 3'),
        ("file:///home/ada/x.png", "file:x.png"),
        ("(/home/ada/x.png)", "(x.png)"),
        ("open:/home/ada/x.png", "open:x.png"),
        ("[/home/ada/x.png, /srv/y.png]", "[x.png, y.png]"),
        ("GET https://example.org/a/b.json failed", "GET https://example.org/a/b.json failed"),
        ("shape 1/2/3 and/or N/A", "shape 1/2/3 and/or N/A"),
        ("expected [1, 3] at 12:30:45", "expected [1, 3] at 12:30:45"),
    ],
)
def test_paths_are_cut_to_their_file_names(message: str, shown: str) -> None:
    assert redact_message(message) == shown


@pytest.mark.parametrize("text", ["/a" * 100_000, "C:\\" * 100_000, "\\\\" * 100_000, "'/" * 100_000, "é" * 100_000, "/ " * 90_000])
def test_a_long_message_is_cut_to_two_kib_in_no_time(text: str) -> None:
    assert len(redact_message(text).encode()) <= MAX_ERROR_BYTES
