"""Messages for other people's eyes: no folders of this machine, no more than 2 KiB."""

from __future__ import annotations

import re

from .checks import cut_text

MAX_MESSAGE_BYTES = 2048


def redact_message(message: str) -> str:
    """Cut every absolute path to its file name and the whole to 2 KiB of UTF-8; web addresses stay as they are."""
    # Cut before matching: a message may be megabytes long, and what is thrown away need not be searched.
    text = _PATHS.sub(_file_name, message[: 8 * MAX_MESSAGE_BYTES])
    return cut_text(text.strip(), MAX_MESSAGE_BYTES)


def _file_name(match: re.Match[str]) -> str:
    if match.group("address"):
        return match.group()
    quote, quoted = match.group("quote"), match.group("quoted")
    path = quoted if quote else match.group()
    name = re.split(r"[\\/]", path)[-1] or "…"
    return f"{quote}{name}{quote}" if quote else name


_PATHS = re.compile(
    r"""
    (?P<address>\bhttps?://[^\s"'<>]+)
  | (?P<quote>["'])(?P<quoted>(?:[A-Za-z]:[\\/]|\\\\|/)[^"'\n]*)(?P=quote)
  | (?<![A-Za-z])[A-Za-z]:[\\/](?:[^\\/:*?"<>|\r\n]*[\\/])*[^\\/:*?"<>|\s]*
  | \\\\[^\\/:*?"<>|\r\n]+[\\/](?:[^\\/:*?"<>|\r\n]*[\\/])*[^\\/:*?"<>|\s]*
  | (?<![\w.)\]/-])/+(?:[^\s"'<>:/,;()]+/+)+[^\s"'<>:/,;()]*
    """,
    re.VERBOSE,
)
