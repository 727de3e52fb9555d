"""Pages of writing: my work, the guided form, the way to submission."""

from app.web.submissions import editing, views
from app.web.submissions.blueprint import submissions

__all__ = ["editing", "submissions", "views"]
