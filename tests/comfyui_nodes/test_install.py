"""Into a ComfyUI and not: the switch, a failure, the registry's metadata."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aiohttp import web

from comfyui_nodes.gemdirect_telemetry.install import install
from comfyui_nodes.gemdirect_telemetry.version import VERSION
from fake_comfyui import FakePromptServer

NODE = Path(__file__).parents[2] / "comfyui_nodes" / "gemdirect_telemetry"


def comfyui(folder: Path) -> dict[str, Any]:
    """The modules of a ComfyUI, as far as the node looks at them."""
    server: Any = FakePromptServer(asyncio.get_running_loop())
    server.routes, server.app = web.RouteTableDef(), web.Application()
    return {
        "server": SimpleNamespace(PromptServer=SimpleNamespace(instance=server)),
        "folder_paths": SimpleNamespace(get_user_directory=lambda: str(folder)),
        "nodes": SimpleNamespace(interrupt_processing=lambda: None),
    }


async def test_the_routes_and_the_journal_are_there_and_a_second_install_changes_nothing(tmp_path: Path) -> None:
    modules = comfyui(tmp_path)
    telemetry = install(modules, {})
    assert telemetry is not None

    paths = {route.path for route in modules["server"].PromptServer.instance.routes}  # type: ignore[attr-defined]
    assert {"/telemetry", "/telemetry/info", "/telemetry/events", "/telemetry/trace", "/telemetry/metrics"} <= paths
    assert (tmp_path / "gemdirect_telemetry.sqlite3").exists()
    assert install(modules, {}) is None
    telemetry.dispose()


async def test_switched_off_it_leaves_the_server_as_it_was(tmp_path: Path) -> None:
    for word in ("off", "0", "False", " no "):
        modules = comfyui(tmp_path)
        put = modules["server"].PromptServer.instance.prompt_queue.put
        assert install(modules, {"GEMDIRECT_TELEMETRY": word}) is None
        assert modules["server"].PromptServer.instance.prompt_queue.put == put
        assert not list(modules["server"].PromptServer.instance.routes)


async def test_a_journal_that_cannot_be_opened_does_not_stop_the_server(tmp_path: Path) -> None:
    assert install(comfyui(tmp_path), {"GEMDIRECT_TELEMETRY_DB": str(tmp_path / "file" / "\0" / "x")}) is None


def test_outside_of_comfyui_it_does_nothing() -> None:
    assert install({}, {}) is None


def test_the_registry_is_told_the_same_version_and_that_nothing_else_is_needed() -> None:
    metadata = (NODE / "pyproject.toml").read_text("utf-8")
    assert re.search(rf'^version = "{re.escape(VERSION)}"$', metadata, re.M)
    assert "dependencies = []" in metadata
    assert re.search(r'^PublisherId = ".+"$', metadata, re.M) and re.search(r'^DisplayName = ".+"$', metadata, re.M)
