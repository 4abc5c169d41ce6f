"""JSON text as ECMAScript's JSON.stringify writes it, with object keys in code-point order."""

from __future__ import annotations

import json
import math
import re
from typing import Any


def canonical_json(value: Any) -> str:
    """Write `value` so that equal values give equal text in Python and in a browser.

    Numbers are printed as the double a browser reads from the same JSON; what no double can hold is `null`.
    Anything that JSON does not know becomes `null`. Never raises on what `json.loads` returned.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return ecmascript_number(value)
    if isinstance(value, str):
        return ecmascript_string(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical_json(item) for item in value) + "]"
    if isinstance(value, dict):
        members = sorted((str(name), item) for name, item in value.items())
        return "{" + ",".join(f"{ecmascript_string(name)}:{canonical_json(item)}" for name, item in members) + "}"
    return "null"


def ecmascript_number(number: int | float) -> str:
    """Print a number as `Number.prototype.toString` does; NaN and what overflows a double give `null`."""
    try:
        double = float(number)
    except OverflowError:
        return "null"
    if not math.isfinite(double):
        return "null"
    if double == 0:
        return "0"
    sign = "-" if double < 0 else ""
    digits, point = _shortest_digits(abs(double))
    return sign + _place_point(digits, point)


def ecmascript_string(text: str) -> str:
    """Quote a string as JSON.stringify does: lone surrogates escaped, everything above U+007E as it is."""
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))


def _shortest_digits(double: float) -> tuple[str, int]:
    """The shortest digits that read back as `double`, and where the decimal point stands among them."""
    mantissa, _, exponent = repr(double).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    leading = len(whole + fraction) - len(digits)
    point = len(whole) - leading + int(exponent or "0")
    return digits.rstrip("0"), point


def _place_point(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= _LAST_PLAIN_EXPONENT:
        return digits + "0" * (point - count)
    if 0 < point <= _LAST_PLAIN_EXPONENT:
        return f"{digits[:point]}.{digits[point:]}"
    if _FIRST_PLAIN_EXPONENT < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if count > 1 else ""
    return f"{digits[0]}{fraction}e{'+' if point > 0 else '-'}{abs(point - 1)}"


_LAST_PLAIN_EXPONENT = 21
_FIRST_PLAIN_EXPONENT = -6
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
