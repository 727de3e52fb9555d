"""Pages of sharing."""

from app.web.shares import lists, opening, views
from app.web.shares.blueprint import shares

__all__ = ["lists", "opening", "shares", "views"]
