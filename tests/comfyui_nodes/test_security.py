"""Who is answered and who is not."""

from __future__ import annotations

import pytest
from aiohttp import WSServerHandshakeError

from comfyui_nodes.gemdirect_telemetry.security import AccessRules, read_access_rules
from conftest import StartStage
from stage import Stage

RULES = AccessRules(
    frozenset({"studio.example"}), frozenset({"https://film.example", "http://localhost:5173"}), frozenset({"rig.lan"})
)
PATHS = ["/telemetry", "/telemetry/info", "/telemetry/events", "/telemetry/trace", "/telemetry/metrics", "/telemetry/ui/"]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1:8188", "localhost", "localhost:8188", "LOCALHOST:8188", "[::1]:8188", "192.168.1.20:8188"),
        *("comfybox:8188", "comfybox.local", "rig.lan:8188", "studio.example", "[fe80::1]"),
    ],
)
def test_a_name_that_only_this_network_can_give_is_answered(host: str) -> None:
    assert RULES.refusal(host, None) is None


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8188", "127.0.0.1.evil.example", "localhost.evil.example", "1.2.3"),
        *("localhost.evil.com", "127.0.0.1.nip.io", "7f000001.nip.io:8188", "LOCALHOST.EVIL.COM", "evil.example:80:8188"),
        *("localhost.", "LocalHost.:8188", "127.0.0.1.", "rig.lan.", "studio.example.:80", "127.1", "0x7f.0.0.1", "0177.0.0.1"),
        *("[fe80::1%eth0]", "[fe80::1%25eth0]:8188", "[::1]evil.example", "[::1].evil.example", "[evil.example]", "[]"),
        *("localhost\\.evil.example", "localhost,evil.example", "localhost evil.example", "localhost:evil", "localhost:"),
        *("rebind.studio.example", "a.local.evil.example", "evil.example.", "user@localhost", "localhost:8188:1"),
        *("", "local host", "localhost/", "[::1", "::1", "\0", "locálhost.example", "x" * 300 + ".local"),
    ],
)
def test_any_other_name_is_refused(host: str) -> None:
    assert RULES.refusal(host, None) is not None


def test_a_request_without_a_host_is_refused() -> None:
    assert RULES.refusal(None, None) is not None


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8188", "http://127.0.0.1:8188"),
        ("localhost", "http://localhost"),
        ("localhost", "https://localhost"),
        ("localhost:80", "http://localhost"),
        ("LocalHost:8188", "http://localhost:8188"),
        ("[::1]:8188", "http://[::1]:8188"),
        ("127.0.0.1:8188", "https://film.example"),
        ("127.0.0.1:8188", "HTTPS://Film.Example"),
    ],
)
def test_the_servers_own_pages_and_listed_ones_are_answered(host: str, origin: str) -> None:
    assert RULES.refusal(host, origin) is None


@pytest.mark.parametrize(
    "origin",
    [
        *("http://evil.example", "http://127.0.0.1:3000", "http://localhost:8188", "null", "", "file://"),
        *("http://127.0.0.1:8188.evil.example", "http://127.0.0.1:8188@evil.example", "http://127.0.0.1:99999"),
        *("https://film.example.evil.example", "http://film.example", "https://film.example:444", "\0"),
        *("http://evil.example@127.0.0.1:8188", "//127.0.0.1:8188"),
    ],
)
def test_a_foreign_origin_is_refused(origin: str) -> None:
    assert RULES.refusal("127.0.0.1:8188", origin) is not None


@pytest.mark.parametrize("path", PATHS)
async def test_a_refusal_says_which_variable_to_set_to_which_value(stage: Stage, path: str) -> None:
    for_origin = await stage.get(path, headers={"Origin": "http://evil.example:3000"})
    for_host = await stage.get(path, headers={"Host": "evil.example"})

    assert for_origin[0] == for_host[0] == 403
    assert "GEMDIRECT_TELEMETRY_ORIGINS=http://evil.example:3000" in for_origin[1]["error"]
    assert "GEMDIRECT_TELEMETRY_HOSTS=evil.example" in for_host[1]["error"]


async def test_a_foreign_page_can_neither_open_the_stream_nor_post(stage: Stage) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await stage.client.ws_connect("/telemetry", headers={"Origin": "http://evil.example"})
    run = {"runId": "r", "event": "begin"}

    assert refused.value.status == 403
    assert await stage.post("/telemetry/run", json=run, headers={"Origin": "http://evil.example"}) == 403
    assert await stage.events() == []


async def test_forwarded_headers_are_not_believed(stage: Stage) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "localhost", "Forwarded": "host=localhost"}

    assert (await stage.get("/telemetry/info", headers=headers))[0] == 403


async def test_a_listed_origin_may_read_post_and_listen(start: StartStage) -> None:
    stage = await start(rules=RULES)
    origin = {"Origin": "https://film.example"}

    async with stage.client.get("/telemetry/info", headers=origin) as answer:
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "https://film.example"
        assert answer.headers["Vary"] == "Origin"
    async with stage.client.options(
        "/telemetry/run", headers={**origin, "Access-Control-Request-Method": "POST"}
    ) as answer:
        assert answer.status == 204
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert await stage.post("/telemetry/run", json={"runId": "r", "event": "begin"}, headers=origin) == 202
    socket = await stage.client.ws_connect("/telemetry", headers=origin)
    assert (await socket.receive_json())[0]["type"] == "hello"


async def test_a_preflight_of_an_unlisted_origin_is_refused(stage: Stage) -> None:
    async with stage.client.options("/telemetry/run", headers={"Origin": "http://evil.example"}) as answer:
        assert answer.status == 403
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_nobody_is_told_that_others_may_read(stage: Stage) -> None:
    async with stage.client.get("/telemetry/info") as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_variables_are_lists_with_commas() -> None:
    rules = read_access_rules(
        {"GEMDIRECT_TELEMETRY_HOSTS": "A.example, b.example ,", "GEMDIRECT_TELEMETRY_ORIGINS": "http://C.example/"}
    )

    assert rules.hosts == {"a.example", "b.example"}
    assert rules.origins == {"http://c.example"}
