"""The table of the endpoints about collections."""

from app.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = ()
