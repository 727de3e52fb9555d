"""The table of the endpoints about adoptions."""

from app.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = ()
