"""Pages and files of a network day’s pack."""

from flask import Blueprint

packs = Blueprint("packs", __name__)
