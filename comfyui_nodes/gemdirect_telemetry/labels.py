"""What the queuing side said about a prompt, in `extra_data.telemetry`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .checks import read_count, read_id, read_policy, read_tags, read_text


@dataclass(frozen=True)
class Label:
    """Which scene of which run a prompt is. `told` holds what goes into messages under the same names."""

    run_id: str
    scene_id: str
    told: dict[str, Any]
    first_told: dict[str, Any]
    attempt_given: int | None = None
    max_wait_ms: float | None = None


def read_label(extra_data: Any) -> Label | None:
    """The label, or None for a prompt that nobody labelled. Without a usable run and scene id it is no label;
    every other field that is not what the protocol says is left out."""
    given = extra_data.get("telemetry") if isinstance(extra_data, dict) else None
    if not isinstance(given, dict):
        return None
    run_id, scene_id = read_id(given.get("runId")), read_id(given.get("sceneId"))
    if run_id is None or scene_id is None:
        return None
    policy = read_policy(given.get("policy"))
    told = {
        "runName": read_text(given.get("runName"), 256),
        "storyId": read_id(given.get("storyId")),
        "sceneCount": read_count(given.get("sceneCount")),
    }
    first_told = {"tags": read_tags(given.get("tags")), "policy": policy}
    keeps = given.get("keepPolicy") is True and policy is not None and policy["maxWaitSeconds"] > 0
    return Label(
        run_id,
        scene_id,
        without_none(told),
        without_none(first_told),
        read_count(given.get("attempt")),
        policy["maxWaitSeconds"] * 1000 if keeps and policy else None,
    )


def without_none(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields whose value is known: on the wire an unknown value is absent."""
    return {name: value for name, value in fields.items() if value is not None}
