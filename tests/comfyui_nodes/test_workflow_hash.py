"""The golden graphs, which the TypeScript side reads too, and numbers as ECMAScript prints them."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path
from typing import Any

import pytest

from comfyui_nodes.gemdirect_telemetry.canonical_json import canonical_json, ecmascript_number
from comfyui_nodes.gemdirect_telemetry.workflow_hash import summarize_workflow

GOLDEN = sorted((Path(__file__).parent.parent / "fixtures" / "workflow-hash").glob("*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_graph_gives_its_hash_models_and_sizes(path: Path) -> None:
    golden = json.loads(path.read_text("utf-8"))
    summary = summarize_workflow(golden["graph"])

    given = {"workflowHash": summary.workflow_hash, "models": list(summary.models), **summary.sizes}
    assert given == {name: value for name, value in golden.items() if name not in ("name", "graph")}


def test_there_are_twenty_golden_graphs() -> None:
    assert len(GOLDEN) == 20


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (123456789012345680000, "123456789012345680000"),
        (1e21, "1e+21"),
        (1.5e21, "1.5e+21"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (5e-324, "5e-324"),
        (2**53 + 1, "9007199254740992"),
        (-(2**64), "-18446744073709552000"),
        (10**400, "null"),
        (float("nan"), "null"),
        (float("-inf"), "null"),
    ],
)
def test_a_number_is_printed_as_a_browser_prints_it(number: float, text: str) -> None:
    assert ecmascript_number(number) == text


def test_every_double_reads_back_as_itself() -> None:
    chance = random.Random(11)
    for _ in range(5000):
        (double,) = struct.unpack("<d", chance.randbytes(8))
        text = ecmascript_number(double)
        if text != "null":
            assert float(text) == double


@pytest.mark.parametrize("graph", [None, 7, "graph", [], [{"class_type": "A"}], {"1": None}])
def test_what_is_no_graph_hashes_like_an_empty_one(graph: Any) -> None:
    assert summarize_workflow(graph) == summarize_workflow({})


def test_equal_values_give_equal_text_whatever_order_they_were_written_in() -> None:
    assert canonical_json({"b": [1.0, None], "a": True}) == canonical_json({"a": True, "b": [1, None]})
