"""Pages where leads review what was submitted, and where resources are withdrawn."""

from app.web.reviews import views, withdrawing
from app.web.reviews.pages import reviews

__all__ = ["reviews", "views", "withdrawing"]
