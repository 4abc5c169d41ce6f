"""Pages of other web sites, and names that somebody else's DNS points here: not a byte is read, nothing is told."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import WSServerHandshakeError

from comfyui_nodes.gemdirect_telemetry.security import AccessRules
from conftest import StartStage
from fake_comfyui import label
from stage import PATIENCE_SECONDS, Stage
from test_outcome import outcome

HERE = "127.0.0.1:8188"
GETS = ["", "/", "/info", "/events", "/trace", "/metrics", "/ui", "/ui/", "/ui/assets/a.js"]
FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "localhost.evil.com:8188"},
    {"Host": "127.0.0.1.nip.io:8188"},
    {"Host": "LOCALHOST.:8188"},
    {"Host": "[fe80::1%25eth0]:8188"},
    {"Host": "evil.example", "Origin": "http://evil.example"},
    {"Host": "evil.example", "X-Forwarded-Host": HERE, "X-Forwarded-For": "127.0.0.1", "Forwarded": f"host={HERE}"},
    {"Host": HERE, "Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"},
    {"Host": HERE, "Origin": "http://evil.example", "Forwarded": "host=evil.example"},
    {"Host": HERE, "Origin": "http://127.0.0.1:3000"},
    {"Host": HERE, "Origin": "http://localhost:8188"},
    {"Host": HERE, "Origin": "HTTP://127.0.0.1:8188.EVIL.EXAMPLE"},
    {"Host": HERE, "Origin": "null"},
    {"Host": HERE, "Origin": ""},
    {"Host": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Host": HERE, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Host": HERE, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    {"Host": HERE, "Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
]


@pytest.fixture
async def secretive(stage: Stage) -> Stage:
    stage.comfy.run("secret-prompt", label("secret-scene"))
    await stage.settle()
    return stage


def secrets(stage: Stage) -> list[str]:
    return ["secret-", stage.telemetry.journal.epoch, stage.telemetry.journal.source, "0.3.64", "gemdirect_telemetry_"]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_every_route_refuses_it_and_says_nothing_else(secretive: Stage, headers: dict[str, str]) -> None:
    epoch = secretive.telemetry.journal.epoch
    for prefix in ("/telemetry", "/api/telemetry"):
        for path in GETS:
            query = {"epoch": epoch, "since": "0", "promptId": "secret-prompt"}
            async with secretive.client.get(prefix + path, params=query, headers=headers, allow_redirects=False) as answer:
                body = await answer.text()
            assert (answer.status, list(json.loads(body))) == (403, ["error"]), path
            assert not [each for each in secrets(secretive) if each in body]
            assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_it_can_neither_tell_an_outcome_nor_a_run(secretive: Stage, headers: dict[str, str]) -> None:
    before = await secretive.events()
    run = {"type": "run", "runId": "run-1", "event": "stopped"}
    for prefix in ("/telemetry", "/api/telemetry"):
        assert await secretive.post(f"{prefix}/outcome", json=outcome("secret-prompt"), headers=headers) == 403
        assert await secretive.post(f"{prefix}/run", json=run, headers=headers) == 403

    assert await secretive.events() == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_it_cannot_open_the_stream(secretive: Stage, headers: dict[str, str]) -> None:
    for path in ("/telemetry", "/api/telemetry"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await secretive.client.ws_connect(path, headers=headers)
        assert refused.value.status == 403
    assert secretive.telemetry.hub.counts().clients == 0


async def raw_answer(stage: Stage, request: str) -> str:
    """What the server answers to a request that no client library would send."""
    reader, writer = await asyncio.open_connection("127.0.0.1", stage.client.port)
    writer.write(request.encode("latin-1"))
    answer = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
    writer.close()
    await writer.wait_closed()
    return answer.decode("latin-1")


@pytest.mark.parametrize(
    "target",
    [f"http://{host}/telemetry/info" for host in ("evil.example", "evil.example@127.0.0.1", "127.0.0.1:8188")],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS"])
async def test_a_target_that_names_a_host_is_refused_whatever_the_host_header_says(
    secretive: Stage, method: str, target: str
) -> None:
    target = target.replace("/info", "/run") if method == "POST" else target
    headers = f"Host: {HERE}\r\nContent-Type: application/json\r\nContent-Length: 0\r\nConnection: close"

    answer = await raw_answer(secretive, f"{method} {target} HTTP/1.1\r\n{headers}\r\n\r\n")

    assert answer.startswith("HTTP/1.1 403 ")
    assert not [each for each in secrets(secretive) if each in answer]


@pytest.mark.parametrize("headers", ["", "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nOrigin: http://evil.example\r\n"])
async def test_no_host_and_two_origins_are_refused(secretive: Stage, headers: str) -> None:
    answer = await raw_answer(secretive, f"GET /telemetry/info HTTP/1.0\r\n{headers}\r\n")

    assert answer.startswith("HTTP/1.0 403 ")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
async def test_a_link_from_anywhere_opens_the_page(stage: Stage, site: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

    assert (await stage.get("/telemetry/ui/", headers=headers))[0] == 404  # no dashboard is built here
    assert (await stage.get("/telemetry/info", headers=headers))[0] == 200


async def test_the_dashboards_own_requests_and_those_of_a_listed_page_are_answered(start: StartStage) -> None:
    stage = await start(rules=AccessRules(frozenset(), frozenset({"https://film.example"}), frozenset()))
    own = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    listed = {"Origin": "https://film.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}

    assert (await stage.get("/telemetry/info", headers=own))[0] == 200
    assert (await stage.get("/telemetry/info", headers=listed))[0] == 200
    assert await stage.post("/telemetry/run", json={"runId": "r", "event": "begin"}, headers=listed) == 202
