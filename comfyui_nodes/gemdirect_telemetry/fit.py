"""A message's text, short enough for a frame."""

from __future__ import annotations

import json
from typing import Any

MAX_MESSAGE_BYTES = 128 * 1024


def to_json(value: Any) -> str:
    """Compact JSON in ASCII, so that its length is its size and lone surrogates do no harm; raises on NaN."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def fit_message(message: dict[str, Any]) -> str:
    """The message as JSON of at most 128 KiB. If it is longer, files, then node times, tags and models are cut to their
    first 50; if that isn't enough, to their first 5. What has no such list is bounded where it is read."""
    text = to_json(message)
    for keep in (50, 5):
        for shorten in (_shorten_outputs, _shorten_node_times, _shorten_tags, _shorten_models):
            if len(text) <= MAX_MESSAGE_BYTES:
                return text
            message = shorten(message, keep)
            text = to_json(message)
    return text


def _shorten_outputs(message: dict[str, Any], keep: int) -> dict[str, Any]:
    return _shorten(message, "outputs", keep)


def _shorten_node_times(message: dict[str, Any], keep: int) -> dict[str, Any]:
    return _shorten(message, "nodeTimes", keep)


def _shorten_tags(message: dict[str, Any], keep: int) -> dict[str, Any]:
    return _shorten(message, "tags", keep)


def _shorten_models(message: dict[str, Any], keep: int) -> dict[str, Any]:
    environment = message.get("environment")
    if not isinstance(environment, dict):
        return message
    return {**message, "environment": _shorten(environment, "models", keep)}


def _shorten(message: dict[str, Any], field: str, keep: int) -> dict[str, Any]:
    entries = message.get(field)
    return {**message, field: entries[:keep]} if isinstance(entries, list) else message
