"""Connections to public addresses only: names are resolved here, each address is looked at, and that very address is
connected to, so that no name can change its mind in between."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from bot.sources.errors import NotFetched

__all__ = ["GuardedTransport", "is_public"]

# Ways to wrap another address, and ranges that Python's is_global lets pass.
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "::/96", "0.0.0.0/8")
)


def is_public(text: str, *, loopback: bool = False) -> bool:
    """Whether an IP address is on the open internet; with `loopback`, this machine's own addresses pass too."""
    address = ipaddress.ip_address(text.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if loopback and address.is_loopback:
        return True
    if address.is_multicast or any(address.version == n.version and address in n for n in _NEVER):
        return False
    return address.is_global


class _Backend(httpcore2.SyncBackend):
    def __init__(self, *, loopback: bool) -> None:
        self._loopback = loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as problem:
            raise httpcore2.ConnectError(f"{host}: {problem}") from problem
        addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
        if not addresses or not all(is_public(address, loopback=self._loopback) for address in addresses):
            raise NotFetched(f"{host} 指向内部网络的地址，为安全起见不访问")
        last: Exception = httpcore2.ConnectError(host)
        for address in addresses:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failed:
                last = failed
        raise last


class GuardedTransport(httpx2.HTTPTransport):
    """HTTP over the guarded connections; proxies of the environment are not used, for they would resolve names."""

    def __init__(self, *, loopback: bool = False) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=4,
            max_keepalive_connections=2,
            keepalive_expiry=10,
            network_backend=_Backend(loopback=loopback),
        )
