"""Browsers in which somebody signed in before; their wrong tries count apart."""

import secrets

from flask import Request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from app.faces.doorstep import parts

COOKIE = "known_browser"
KEPT_S = 180 * 24 * 3600
MARK_BYTES = 16


def known_browser(request: Request, email: str) -> str:
    """Return this browser's mark where its cookie says that this name signed in here; else ""."""
    try:
        mark, name = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadData, ValueError, TypeError):
        return ""
    return str(mark) if name == _tidy(email) else ""


def remember_browser(request: Request, response: Response, email: str) -> None:
    """Leave a mark in the browser of somebody who just signed in; it opens nothing by itself."""
    mark = known_browser(request, email) or secrets.token_urlsafe(MARK_BYTES)
    response.set_cookie(
        COOKIE,
        _signer().dumps([mark, _tidy(email)]),
        max_age=KEPT_S,
        path="/sign-in",
        secure=parts().settings.is_production,
        httponly=True,
        samesite="Lax",
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(parts().settings.secret_key, salt="known-browser")


def _tidy(email: str) -> str:
    return email.strip().lower()
