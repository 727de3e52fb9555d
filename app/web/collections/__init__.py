"""Pages of collections."""

from app.web.collections import (
    adding,
    arranging,
    curating,
    making,
    publishing,
    versions,
    views,
)
from app.web.collections.blueprint import collections

__all__ = [
    "adding",
    "arranging",
    "collections",
    "curating",
    "making",
    "publishing",
    "versions",
    "views",
]
