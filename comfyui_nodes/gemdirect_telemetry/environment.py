"""What a prompt ran with, read from its graph and its server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .checks import read_text
from .workflow_hash import summarize_workflow

MAX_MODELS = 256
MAX_MODEL_NAME = 512


def no_gpu_facts() -> dict[str, str]:
    """A server without a GPU that can be read."""
    return {}


@dataclass(frozen=True)
class ServerFacts:
    """What is the same for every prompt; a version that isn't known is absent."""

    comfy_version: str | None = None
    torch_version: str | None = None
    gpu: Callable[[], dict[str, str]] = field(default=no_gpu_facts)


def read_environment(graph: Any, facts: ServerFacts) -> dict[str, Any]:
    """A RunEnvironment. What a graph does not say, or a hostile one makes unreadable, is left out."""
    environment: dict[str, Any] = {}
    try:
        summary = summarize_workflow(graph)
    except (RecursionError, RuntimeError, TypeError, UnicodeEncodeError):
        summary = None  # nested without end, changed meanwhile, or built by a custom node out of what JSON has not
    if summary is not None:
        models = [name for name in summary.models if read_text(name, MAX_MODEL_NAME)][:MAX_MODELS]
        environment = {"workflowHash": summary.workflow_hash, **summary.sizes}
        if models:
            environment["models"] = models
    versions = {"comfyVersion": facts.comfy_version, "torchVersion": facts.torch_version}
    environment.update({name: version for name, version in versions.items() if version})
    environment.update(facts.gpu())
    return environment
