"""Pages of sharing."""

from flask import Blueprint

shares = Blueprint("shares", __name__)
