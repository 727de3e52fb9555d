"""The numbers of rows in addresses: no larger than a database can be asked for."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class RowId(IntegerConverter):
    """What “int” means in an address; a larger number leads nowhere, and never to a fault."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


def keep_ids_small(app: Flask) -> None:
    """Let every address with a number keep to what a row's id can be."""
    app.url_map.converters["int"] = RowId
