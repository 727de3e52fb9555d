"""Pages of tags."""

from flask import Blueprint

tags = Blueprint("tags", __name__)
