"""Pages of questions on a resource."""

from flask import Blueprint

questions = Blueprint("questions", __name__)
