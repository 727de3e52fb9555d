"""Pages of building on a resource."""

from flask import Blueprint

lineages = Blueprint("lineages", __name__)
