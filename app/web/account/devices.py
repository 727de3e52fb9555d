"""What a request tells of the browser it comes from, and of where it may go on."""

import re
from urllib.parse import urlsplit

from flask import Request, url_for

# In this order: Edge and Opera call themselves Chrome too, and Chrome Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "CrOS": "a Chromebook",
    "Windows": "Windows",
    "Macintosh": "a Mac",
    "Linux": "Linux",
}
LONGEST_PATH = 2000  # characters
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")


def device_of(request: Request) -> str:
    """Return the browser and the system in words: Firefox on Windows. No more is kept of it."""
    said = request.user_agent.string
    browser = next((name for mark, name in BROWSERS.items() if mark in said), "A browser")
    system = next((name for mark, name in SYSTEMS.items() if mark in said), "")
    return f"{browser} on {system}" if system else browser


def own_path(wished: str) -> str:
    """Return where to go on: a path of this server, or the home page. No other host is led to."""
    is_own = OWN_PATH.fullmatch(wished) and len(wished) <= LONGEST_PATH
    is_own = is_own and not urlsplit(wished).netloc
    return wished if is_own else url_for("home.index")
