"""Pages of what people follow, save and look back at."""

from flask import Blueprint

follows = Blueprint("follows", __name__)
