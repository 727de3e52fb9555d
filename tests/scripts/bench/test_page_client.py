import socket
import threading

import pytest

from scripts.bench.page_client import Connection

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


@pytest.fixture
def server():
    """A server that answers each connection twice, then closes it."""
    door = socket.create_server(("127.0.0.1", 0))
    opened = []

    def serve():
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            opened.append(line)
            with line:
                for _ in range(2):
                    if not line.recv(65536):
                        break
                    line.sendall(ANSWER[:30])
                    line.sendall(ANSWER[30:])

    thread = threading.Thread(target=serve)
    thread.start()
    yield door.getsockname()[1], opened
    door.shutdown(socket.SHUT_RDWR)
    door.close()
    thread.join(5)


def test_a_connection_is_kept_and_opened_again_where_it_was_closed(server):
    port, opened = server
    connection = Connection(port)
    assert [connection.get("/search") for _ in range(4)] == [(200, b"hello")] * 4
    assert len(opened) == 2
    connection.close()
