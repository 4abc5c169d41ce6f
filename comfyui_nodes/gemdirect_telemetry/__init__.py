"""Live telemetry and a journal of every prompt, at /telemetry of the ComfyUI server. Adds no nodes to the graph."""

from .install import install

NODE_CLASS_MAPPINGS: dict[str, type] = {}

# Outside of ComfyUI there is no server to install into, and importing this starts nothing.
TELEMETRY = install()

__all__ = ["NODE_CLASS_MAPPINGS"]
