"""People at the search page: clients that keep their connection, in a process of their own.

    python -m bench.page_client PORT CLIENTS SECONDS MOST PAUSE_MS < paths

Each client asks for one path after the other, all of its answer, as a browser
does; it stops after so many seconds or when MOST pages were asked for by all.
It prints the times in milliseconds, as JSON.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n\r\n"
)
TIMEOUT_S = 30.0


class Connection:
    """One connection, opened again where the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body, still packed."""
        asked = HEAD.format(path=path, port=self._port).encode()
        try:
            return self._exchange(asked)
        except ConnectionError:
            # The server may close a kept connection at any time: that is no failure.
            self.close()
            return self._exchange(asked)

    def close(self) -> None:
        """Close it; the next `get` opens another."""
        if self._socket:
            self._socket.close()
            self._socket = None

    def _exchange(self, asked: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(asked)
        return self._answer(self._socket)

    def _answer(self, door: socket.socket) -> tuple[int, bytes]:
        held = b""
        while b"\r\n\r\n" not in held:
            held += self._more(door)
        head, _, body = held.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next(int(s[15:]) for s in lines if s.startswith("content-length:"))
        parts, missing = [body], length - len(body)
        while missing > 0:
            parts.append(self._more(door))
            missing -= len(parts[-1])
        if "connection: close" in lines:
            self.close()
        return int(lines[0].split()[1]), b"".join(parts)

    @staticmethod
    def _more(door: socket.socket) -> bytes:
        data = door.recv(262144)
        if not data:
            raise ConnectionResetError
        return data


@dataclass
class Visit:
    """What all clients share: the paths to take, and what they saw."""

    paths: Iterator[str]
    until: float  # monotonic seconds
    pause_s: float
    times_ms: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_path(self) -> str | None:
        """Return the next path to ask for; None when it is time to stop."""
        with self.lock:
            return next(self.paths, None) if time.monotonic() < self.until else None


def main() -> None:
    """Let the clients ask, print what they saw."""
    port, clients, seconds, most, pause_ms = map(int, sys.argv[1:])
    paths = sys.stdin.read().split()[:most]
    began = time.monotonic()
    visit = Visit(iter(paths), began + seconds, pause_ms / 1000)
    threads = [threading.Thread(target=_ask, args=(port, visit)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took_s = time.monotonic() - began
    sys.stdout.write(json.dumps([visit.times_ms, took_s, visit.failed[:10]]))


def _ask(port: int, visit: Visit) -> None:
    connection = Connection(port)
    while (path := visit.next_path()) is not None:
        began = time.perf_counter()
        try:
            status, _ = connection.get(path)
        except OSError as error:
            visit.failed.append(f"{path}: {error}")
            connection.close()
            continue
        visit.times_ms.append((time.perf_counter() - began) * 1000)
        if status != 200:  # noqa: PLR2004 - anything else is no results page
            visit.failed.append(f"{path}: status {status}")
        if visit.pause_s:
            time.sleep(visit.pause_s)
    connection.close()


if __name__ == "__main__":
    main()
