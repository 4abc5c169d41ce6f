"""HTTP answers as every route gives them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from .fit import to_json

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def json_answer(value: Any, status: int = 200) -> web.Response:
    """A JSON answer that nobody caches and no other site embeds."""
    return web.Response(text=to_json(value), status=status, content_type="application/json", headers=HEADERS)


def json_text_answer(text: str) -> web.Response:
    """JSON that is text already."""
    return web.Response(text=text, content_type="application/json", headers=HEADERS)


def error_answer(sentence: str, status: int) -> web.Response:
    """A failure, said in a sentence."""
    return json_answer({"error": sentence}, status)


def page_answer(sentence: str, status: int) -> web.Response:
    """A page of one sentence. The sentence is ours: it is not escaped."""
    text = f"<!doctype html><meta charset=utf-8><title>GemDirect telemetry</title><p>{sentence}</p>"
    return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)
