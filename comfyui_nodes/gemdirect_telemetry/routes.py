"""The endpoints of docs/protocol.md, version 1, mounted on any aiohttp routes."""

from __future__ import annotations

import asyncio
import json

from aiohttp import hdrs, web

from .answers import error_answer, json_answer, json_text_answer, page_answer
from .checks import read_id
from .client_queue import join_frame
from .fit import to_json
from .guard import Handler, answer_preflight, guarded
from .hub import MAX_CLIENTS
from .info import info_message
from .metrics import serve_metrics
from .stream import MAX_CLIENT_FRAME, hear_told, serve_stream
from .telemetry import Telemetry
from .ui import serve_ui

MAX_PAGE = 1_000


def add_routes(routes: web.RouteTableDef, telemetry: Telemetry) -> None:
    """Mount everything; ComfyUI mirrors it all under `/api`."""
    handlers = _Handlers(telemetry)
    gets: dict[str, Handler] = {
        "/telemetry": handlers.stream,
        "/telemetry/": handlers.to_ui_from_below,
        "/telemetry/info": handlers.info,
        "/telemetry/events": handlers.events,
        "/telemetry/trace": handlers.trace,
        "/telemetry/metrics": handlers.metrics,
        "/telemetry/ui": handlers.to_ui_folder,
        "/telemetry/ui/{path:.*}": handlers.ui,
    }
    posts: dict[str, Handler] = {"/telemetry/outcome": handlers.outcome, "/telemetry/run": handlers.run}
    rules = telemetry.world.rules
    for path, handler in gets.items():
        routes.get(path)(guarded(handler, rules))
    for path, handler in posts.items():
        routes.post(path)(guarded(handler, rules))
    for path in (*gets, *posts):
        routes.options(path)(guarded(answer_preflight, rules))


class _Handlers:
    def __init__(self, telemetry: Telemetry) -> None:
        self._telemetry = telemetry

    async def stream(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get(hdrs.UPGRADE, "").lower() != "websocket":
            return _redirect("telemetry/ui/")
        if self._telemetry.hub.is_full():
            return error_answer(f"{MAX_CLIENTS} clients listen already; close one and try again.", 503)
        return await serve_stream(request, self._telemetry)

    async def to_ui_from_below(self, request: web.Request) -> web.StreamResponse:
        return _redirect("ui/")

    async def to_ui_folder(self, request: web.Request) -> web.StreamResponse:
        return _redirect("ui/")

    async def info(self, request: web.Request) -> web.StreamResponse:
        oldest = await asyncio.get_running_loop().run_in_executor(None, self._telemetry.journal.oldest)
        return json_answer(info_message(self._telemetry, oldest))

    async def events(self, request: web.Request) -> web.StreamResponse:
        journal = self._telemetry.journal
        if request.query.get("epoch") != journal.epoch:
            return error_answer("The journal is another one by now: ask /telemetry/info for its epoch.", 409)
        since, limit = _whole(request.query.get("since", "0")), _whole(request.query.get("limit", str(MAX_PAGE)))
        if since is None or limit is None or limit < 1:
            return error_answer("`since` must be a whole number from 0 and `limit` one from 1.", 400)
        size, until = min(limit, MAX_PAGE), self._telemetry.hub.seq
        rows = await asyncio.get_running_loop().run_in_executor(None, journal.read, since, until, size)
        events = join_frame([text for _, text in rows]) if len(rows) > 1 else f"[{''.join(text for _, text in rows)}]"
        next_since = f',"next":{rows[-1][0]}' if len(rows) == size else ""
        return json_text_answer(f'{{"epoch":{to_json(journal.epoch)},"events":{events}{next_since}}}')

    async def trace(self, request: web.Request) -> web.StreamResponse:
        prompt_id = read_id(request.query.get("promptId"))
        if prompt_id is None:
            return error_answer("`promptId` is missing.", 400)
        text = await asyncio.get_running_loop().run_in_executor(None, self._telemetry.journal.trace, prompt_id)
        return json_text_answer(text) if text else error_answer("There is no trace of this prompt.", 404)

    async def metrics(self, request: web.Request) -> web.StreamResponse:
        return await serve_metrics(self._telemetry)

    async def outcome(self, request: web.Request) -> web.StreamResponse:
        return await self._told(request, "outcome")

    async def run(self, request: web.Request) -> web.StreamResponse:
        return await self._told(request, "run")

    async def ui(self, request: web.Request) -> web.StreamResponse:
        return await serve_ui(request, self._telemetry.world.ui_folder)

    async def _told(self, request: web.Request, kind: str) -> web.StreamResponse:
        # A form of another site can post, but not with this content type.
        if request.content_type != "application/json":
            return error_answer("The content type must be application/json.", 415)
        if (request.content_length or 0) > MAX_CLIENT_FRAME:
            return error_answer("The body may not be longer than 64 KiB.", 413)
        body = await request.content.read(MAX_CLIENT_FRAME + 1)
        while len(body) <= MAX_CLIENT_FRAME and not request.content.at_eof():
            body += await request.content.read(MAX_CLIENT_FRAME + 1 - len(body))
        if len(body) > MAX_CLIENT_FRAME:
            return error_answer("The body may not be longer than 64 KiB.", 413)
        try:
            given = json.loads(body)
        except (ValueError, RecursionError):
            return error_answer("The body is no JSON.", 400)
        if not hear_told(self._telemetry, kind, given):
            return error_answer(f"The body is no `{kind}` message of the telemetry protocol.", 400)
        return json_answer({"accepted": True}, 202)


def _redirect(place: str) -> web.Response:
    """A relative redirect: in front of a proxy the path may begin with a prefix that only the browser knows."""
    response = page_answer(f'The dashboard is <a href="{place}">here</a>.', 302)
    response.headers[hdrs.LOCATION] = place
    return response


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
