"""What clients tell the server: how a prompt ended by the queuing side's judgement, and a run's own lifecycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .checks import cut_text, read_count, read_id, read_policy, read_text
from .labels import without_none
from .redact import redact_message

TOLD_REASONS = ("maxWait", "attemptLimit", "postExecution", "rejected")
OUTRANKED_BY_TOLD = ("interrupted", "deleted", "success")


@dataclass(frozen=True)
class Outcome:
    """An exit reason that the queuing side tells about one prompt."""

    prompt_id: str
    run_id: str
    scene_id: str
    exit_reason: str
    error: dict[str, str] | None = None


def read_outcome(given: Any) -> Outcome | None:
    """The outcome, or None if it is not what the protocol says."""
    if not isinstance(given, dict) or given.get("exitReason") not in TOLD_REASONS:
        return None
    ids = [read_id(given.get(name)) for name in ("promptId", "runId", "sceneId")]
    prompt_id, run_id, scene_id = ids
    if prompt_id is None or run_id is None or scene_id is None:
        return None
    return Outcome(prompt_id, run_id, scene_id, given["exitReason"], _read_error(given.get("error")))


def read_run(given: Any) -> dict[str, Any] | None:
    """The fields of a `run` message, or None if it is not what the protocol says."""
    if not isinstance(given, dict) or given.get("event") not in ("begin", "stopped", "ended"):
        return None
    run_id = read_id(given.get("runId"))
    if run_id is None:
        return None
    return without_none(
        {
            "runId": run_id,
            "event": given["event"],
            "runName": read_text(given.get("runName"), 256),
            "storyId": read_id(given.get("storyId")),
            "sceneCount": read_count(given.get("sceneCount")),
            "policy": read_policy(given.get("policy")),
        }
    )


def _read_error(given: Any) -> dict[str, str] | None:
    if not isinstance(given, dict) or not isinstance(given.get("message"), str):
        return None
    kind = given.get("type")
    error = {
        "type": cut_text(kind, 256) if isinstance(kind, str) else "unknown",
        "message": redact_message(given["message"]),
        "nodeId": read_id(given.get("nodeId")),
        "nodeType": read_id(given.get("nodeType")),
    }
    return without_none(error)
