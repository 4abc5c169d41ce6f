"""Prometheus' text format, by each of the two writers; the library's own wherever it is installed."""

from __future__ import annotations

import importlib
import importlib.util
import random
import struct
import sys
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.metric_family import Family, Sample
from comfyui_nodes.gemdirect_telemetry.metrics_text import metrics_text, write_by_hand, write_with_library

HAS_LIBRARY = importlib.util.find_spec("prometheus_client") is not None


def with_library(families: Sequence[Family]) -> bytes:
    return write_with_library(importlib.import_module("prometheus_client"), families)


WRITERS: list[Callable[[Sequence[Family]], bytes]] = [write_by_hand, *([with_library] if HAS_LIBRARY else [])]


NUMBERS = (25_769_803_776, 1e6, 999_999, -2e9, 1e21, float("inf"), float("-inf"), float("nan"))
SHAPES = [
    Family("a_total", "counter", "Has \\ and\na line.", [Sample("", {"b": 'q"\\\n', "a": "é"}, 3), Sample("", {}, 0)]),
    Family("b_seconds", "histogram", "H.", [Sample("_bucket", {"le": "0.5"}, 1), Sample("_sum", {}, 1.25)]),
    Family("c_bytes", "gauge", "G.", [Sample("", {"n": str(index)}, value) for index, value in enumerate(NUMBERS)]),
    Family("d_ratio", "summary", "S.", [Sample("_count", {}, 3), Sample("_sum", {}, 0.1)]),
]
SHAPES_TEXT = r"""# HELP a_total Has \\ and\na line.
# TYPE a_total counter
a_total{a="é",b="q\"\\\n"} 3.0
a_total 0.0
# HELP b_seconds H.
# TYPE b_seconds histogram
b_seconds_bucket{le="0.5"} 1.0
b_seconds_sum 1.25
# HELP c_bytes G.
# TYPE c_bytes gauge
c_bytes{n="0"} 2.5769803776e+10
c_bytes{n="1"} 1e+06
c_bytes{n="2"} 999999.0
c_bytes{n="3"} -2000000000.0
c_bytes{n="4"} 1e+21
c_bytes{n="5"} +Inf
c_bytes{n="6"} -Inf
c_bytes{n="7"} NaN
# HELP d_ratio S.
# TYPE d_ratio summary
d_ratio_count 3.0
d_ratio_sum 0.1
"""


@pytest.mark.parametrize("write", WRITERS)
def test_each_writer_gives_the_same_bytes(write: Callable[[Sequence[Family]], bytes]) -> None:
    assert write(SHAPES).decode() == SHAPES_TEXT


@pytest.mark.parametrize("write", WRITERS)
def test_any_number_reads_back_as_itself_and_is_written_alike(write: Callable[[Sequence[Family]], bytes]) -> None:
    chance = random.Random(7)
    anything = [struct.unpack("<d", chance.randbytes(8))[0] for _ in range(3_000)]
    numbers = [*anything, *(chance.random() * 10**exponent for exponent in range(18))]
    samples = [Sample("", {"n": str(index)}, value) for index, value in enumerate(numbers)]
    families = [Family("x", "gauge", "X.", samples)]

    written = write(families)

    read = [float(line.rpartition(" ")[2]) for line in written.decode().splitlines()[2:]]
    assert all(ours == given or given != given for ours, given in zip(read, numbers))
    assert written == write_by_hand(families)


@pytest.mark.parametrize("library", [None, SimpleNamespace(), SimpleNamespace(CollectorRegistry=lambda **_: 1 / 0)])
def test_without_the_library_or_with_one_of_another_make_the_text_is_the_same(
    monkeypatch: pytest.MonkeyPatch, library: Any
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", library)

    assert metrics_text([*SHAPES, Family("nothing", "gauge", "N.", [])]).decode() == SHAPES_TEXT
