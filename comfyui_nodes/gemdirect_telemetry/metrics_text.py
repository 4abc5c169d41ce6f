"""Prometheus' text format 0.0.4, by `prometheus_client` where it is installed, else by hand; the bytes are the same."""

from __future__ import annotations

import importlib
import logging
import math
from collections.abc import Iterator, Sequence
from typing import Any

from .metric_family import Family, Sample

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

log = logging.getLogger(__name__)


def metrics_text(families: Sequence[Family]) -> bytes:
    """The families as text. A family without samples is left out."""
    told = [family for family in families if family.samples]
    try:
        return write_with_library(importlib.import_module("prometheus_client"), told)
    except ImportError:
        return write_by_hand(told)
    except Exception:  # a version of another make; the format is simple enough to do without it
        log.debug("prometheus_client could not write the metrics", exc_info=True)
        return write_by_hand(told)


def write_with_library(library: Any, families: Sequence[Family]) -> bytes:
    """Through a registry of its own: what others put into the library's global one is not told here."""
    registry = library.CollectorRegistry(auto_describe=False)
    registry.register(_Collector(library, families))
    written: bytes = library.generate_latest(registry)
    return written


def write_by_hand(families: Sequence[Family]) -> bytes:
    """The same, without the library."""
    return "".join(line for family in families for line in _lines(family)).encode("utf-8", "replace")


class _Collector:
    def __init__(self, library: Any, families: Sequence[Family]) -> None:
        self._library = library
        self._families = families

    def collect(self) -> Iterator[Any]:
        for family in self._families:
            metric = self._library.Metric(family.name.removesuffix("_total"), family.help, family.kind)
            for sample in family.samples:
                metric.add_sample(family.name + sample.suffix, dict(sample.labels), sample.value)
            yield metric


def _lines(family: Family) -> Iterator[str]:
    described = family.help.replace("\\", "\\\\").replace("\n", "\\n")
    yield f"# HELP {family.name} {described}\n"
    yield f"# TYPE {family.name} {family.kind}\n"
    for sample in family.samples:
        yield f"{family.name}{sample.suffix}{_labels(sample)} {number_text(sample.value)}\n"


def _labels(sample: Sample) -> str:
    pairs = [f'{name}="{_escaped(value)}"' for name, value in sorted(sample.labels.items())]
    return f"{{{','.join(pairs)}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def number_text(value: float) -> str:
    """A number as the library writes it: the shortest digits, an exponent from ten million on."""
    double = float(value)
    if math.isnan(double):
        return "NaN"
    if math.isinf(double):
        return "+Inf" if double > 0 else "-Inf"
    whole, _, fraction = repr(double).partition(".")
    if double <= 0 or len(whole) <= _LONGEST_WHOLE:
        return repr(double)
    digits = (whole + fraction).rstrip("0")
    return f"{digits[0]}{'.' if len(digits) > 1 else ''}{digits[1:]}e+{len(whole) - 1:02d}"


_LONGEST_WHOLE = 6
