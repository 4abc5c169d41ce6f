"""The access rules, in front of every route of ours, whatever ComfyUI's own flags are."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from .answers import HEADERS, error_answer
from .security import AccessRules

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler, rules: AccessRules) -> Handler:
    """The handler behind the rules: a refused request gets 403, a listed origin its CORS headers and its preflight."""

    @functools.wraps(handler)
    async def guarded_handler(request: web.Request) -> web.StreamResponse:
        refused = refuse(request, rules)
        if refused is not None:
            return refused
        return with_cors(request, rules, await handler(request))

    setattr(guarded_handler, _MARK, True)
    return guarded_handler


async def answer_preflight(request: web.Request) -> web.StreamResponse:
    """What a browser asks before a page of a listed origin may post; the CORS headers come from the guard."""
    return web.Response(status=204, headers=HEADERS)


def make_front(rules: AccessRules) -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
    """A middleware that belongs before all others.

    ComfyUI's own check refuses every foreign origin on a loopback host and answers preflights itself, and its CORS
    flag opens every route. For our routes the rules are asked first; a listed origin is then passed on without the
    headers that say so, so that middlewares of others, such as a login, still see the request.
    """

    @web.middleware
    async def front(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not getattr(request.match_info.handler, _MARK, False):
            return await handler(request)
        refused = refuse(request, rules)
        if refused is not None:
            return refused
        if not _is_listed(request, rules):
            return await handler(request)
        if request.method == hdrs.METH_OPTIONS:
            return with_cors(request, rules, await answer_preflight(request))
        headers = request.headers.copy()
        for name in (hdrs.ORIGIN, _FETCH_SITE):
            headers.popall(name, None)
        return with_cors(request, rules, await handler(request.clone(headers=headers)))

    return front


def refuse(request: web.Request, rules: AccessRules) -> web.Response | None:
    """The 403 that this request gets, if any. Two Host or Origin headers count as one that can't be read."""
    host, origin = _only(request, hdrs.HOST), _only(request, hdrs.ORIGIN)
    sentence = _refused_shape(request) or rules.refusal(host, origin)
    return error_answer(sentence, 403) if sentence else None


def with_cors(request: web.Request, rules: AccessRules, response: web.StreamResponse) -> web.StreamResponse:
    """Let a page of a listed origin read the response; one that is already on its way stays as it is."""
    if response.prepared:
        return response
    for name in [each for each in response.headers if each.lower().startswith("access-control-")]:
        del response.headers[name]
    if _is_listed(request, rules):
        response.headers.update(
            {
                hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: request.headers[hdrs.ORIGIN],
                hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, POST",
                hdrs.ACCESS_CONTROL_ALLOW_HEADERS: "Content-Type",
                hdrs.ACCESS_CONTROL_MAX_AGE: "600",
                "Access-Control-Allow-Private-Network": "true",
                "Cross-Origin-Resource-Policy": "cross-origin",
                hdrs.VARY: hdrs.ORIGIN,
            }
        )
    return response


def _refused_shape(request: web.Request) -> str | None:
    # `GET http://name/path` outranks the Host header, and only a proxy is asked so.
    if not request.raw_path.startswith("/"):
        return "This server is no proxy: ask for a path, without a host before it."
    # A script or image that another page embeds has no Origin. Following a link, the reader opens the page itself.
    is_embedded = hdrs.ORIGIN not in request.headers and request.headers.get(_FETCH_SITE) in ("cross-site", "same-site")
    if is_embedded and request.headers.get("Sec-Fetch-Mode") != "navigate":
        return "Pages from elsewhere may not embed what this server answers."
    return None


def _only(request: web.Request, name: str) -> str | None:
    values = request.headers.getall(name, [])
    return values[0] if len(values) == 1 else None if not values else "\0"


def _is_listed(request: web.Request, rules: AccessRules) -> bool:
    origin = _only(request, hdrs.ORIGIN)
    return origin is not None and rules.is_listed(origin)


_FETCH_SITE = "Sec-Fetch-Site"
_MARK = "_gemdirect_telemetry_route"
