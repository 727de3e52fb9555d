"""A program with a token, as the tests of the API use one."""

from app.domain.tokens import TokenScope
from app.services.accounts import tokens
from tests.builders import actor_for


def a_token(session, person, *scopes):
    """Return the secret of a new token of this person, for everything unless scopes are given."""
    return tokens.make(session, actor_for(person), "A program", scopes or tuple(TokenScope), 7)


class Program:
    """Asks the API for one person; None: shows no token. Faults of ours are raised."""

    def __init__(self, client, secret=None):
        self._client = client
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method, path, body=None, **more):
        headers = {**self._headers, **more.pop("headers", {})}
        json = {} if body is None else {"json": body}
        return self._client.open(f"/api/v1{path}", method=method, headers=headers, **json, **more)

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.ask("POST", path, body, **more)

    def patch(self, path, body=None, **more):
        return self.ask("PATCH", path, body, **more)

    def put(self, path, body=None, **more):
        return self.ask("PUT", path, body, **more)

    def delete(self, path):
        return self.ask("DELETE", path)
