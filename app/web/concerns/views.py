"""Pages of reporting and moderating."""

from flask import Blueprint

concerns = Blueprint("concerns", __name__)
