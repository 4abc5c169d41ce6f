"""A message's text, short enough for a frame."""

from __future__ import annotations

import json
from typing import Any

MAX_MESSAGE_BYTES = 128 * 1024


def to_json(value: Any) -> str:
    """Compact JSON in ASCII, so that its length is its size and lone surrogates do no harm; raises on NaN."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def fit_message(message: dict[str, Any]) -> str:
    """The message as JSON of at most 128 KiB: files first, then node times, then models are cut to their first 50."""
    text = to_json(message)
    shortened = dict(message)
    for field in ("outputs", "nodeTimes", "tags"):
        if len(text) <= MAX_MESSAGE_BYTES:
            return text
        if isinstance(shortened.get(field), list):
            shortened[field] = shortened[field][:50]
            text = to_json(shortened)
    environment = shortened.get("environment")
    if len(text) > MAX_MESSAGE_BYTES and isinstance(environment, dict) and "models" in environment:
        shortened["environment"] = {**environment, "models": environment["models"][:50]}
        text = to_json(shortened)
    return text
