"""Who may ask: no page of another web site, and no name that somebody else's DNS can point here."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

HOSTS_VARIABLE = "GEMDIRECT_TELEMETRY_HOSTS"
ORIGINS_VARIABLE = "GEMDIRECT_TELEMETRY_ORIGINS"


@dataclass(frozen=True)
class AccessRules:
    """The hosts and origins listed by the server's owner, and this machine's own names; all lower-case."""

    hosts: frozenset[str]
    origins: frozenset[str]
    own_names: frozenset[str]

    def refusal(self, host: str | None, origin: str | None) -> str | None:
        """Why a request with these headers is refused, in a sentence that says what to set; None if it is welcome."""
        authority = _read_authority(host)
        if authority is None:
            return "The request's Host header is missing or can't be read."
        name, port = authority
        if not self._is_welcome_host(name):
            return (
                f"This server does not answer to the name {_shown(name)}. If it is yours, start ComfyUI with the "
                f"environment variable {HOSTS_VARIABLE}={_shown(name)}."
            )
        if origin is None or self.is_listed(origin) or _is_same(origin, name, port):
            return None
        return (
            f"Pages from {_shown(origin)} may not read this server. If you trust them, start ComfyUI with the "
            f"environment variable {ORIGINS_VARIABLE}={_shown(origin)}."
        )

    def is_listed(self, origin: str) -> bool:
        """Whether the owner listed this origin."""
        return origin.lower().rstrip("/") in self.origins

    def _is_welcome_host(self, name: str) -> bool:
        is_local = name == "localhost" or "." not in name or name.endswith(".local")
        return is_local or _is_address(name) or name in self.own_names or name in self.hosts


def read_access_rules(environ: Mapping[str, str] = os.environ) -> AccessRules:
    """The rules of this process. Both variables are lists with commas between."""
    names = {socket.gethostname().lower()}
    hosts = _read_list(environ.get(HOSTS_VARIABLE, ""))
    return AccessRules(hosts, _read_list(environ.get(ORIGINS_VARIABLE, "")), frozenset(names - {""}))


def _read_list(text: str) -> frozenset[str]:
    return frozenset(entry.strip().lower().rstrip("/") for entry in text.split(",") if entry.strip())


def _read_authority(host: str | None) -> tuple[str, int | None] | None:
    match = _AUTHORITY.fullmatch(host.lower()) if host else None
    if match is None:
        return None
    port = int(match["port"]) if match["port"] else None
    return match["name"], port


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_same(origin: str, name: str, port: int | None) -> bool:
    try:
        parts = urlsplit(origin.lower())
        default = _DEFAULT_PORTS.get(parts.scheme)
        origin_port = (parts.port or default) if default else None
    except ValueError:
        return False
    authority = _read_authority(parts.netloc)
    if authority is None or origin_port is None:
        return False
    # Behind a proxy that ends TLS the Host header has no port of its own: the page's scheme says which it means.
    return (authority[0], origin_port) == (name, port or _DEFAULT_PORTS.get(parts.scheme))


def _shown(text: str) -> str:
    return re.sub(r"[^\x21-\x7e]", "?", text)[:256]


_DEFAULT_PORTS = {"http": 80, "https": 443}
# A name without a dot but with a colon would be IPv6 without brackets, which no Host header may hold.
_AUTHORITY = re.compile(r"(?P<name>\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?)(?::(?P<port>\d{1,5}))?")
