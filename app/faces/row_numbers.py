"""Numbers in addresses: none is larger than a row's number can be."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1  # what every database keeps as an id of ours


class RowNumber(IntegerConverter):
    """A whole number that a database can be asked for; a larger one leads nowhere (404)."""

    def __init__(self, url_map: Map, *args: Any, **more: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST} | more)
