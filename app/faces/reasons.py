"""Why a resource was found, in one line: the page, the API and the command say the same."""

from collections.abc import Iterator, Mapping, Sequence

from app.search.port import Reason, ReasonKind

# What people call the fields of search/fields.py.
PLACES: Mapping[str, str] = {
    "title": "title",
    "summary": "summary",
    "tags": "tags",
    "labels": "topics",
    "school": "school",
    "body": "text",
}
MOST_CLAUSES = 4  # in one line; what more there is, is counted


def told(reasons: Sequence[Reason]) -> str:
    """Return the reasons as clauses with dots between, in their order; "" for none.

    Reasons that differ only in what matched share a clause: Has “number” and
    “talks” in title and text · Filed under Mathematics · For P5.
    """
    clauses = list(_clauses(reasons))
    left = len(clauses) - MOST_CLAUSES
    if left > 1:  # “and 1 more” is as long as the one
        clauses[MOST_CLAUSES:] = [f"and {left} more"]
    return " · ".join(clauses)


def _clauses(reasons: Sequence[Reason]) -> Iterator[str]:
    shared: dict[tuple[str, str], list[str]] = {}
    for reason in reasons:
        frame, matched = _frame(reason)
        held = shared.setdefault(frame, [])
        if matched not in held:
            held.append(matched)
    for (before, after), matches in shared.items():
        yield f"{before} {_listed(matches)}{after}"


def _frame(reason: Reason) -> tuple[tuple[str, str], str]:
    """Return what a clause says before and after what matched, and what matched."""
    if reason.kind is ReasonKind.CONCEPT:
        return ("Filed under", ""), reason.matched
    if reason.kind is ReasonKind.STAGE:
        return ("For", ""), reason.matched
    where = _where(reason.places)
    if reason.kind is ReasonKind.SYNONYM:
        return ("Says", f" for “{reason.typed}”{where}"), f"“{reason.matched}”"
    return ("Has", where), f"“{reason.matched}”"


def _where(places: Sequence[str]) -> str:
    return f" in {_listed([PLACES.get(place, place) for place in places])}" if places else ""


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
