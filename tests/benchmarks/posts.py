"""Many small requests from one thread: sockets of its own, nothing read but the status.

The client shares the machine with what it measures, so it must cost little beside it.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from tests.benchmarks.load import HOST, Load

__all__ = ["post_many"]

_BYTES = 65536


@dataclass(slots=True)
class _Line:
    """One connection: what it still sends, and the answer it waits for."""

    link: socket.socket
    requests: Iterator[bytes]
    sent_at: float = 0.0
    received: bytes = b""


def post_many(port: int, lines: Sequence[Sequence[bytes]], *, status: bytes = b"201") -> Load:
    """Each line's whole requests one after the other, all lines at once.

    Raises `AssertionError` at any other status.
    """
    latencies: list[float] = []
    with selectors.DefaultSelector() as selector:
        began = perf_counter()
        for requests in lines:
            link = socket.create_connection((HOST, port))
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line = _Line(link, iter(requests))
            selector.register(link, selectors.EVENT_READ, line)
            _send(line, selector)
        while selector.get_map():
            for key, _events in selector.select():
                line = key.data
                line.received += line.link.recv(_BYTES)
                if _is_whole(line.received):
                    latencies.append(perf_counter() - line.sent_at)
                    found = line.received[9:12]
                    assert found == status, line.received.decode()
                    _send(line, selector)
        seconds = perf_counter() - began
    return Load(sorted(latencies), seconds)


def _send(line: _Line, selector: selectors.BaseSelector) -> None:
    request = next(line.requests, None)
    if request is None:
        selector.unregister(line.link)
        line.link.close()
        return
    line.received = b""
    line.sent_at = perf_counter()
    line.link.sendall(request)


def _is_whole(received: bytes) -> bool:
    head, gap, body = received.partition(b"\r\n\r\n")
    if not gap:
        return False
    length = next(
        line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    return len(body) >= int(length.split(b":")[1])
