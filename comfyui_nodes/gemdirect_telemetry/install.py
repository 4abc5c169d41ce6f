"""Into a running ComfyUI: routes, access rules and hooks, unless it is switched off."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .environment import ServerFacts
from .guard import make_front
from .routes import add_routes
from .telemetry import Telemetry, World, start_telemetry

SWITCH = "GEMDIRECT_TELEMETRY"
JOURNAL_VARIABLE = "GEMDIRECT_TELEMETRY_DB"

log = logging.getLogger(__name__)


def install(modules: Mapping[str, Any] = sys.modules, environ: Mapping[str, str] = os.environ) -> Telemetry | None:
    """Install into the ComfyUI that these modules belong to; None outside of one, when switched off, or on failure.

    Never raises: a server without telemetry is better than none.
    """
    prompt_server = getattr(getattr(modules.get("server"), "PromptServer", None), "instance", None)
    if prompt_server is None or environ.get(SWITCH, "").strip().lower() in ("off", "0", "false", "no"):
        return None
    try:
        return _install(prompt_server, modules, environ)
    except Exception:
        log.exception("GemDirect telemetry could not start; ComfyUI goes on without it")
        return None


def _install(prompt_server: Any, modules: Mapping[str, Any], environ: Mapping[str, str]) -> Telemetry | None:
    world = World(
        prompt_server,
        _journal_path(modules.get("folder_paths"), environ),
        lambda: modules["nodes"].interrupt_processing(),
        ServerFacts(
            _text(getattr(modules.get("comfyui_version"), "__version__", None)),
            _text(getattr(modules.get("torch"), "__version__", None)),
        ),
    )
    telemetry = start_telemetry(world, prompt_server.loop)
    if telemetry is None:
        return None
    add_routes(prompt_server.routes, telemetry)
    prompt_server.app.middlewares.insert(0, make_front(world.rules))
    atexit.register(telemetry.dispose)
    return telemetry


def _journal_path(folder_paths: Any, environ: Mapping[str, str]) -> Path:
    given = environ.get(JOURNAL_VARIABLE)
    if given:
        return Path(given)
    get_user_directory = getattr(folder_paths, "get_user_directory", None)
    folder = Path(get_user_directory()) if callable(get_user_directory) else Path(__file__).parent
    return folder / "gemdirect_telemetry.sqlite3"


def _text(value: object) -> str | None:
    return str(value)[:128] if value else None
