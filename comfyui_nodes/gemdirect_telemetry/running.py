"""What is known of a prompt while it executes; written by the prompt worker's thread, read by any other."""

from __future__ import annotations

from typing import Any

from .checks import read_id, read_number
from .clock import Moment

MAX_NODE_TIMES = 500


class Running:
    """One executing prompt. Every write is a single assignment, so readers need no lock and never wait."""

    def __init__(self, prompt_id: str, graph: Any, started: Moment) -> None:
        self.prompt_id = prompt_id
        self.graph: dict[str, Any] = graph if isinstance(graph, dict) else {}
        self.started = started
        self._cached: float | None = None
        self._progress: tuple[Any, Any, Any] | None = None
        self._seen = 0
        self._began: dict[str, float] = {}
        self._took: dict[str, float] = {}
        self._types: dict[str, str] = {}
        self._has_states = False

    def note_cached(self, count: int) -> None:
        """The server says how many nodes it takes from cache."""
        if self.graph:
            self._cached = min(1.0, count / len(self.graph))

    def note_progress(self, value: Any, maximum: Any, node_id: Any) -> None:
        """A node's own progress bar; checked when somebody reads it, as it comes up to 100 times a second."""
        self._progress = (value, maximum, node_id)

    def note_states(self, nodes: dict[str, Any], mono: float) -> None:
        """Every node's state. Nodes are only ever added, so an unchanged length means no new one began."""
        self._has_states = True
        if len(nodes) != self._seen:
            self._seen = len(nodes)
            for node_id, state in nodes.items():
                if node_id not in self._began and state.get("state") == "running":
                    self._begin(node_id, mono, state.get("real_node_id"))
        for node_id in [each for each in self._began if each not in self._took]:
            if nodes.get(node_id, {}).get("state") == "finished":
                self._took[node_id] = mono - self._began[node_id]

    def note_executing(self, node_id: Any, mono: float) -> None:
        """The node that executes now; what a server without node states tells."""
        if self._has_states:
            return
        self.end_nodes(mono)
        if isinstance(node_id, str) and node_id not in self._began:
            self._begin(node_id, mono, node_id)

    def end_nodes(self, mono: float) -> None:
        """Nothing of this prompt executes any more."""
        for node_id in [each for each in self._began if each not in self._took]:
            self._took[node_id] = mono - self._began[node_id]

    def cached(self) -> float | None:
        """The share of nodes served from cache, once known."""
        return self._cached

    def progress(self) -> dict[str, Any] | None:
        """The newest progress, or None when the server gave no usable one."""
        value, maximum, node = self._progress or (None, None, None)
        value, maximum, node_id = read_number(value), read_number(maximum), read_id(node)
        if value is None or maximum is None:
            return None
        progress: dict[str, Any] = {"value": value, "max": maximum}
        if node_id is not None:
            progress["nodeId"] = node_id
            node_type = self._types.get(node_id) or self._type_of(node_id)
            if node_type is not None:
                progress["nodeType"] = node_type
        return progress

    def node_times(self) -> list[dict[str, Any]]:
        """What each node took, in the order they began; of more than 500 the longest."""
        took = dict(self._took)
        if len(took) > MAX_NODE_TIMES:
            longest = set(sorted(took, key=lambda each: took[each], reverse=True)[:MAX_NODE_TIMES])
            took = {each: ms for each, ms in took.items() if each in longest}
        times = []
        for node_id in sorted(took, key=lambda each: self._began[each]):
            node_type = self._types.get(node_id) or "unknown"
            times.append({"nodeId": node_id, "nodeType": node_type, "ms": round(took[node_id], 1)})
        return times

    def _begin(self, node_id: str, mono: float, real_id: Any) -> None:
        if read_id(node_id) is None:
            return
        node_type = self._type_of(real_id) or self._type_of(node_id)
        if node_type is not None:
            self._types[node_id] = node_type
        self._progress = (0, 1, node_id)
        self._began[node_id] = mono

    def _type_of(self, node_id: Any) -> str | None:
        node = self.graph.get(node_id) if isinstance(node_id, str) else None
        return read_id(node.get("class_type")) if isinstance(node, dict) else None
