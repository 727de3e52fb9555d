"""Where the pages of following, saving and looking back hang together."""

from flask import Blueprint

follows = Blueprint("follows", __name__)
