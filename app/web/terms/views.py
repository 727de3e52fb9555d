"""Pages where administrators edit the vocabularies."""

from flask import Blueprint

terms = Blueprint("terms", __name__)
