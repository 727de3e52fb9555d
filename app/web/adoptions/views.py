"""Pages of “I tried this”."""

from flask import Blueprint

adoptions = Blueprint("adoptions", __name__)
