"""The table of the endpoints about shares."""

from app.api.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = ()
