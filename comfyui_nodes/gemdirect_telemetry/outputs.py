"""The files that a prompt wrote, as ComfyUI's history lists them."""

from __future__ import annotations

from typing import Any

from .checks import read_id, read_text

MAX_OUTPUTS = 200


def read_outputs(history: Any) -> list[dict[str, str]]:
    """At most 200 files, in the history's order. An absolute subfolder is left empty: it names a folder of this
    machine; entries that are no files are passed over."""
    nodes = history.get("outputs") if isinstance(history, dict) else None
    found: list[dict[str, str]] = []
    for node_id, ui in nodes.items() if isinstance(nodes, dict) else ():
        for entries in ui.values() if isinstance(ui, dict) and read_id(node_id) else ():
            for entry in entries if isinstance(entries, (list, tuple)) else ():
                file = _read_file(node_id, entry)
                if file is not None:
                    found.append(file)
                if len(found) == MAX_OUTPUTS:
                    return found
    return found


def _read_file(node_id: str, entry: Any) -> dict[str, str] | None:
    if not isinstance(entry, dict):
        return None
    filename = read_text(entry.get("filename"), 512)
    subfolder = read_text(entry.get("subfolder", ""), 512)
    kind = read_text(entry.get("type"), 64)
    if not filename or subfolder is None or kind is None:
        return None
    is_absolute = subfolder[:1] in ("/", "\\") or subfolder[1:2] == ":"
    name = filename[max(filename.rfind("/"), filename.rfind("\\")) + 1 :]
    return {"nodeId": node_id, "filename": name, "subfolder": "" if is_absolute else subfolder, "type": kind}
