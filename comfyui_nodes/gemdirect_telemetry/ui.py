"""The built dashboard, from the node's own folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from .answers import HEADERS, page_answer

NOT_INSTALLED = (
    "The telemetry node runs, but its dashboard is not installed: copy a build of it into the folder <code>ui</code> "
    "of the node <code>gemdirect_telemetry</code>, and reload this page."
)


async def serve_ui(request: web.Request, folder: Path) -> web.StreamResponse:
    """A file of the dashboard; its index for the folder itself. Nothing outside the folder is ever read."""
    name = request.match_info["path"] or "index.html"
    found = await asyncio.get_running_loop().run_in_executor(None, _find, folder, name)
    if found is None:
        return page_answer(NOT_INSTALLED if name == "index.html" else "There is no such file.", 404)
    # Built files carry their content's hash in their name; the index names the newest of them.
    is_hashed = found.parent.name == "assets"
    headers = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable" if is_hashed else "no-cache"}
    content_type = _CONTENT_TYPES.get(found.suffix.lower())
    return web.FileResponse(found, headers={**headers, **({"Content-Type": content_type} if content_type else {})})


def _find(folder: Path, name: str) -> Path | None:
    try:
        root = folder.resolve()
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # a name that no file system takes
        return None


# Windows reads these from a registry that other programs write into; a script as text/plain would not run.
_CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
