"""Pages of collections."""

from flask import Blueprint

collections = Blueprint("collections", __name__)
