"""The table of the endpoints about follows."""

from app.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = ()
