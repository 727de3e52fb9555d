"""A mail server on this machine, for one test."""

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Box:
    """Keeps what it is sent; says to a recipient or a letter what a test asks it to."""

    def __init__(self):
        self.letters, self.rcpt, self.data = [], {}, None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data:
            return self.data
        self.letters.append((session.authenticated, envelope))
        return "250 OK"


def is_right(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and data == LoginPassword(b"library", b"secret")
    return AuthResult(success=right, handled=False)


class OnAnyPort(Controller):
    """Listens where there is room, and says where that is."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def post():
    """A server that listens; `.handler` keeps what it is sent."""
    server = OnAnyPort(Box(), "127.0.0.1", 0, authenticator=is_right, auth_require_tls=False)
    server.start()
    yield server
    server.stop()
