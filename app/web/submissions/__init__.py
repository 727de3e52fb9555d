"""Pages of writing: my work, the guided form, its files and privacy, the way to submission."""

from app.web.submissions import editing, files, privacy, taking_in, views
from app.web.submissions.blueprint import submissions
from app.web.submissions.doors import submission_files

__all__ = ["editing", "files", "privacy", "submission_files", "submissions", "taking_in", "views"]
