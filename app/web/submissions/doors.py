"""The blueprint of everything that a draft has besides its words: its files and privacy."""

from flask import Blueprint

from app.web.submissions.sent_files import let_large_files_in

submission_files = Blueprint("submission_files", __name__, url_prefix="/submissions")
ADDING = ("take_in", "take_in_more", "add_picture", "add_attachment")
let_large_files_in(submission_files, frozenset(f"submission_files.{view}" for view in ADDING))
