"""The headers of every answer: own origin only, nothing inline, nothing remembered wrongly."""

from flask import Flask, Response, current_app, request, session

# Everything comes from this origin; no plug-ins, frames, inline scripts or styles.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",  # the design system's icons are data: URLs in its style sheet
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ONE_YEAR_S = 31_536_000


def set_headers(app: Flask) -> None:
    """Put the safe headers on every answer that has not set its own."""

    @app.after_request
    def keep_safe(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR_S}")
        if request.endpoint == "static":
            _hold_whole(response)
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR_S}, immutable"
        elif "Cache-Control" not in response.headers:
            # After signing out, the Back button must show nothing of who was signed in.
            response.headers["Cache-Control"] = "no-store" if _is_personal() else "no-cache"
        return response


def _is_personal() -> bool:
    """Whether the answer is for one person: signed in, or about to be."""
    has_session = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return (has_session and "_user_id" in session) or request.blueprint in ("account", "people")


def _hold_whole(response: Response) -> None:
    """Read a file into the answer: what is streamed cannot be sent with gzip."""
    response.direct_passthrough = False
    response.make_sequence()
