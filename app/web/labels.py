"""Codes, days and counts in words, for the templates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for

from app.domain.facets import BROWSABLE, BY_NAME, FILTERS, TERM_LISTS, Facet
from app.domain.moments import SCOTLAND
from app.domain.notifications import as_clause
from app.domain.search import LONGEST_QUERY, PER_PAGE
from app.domain.taxonomy import Taxonomy
from app.faces.facet_values import offered_codes
from app.faces.pages import page_url
from app.faces.reasons import told
from app.formats.attachments import kind_label
from app.web.edge import parts

SHORTEST_SPAN = 3  # stages in a row that are worth a dash
LANGUAGES = {"en": "English", "gd": "Gàidhlig", "sco": "Scots"}


def register_labels(app: Flask) -> None:
    """Give every template the words for codes, days, counts and files."""
    app.jinja_env.globals.update(
        label=label,
        page_of=page_url,
        asset=asset,
        has_vendor_files=_has_vendor_files,
        FILTERS=FILTERS,
        BROWSABLE=BROWSABLE,
        LANGUAGES=LANGUAGES,
        TERM_LISTS=TERM_LISTS,
        LONGEST_QUERY=LONGEST_QUERY,
        PER_PAGE=PER_PAGE,
        facets=BY_NAME,
        vocabulary_label=vocabulary_label,
        filter_codes=filter_codes,
        kind_label=kind_label,
    )
    app.jinja_env.filters.update(
        as_clause=as_clause,
        day=day,
        count=count,
        hours=hours,
        moment=moment,
        size=size,
        stage_span=stage_span,
        told=told,
    )
    app.context_processor(lambda: {"vocabularies": parts().taxonomy.vocabularies})


def label(facet: str, code: str) -> str:
    """Return what people call a facet's code; a year is its own label."""
    return parts().taxonomy.label(BY_NAME[facet].vocabulary, code)


def vocabulary_label(vocabulary: str, code: str) -> str:
    """Return what people call a code of a vocabulary that is no facet."""
    return parts().taxonomy.label(vocabulary, code)


def filter_codes(facet: Facet, counts: Mapping[str, int], chosen: Sequence[str]) -> list[str]:
    """Return the codes to offer as filters, in order."""
    return offered_codes(parts().taxonomy, facet, counts, chosen)


def day(when: date | None) -> str:
    """Return a day as people write it: 2 March 2026; nothing for no day."""
    return f"{when.day} {when:%B %Y}" if when else ""


def moment(when: datetime | None) -> str:
    """Return a moment as people in Scotland read it: 2 March 2026, 16:05; nothing for none."""
    if when is None:
        return ""
    here = when.astimezone(SCOTLAND)
    return f"{day(here.date())}, {here:%H:%M}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 resource, 1,200 resources."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hours(minutes: int) -> str:
    """Return a length of time as people say it: 40 minutes, 2 hours, 1 hour 20 minutes."""
    whole, rest = divmod(minutes, 60)
    said = [count(whole, "hour") if whole else "", count(rest, "minute") if rest else ""]
    return " ".join(filter(None, said)) or "0 minutes"


def size(bytes_: int) -> str:
    """Return the size of a file as people say it: 340 kB, 2.4 MB."""
    if bytes_ < 1_000_000:  # noqa: PLR2004 - a megabyte
        return f"{max(1, round(bytes_ / 1000))} kB"
    return f"{bytes_ / 1_000_000:.1f} MB"


def stage_span(codes: Sequence[str]) -> str:
    """Return stages in few words: P5 to P7, S1; three or more in a row become a span."""
    return _stage_span(parts().taxonomy, tuple(codes))


def _stage_span(taxonomy: Taxonomy, codes: tuple[str, ...]) -> str:
    order = taxonomy.codes("stages")
    runs: list[list[str]] = []
    for code in sorted((c for c in codes if c in order), key=order.index):
        if runs and order.index(code) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    words: list[str] = []
    for run in runs:
        names = [taxonomy.label("stages", code) for code in run]
        words += [f"{names[0]} to {names[-1]}"] if len(run) >= SHORTEST_SPAN else names
    return ", ".join(words)


def asset(name: str) -> str:
    """Return the address of a file of ours, which changes whenever its bytes do."""
    return url_for("static", filename=name, v=_fingerprint(_static() / name))


def _has_vendor_files() -> bool:
    return (_static() / "vendor" / "design-system.min.css").is_file()


def _static() -> Path:
    return Path(__file__).parent.parent / "static"


@cache
def _fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"
