"""The table of the endpoints about tags."""

from app.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = ()
