"""What the node sends has the shape of what it sent on a real ComfyUI, which the browser's tests read too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fake_comfyui import label
from stage import Stage

GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden" / "lifecycle.jsonl"
MESSAGES: list[dict[str, Any]] = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def kind_of(message: dict[str, Any]) -> tuple[str, str | None]:
    return message["status"], message.get("exitReason")


def labelled(messages: list[dict[str, Any]]) -> dict[tuple[str, str | None], set[str]]:
    """The fields of the first message of each kind, of prompts that belong to a run."""
    fields: dict[tuple[str, str | None], set[str]] = {}
    for message in messages:
        if not message["runId"].startswith("adhoc-"):
            fields.setdefault(kind_of(message), set(message))
    return fields


def test_the_golden_file_holds_every_kind_of_end_and_a_gapless_sequence() -> None:
    assert {kind_of(message)[1] for message in MESSAGES} >= {
        "success",
        "error",
        "outOfMemory",
        "interrupted",
        "deleted",
    }
    assert [message["seq"] for message in MESSAGES] == list(range(1, len(MESSAGES) + 1))


async def test_each_kind_of_message_has_the_fields_it_has_on_a_real_server(stage: Stage) -> None:
    more = {"runName": "Check", "storyId": "check", "sceneCount": 7, "attempt": 1, "tags": ["check"]}
    failure = {"exception_type": "ValueError", "exception_message": "no", "node_id": "4", "node_type": "ImageBlur"}
    for prompt_id, end in {
        "p1": {"outputs": {"9": {"images": [{"filename": "a.png", "subfolder": "", "type": "output"}]}}},
        "p2": {"event": "execution_error", "data": failure},
    }.items():
        stage.comfy.post(prompt_id, label(f"scene-{prompt_id}", run="check-1", **more))
        item = stage.comfy.begin()
        stage.comfy.send_sync("execution_cached", {"prompt_id": prompt_id, "nodes": []})
        stage.comfy.node(prompt_id, n4="running")
        stage.clock.advance(10)
        stage.comfy.node(prompt_id, n4="finished")
        stage.comfy.end(item, **end)

    ours, golden = labelled(await stage.events()), labelled(MESSAGES)

    for kind in (("queued", None), ("executing", None), ("completed", "success"), ("failed", "error")):
        assert ours[kind] == golden[kind], kind
