"""What every page of reviewing hangs on."""

from flask import Blueprint
from werkzeug.wrappers import Response

reviews = Blueprint("reviews", __name__)

Page = str | Response | tuple[str, int]  # with its status, where that is not 200
