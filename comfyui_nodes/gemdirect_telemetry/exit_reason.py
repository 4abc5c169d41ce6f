"""How ComfyUI's own status of a finished prompt reads in the protocol's words."""

from __future__ import annotations

from typing import Any

from .checks import cut_text, read_id
from .labels import without_none
from .redact import redact_message


def read_end(status: Any) -> tuple[str, dict[str, str] | None]:
    """Exit reason and error from `task_done`'s status; `unknown` when there is none.

    The traceback and the node's inputs are not read: they stay on the server.
    """
    for event, data in reversed(_messages_of(status)):
        if event == "execution_success":
            return "success", None
        if event == "execution_interrupted":
            return "interrupted", None
        if event == "execution_error":
            return _read_error(data)
    text = getattr(status, "status_str", None)
    return (text, None) if text in ("success", "error") else ("unknown", None)


def read_cached_nodes(status: Any) -> int | None:
    """How many nodes came from cache, of a prompt whose client was not told."""
    for event, data in _messages_of(status):
        if event == "execution_cached" and isinstance(data.get("nodes"), (list, tuple)):
            return len(data["nodes"])
    return None


def _messages_of(status: Any) -> list[tuple[str, dict[str, Any]]]:
    messages = getattr(status, "messages", None)
    entries = messages if isinstance(messages, (list, tuple)) else []
    pairs = [entry for entry in entries if isinstance(entry, (list, tuple)) and len(entry) == 2]
    return [(event, data) for event, data in pairs if isinstance(event, str) and isinstance(data, dict)]


def _read_error(data: dict[str, Any]) -> tuple[str, dict[str, str]]:
    kind = cut_text(data.get("exception_type") or "unknown", 256)
    message = redact_message(str(data.get("exception_message") or ""))
    error = {
        "type": kind,
        "message": message,
        "nodeId": read_id(data.get("node_id")),
        "nodeType": read_id(data.get("node_type")),
    }
    is_memory = "OutOfMemory" in kind or "out of memory" in message.lower()
    return ("outOfMemory" if is_memory else "error"), without_none(error)
