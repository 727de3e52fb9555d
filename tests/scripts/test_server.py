import socket

import pytest

from scripts.setup import server
from scripts.setup.steps import StepFailed


def test_a_port_that_is_taken_is_told_before_any_work():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StepFailed) as failure:
            server.require_free("127.0.0.1", port)
    assert f"--port {port + 1}" in failure.value.advice
    server.require_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:5000"),
        ("0.0.0.0", "http://localhost:5000"),
        ("::", "http://localhost:5000"),
        ("::1", "http://[::1]:5000"),
        ("library.local", "http://library.local:5000"),
    ],
)
def test_the_address_told_is_one_that_can_be_typed(host, address):
    assert server.address(host, 5000) == address
