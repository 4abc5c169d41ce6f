"""What a prompt graph is, apart from its seeds, its texts and its models."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from typing import Any

from .canonical_json import canonical_json


@dataclass(frozen=True)
class WorkflowSummary:
    """The parts of a cohort that can be read from a graph; a size that no input names is not in `sizes`."""

    workflow_hash: str
    models: tuple[str, ...]
    sizes: dict[str, int | float] = field(default_factory=dict)


def summarize_workflow(graph: Any) -> WorkflowSummary:
    """Hash a graph in API format as `tests/fixtures/workflow-hash/README.md` says.

    What is not a graph gives the hash of an empty one. Raises RecursionError only for nesting deeper than
    `json.loads` accepts.
    """
    models: set[str] = set()
    sizes: dict[str, int | float] = {}
    nodes: list[list[Any]] = []
    for node_id, node in sorted(graph.items()) if isinstance(graph, dict) else ():
        if not isinstance(node, dict):
            continue
        inputs = node.get("inputs")
        inputs = inputs if isinstance(inputs, dict) else {}
        class_type = node.get("class_type")
        _collect_sizes(inputs, sizes)
        kept = _kept_members(inputs, models)
        nodes.append([node_id, class_type if isinstance(class_type, str) else "", [list(item) for item in kept]])
    digest = hashlib.sha256(canonical_json(nodes).encode("utf-8")).hexdigest()
    return WorkflowSummary(digest, tuple(sorted(models)), sizes)


def _kept_members(members: dict[str, Any], models: set[str]) -> list[tuple[str, Any]]:
    kept: list[tuple[str, Any]] = []
    for name, value in sorted(members.items()):
        if _is_left_out_value(value, models) or _is_left_out_name(name):
            continue
        kept.append((name, _kept_value(value, models)))
    return kept


def _kept_value(value: Any, models: set[str]) -> Any:
    if isinstance(value, dict):
        return dict(_kept_members(value, models))
    if isinstance(value, (list, tuple)):
        return [_kept_value(item, models) for item in value if not _is_left_out_value(item, models)]
    return value


def _is_left_out_name(name: str) -> bool:
    lower = _ascii_lower(name)
    return lower in _SEED_NAMES or any(part in lower for part in _TEXT_NAME_PARTS)


def _is_left_out_value(value: Any, models: set[str]) -> bool:
    if not isinstance(value, str):
        return False
    lower = _ascii_lower(value)
    if lower.endswith(_MODEL_SUFFIXES):
        models.add(_without_folders_of_this_machine(value))
        return True
    return lower.endswith(_MEDIA_SUFFIXES)


def _without_folders_of_this_machine(name: str) -> str:
    is_absolute = name[:1] in ("/", "\\") or name[1:3] in (":/", ":\\")
    return name[max(name.rfind("/"), name.rfind("\\")) + 1 :] if is_absolute else name


def _collect_sizes(inputs: dict[str, Any], sizes: dict[str, int | float]) -> None:
    for name, value in inputs.items():
        size = _SIZE_NAMES.get(name)
        if size is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        if 0 < value <= _LARGEST_SIZE and math.isfinite(value):
            sizes[size] = max(value, sizes.get(size, value))


def _ascii_lower(text: str) -> str:
    return text.translate(_ASCII_LOWER)


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_LARGEST_SIZE = 2**53 - 1
_SEED_NAMES = ("seed", "noise_seed")
_TEXT_NAME_PARTS = ("text", "prompt", "filename", "prefix")
_MODEL_SUFFIXES = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".sft")
_MEDIA_SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"),
    *(".mp4", ".webm", ".mov", ".mkv", ".avi", ".m4v"),
    *(".wav", ".mp3", ".flac", ".ogg", ".m4a", ".opus"),
)
_SIZE_NAMES = {
    **{"steps": "steps", "width": "width", "height": "height", "batch_size": "batch", "batch": "batch"},
    **{"length": "frames", "frames": "frames", "num_frames": "frames", "video_frames": "frames"},
}
