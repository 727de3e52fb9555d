"""Odd things to type: what broke or stalled other parsers, and what people paste."""

_PIECES = ("", '"', '""', "((", ")", "-", "--", "*", "**", "*ing", "a*", ":", "::", "[", "[a TO]")
_PIECES += (
    "NOT",
    "AND OR",
    "title:",
    "title:*",
    'title:"',
    "region:",
    "stage:p5:",
    "-region:",
    "\\",
)
_PIECES += (
    "\x00",
    "\ud800",
    "\u2029",
    "“",
    "‘’",
    "´",
    "é",
    "e\u0301",
    "日本語",
    "🙂",
    "\t\n",
    "<b>",
    "&amp;",
)
_PIECES += (
    "'; DROP TABLE resources; --",
    "../../etc/passwd",
    "%00",
    "${7*7}",
    "{{7*7}}",
    "date:[",
    "~",
    "^2",
)

ODD_QUERIES = (
    *_PIECES,
    *(f"{left}{right}" for left in _PIECES for right in ('"((', "maths", "-", "*")),
    *(f"{piece} numeracy {piece}" for piece in _PIECES),
    *(f"numeracy{piece}" for piece in _PIECES),
    *(f"-{piece}" for piece in _PIECES),
    *(f'"{piece}' for piece in _PIECES),
    "numeracy NOT",
    "(" * 5000,
    '"' * 5000,
    "*" * 5000,
    "-" * 5000,
    "a" * 1_000_000,
    "numeracy " * 20_000,
    " ".join(f"w{n}" for n in range(5000)),
    "-".join("abcdefgh" * 40),
    "aaa* " * 500,
    "published_on:[20260101 TO 20269999]",
)
