"""What the server says about itself."""

from __future__ import annotations

from typing import Any

from .client import DEFAULT_INTERVAL_MS, MAX_INTERVAL_MS, MIN_INTERVAL_MS
from .resume import ResumePlan
from .telemetry import Telemetry
from .version import VERSION

PROTOCOL = 1
NAME = "gemdirect_telemetry"


def info_message(telemetry: Telemetry, oldest: int | None) -> dict[str, Any]:
    """`/telemetry/info`; `oldest` is absent while the journal is empty."""
    message = {
        "protocols": [PROTOCOL],
        **_common(telemetry, telemetry.hub.seq),
        "intervalMs": {"min": MIN_INTERVAL_MS, "max": MAX_INTERVAL_MS, "default": DEFAULT_INTERVAL_MS},
    }
    return message if oldest is None else {**message, "oldest": oldest}


def hello_message(telemetry: Telemetry, interval_ms: float, seq: int, plan: ResumePlan) -> dict[str, Any]:
    """The first message of every connection."""
    common = _common(telemetry, seq)
    return {"type": "hello", "protocol": PROTOCOL, **common, "intervalMs": interval_ms, **plan.fields}


def _common(telemetry: Telemetry, seq: int) -> dict[str, Any]:
    server = {"name": NAME, "version": VERSION}
    if telemetry.world.facts.comfy_version:
        server["comfyVersion"] = telemetry.world.facts.comfy_version
    return {
        "server": server,
        "source": telemetry.journal.source,
        "epoch": telemetry.journal.epoch,
        "seq": seq,
        "now": telemetry.world.clock.wall(),
        "heartbeatMs": telemetry.world.pace.heartbeat_ms,
        "gpus": telemetry.sampler.latest.gpus,
    }
