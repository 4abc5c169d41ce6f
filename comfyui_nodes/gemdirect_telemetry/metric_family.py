"""Metrics as Prometheus' text format knows them, before they are text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PREFIX = "gemdirect_telemetry_"


@dataclass(frozen=True)
class Sample:
    """One line: what follows the family's name, the labels, the value."""

    suffix: str
    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True)
class Family:
    """One metric with all its samples. `name` has its unit and, of a counter, `_total`."""

    name: str
    kind: str
    help: str
    samples: Sequence[Sample]


def gauge(name: str, help: str, value: float, **labels: str) -> Family:
    """A gauge of one sample."""
    return Family(PREFIX + name, "gauge", help, [Sample("", labels, value)])


def counter(name: str, help: str, value: float) -> Family:
    """A counter of one sample; its name ends in `_total`."""
    return Family(PREFIX + name, "counter", help, [Sample("", {}, value)])


def by_label(name: str, kind: str, help: str, label: str, values: Mapping[str, float]) -> Family:
    """A sample for each value of one label."""
    return Family(PREFIX + name, kind, help, [Sample("", {label: each}, value) for each, value in values.items()])
