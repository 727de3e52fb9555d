"""Pages of what people follow, save and look back at, and the feeds for everybody."""

from app.web.follows import digests, feeds, noting, standing, views
from app.web.follows.blueprint import follows

__all__ = ["digests", "feeds", "follows", "noting", "standing", "views"]
