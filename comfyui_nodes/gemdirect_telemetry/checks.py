"""Values from outside, taken only if they are what the protocol says; anything else reads as absent."""

from __future__ import annotations

import math
from typing import Any

LARGEST_COUNT = 2**53 - 1
MAX_ID = 256


def read_id(value: Any) -> str | None:
    """Text of 1 to 256 UTF-16 units that any JSON parser and database can hold; no NUL, no lone surrogate."""
    text = read_text(value, MAX_ID)
    return text if text and "\0" not in text else None


def read_text(value: Any, limit: int) -> str | None:
    """Text of at most `limit` UTF-16 units; longer text is refused, not cut."""
    if not isinstance(value, str) or len(value) > limit:
        return None
    try:
        units = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        return None
    return value if units <= limit else None


def cut_text(value: Any, limit: int) -> str:
    """Any value as text of at most `limit` UTF-8 bytes, cut between characters."""
    text = value if isinstance(value, str) else str(value)
    return text[:limit].encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")


def read_number(value: Any) -> int | float | None:
    """A finite number of at least 0; a boolean is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if 0 <= value <= LARGEST_COUNT and math.isfinite(value) else None


def read_count(value: Any) -> int | None:
    """A whole number from 0 that is exact in a double; 3.0 counts as 3."""
    number = read_number(value)
    return int(number) if number is not None and number == int(number) else None


def read_tags(value: Any) -> list[str] | None:
    """At most 64 texts of at most 128 units; one wrong entry is passed over, an empty list is absent."""
    if not isinstance(value, list):
        return None
    tags = [tag for tag in (read_text(entry, 128) for entry in value[:64]) if tag]
    return tags or None


def read_policy(value: Any) -> dict[str, int | float] | None:
    """A whole QueuePolicy or nothing: half a policy would be shown as one that never held."""
    if not isinstance(value, dict):
        return None
    policy: dict[str, int | float] = {}
    for name, (read, default) in _POLICY_FIELDS.items():
        number = read(value.get(name, default))
        if number is None:
            return None
        policy[name] = number
    return policy


_POLICY_FIELDS: dict[str, tuple[Any, int | None]] = {
    "maxWaitSeconds": (read_number, None),
    "maxAttempts": (read_count, None),
    "pollIntervalSeconds": (read_number, None),
    "postExecutionTimeoutSeconds": (read_number, None),
    "sceneRetryBudget": (read_count, None),
    "delayBetweenScenesSeconds": (read_number, 0),
    "batchSize": (read_count, 0),
}
