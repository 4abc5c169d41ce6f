"""`/telemetry/metrics`: how the server, its GPUs and the node itself are doing."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from .answers import HEADERS
from .gpu_reader import Reading
from .hub import HubCounts
from .metric_family import PREFIX, Family, Sample, by_label, counter, gauge
from .metrics_text import CONTENT_TYPE, metrics_text
from .telemetry import Telemetry
from .version import VERSION

GPU_PATIENCE_S = 2.0


async def serve_metrics(telemetry: Telemetry) -> web.Response:
    """The metrics of this instant. The GPUs are read for it; a driver that takes longer than 2 s is not waited for, and
    its figures are missing."""
    counts = telemetry.hub.counts()
    text = await asyncio.get_running_loop().run_in_executor(None, lambda: metrics_text(_read(telemetry, counts)))
    return web.Response(body=text, headers={**HEADERS, "Content-Type": CONTENT_TYPE})


def _read(telemetry: Telemetry, counts: HubCounts) -> list[Family]:
    snapshot = telemetry.sampler.refresh(GPU_PATIENCE_S)
    journal = telemetry.journal
    return [
        _build_info(telemetry),
        *telemetry.tally.families(),
        by_label("prompts_open", "gauge", "Prompts queued or executing.", "status", counts.open),
        *(_gpu_families(snapshot.gpus) if snapshot else ()),
        gauge("clients", "Clients that listen to the stream.", counts.clients),
        counter("samples_dropped_total", "Samples that a client was too slow for.", counts.samples_dropped),
        counter("messages_journaled_total", "Messages in the journal since it began.", counts.seq),
        gauge("journal_messages", "Messages that the journal keeps now.", journal.count),
        gauge("journal_size_bytes", "Size of the journal's files.", journal.size()),
        by_label("wrapper_errors_total", "counter", _ERRORS, "wrapper", dict(telemetry.hooks.errors)),
    ]


def _build_info(telemetry: Telemetry) -> Family:
    facts = telemetry.world.facts
    versions = {"version": VERSION, "comfyui_version": facts.comfy_version, "torch_version": facts.torch_version}
    labels = {name: version for name, version in versions.items() if version}
    return gauge("build_info", "Versions of the node, of ComfyUI and of torch.", 1, **labels)


def _gpu_families(gpus: list[Reading]) -> list[Family]:
    named = [Sample("", {"gpu": str(gpu["index"]), "name": gpu["name"]}, 1) for gpu in gpus if "name" in gpu]
    figures = [
        Family(f"{PREFIX}gpu_{name}", "gauge", help, [_sample(gpu, field, unit) for gpu in gpus if field in gpu])
        for name, field, unit, help in _GPU_FIGURES
    ]
    return [Family(f"{PREFIX}gpu_info", "gauge", "The GPU's name.", named), *figures]


def _sample(gpu: Reading, field: str, unit: float) -> Sample:
    value: Any = gpu[field]
    return Sample("", {"gpu": str(gpu["index"])}, value * unit)


_ERRORS = "Errors of the node's own in its wrappers around ComfyUI's methods; ComfyUI went on."
_GPU_FIGURES = (
    ("memory_free_bytes", "vramFree", 1, "Free memory of the GPU."),
    ("memory_total_bytes", "vramTotal", 1, "Memory of the GPU."),
    ("utilization_ratio", "utilization", 0.01, "Share of the time in which the GPU computed, from 0 to 1."),
    ("temperature_celsius", "temperature", 1, "Temperature of the GPU."),
    ("power_watts", "power", 1, "Power that the GPU draws."),
)
