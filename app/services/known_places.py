"""The names of places that the privacy gate must not take for people."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.schools import School


def known_places(session: Session, names: Iterable[str], codes: Iterable[str]) -> frozenset[str]:
    """Return these names, those of all schools, and of places as their codes spell them."""
    found, spelt = {name for name in names if name}, {code for code in codes if code}
    for name, authority, region in session.execute(
        select(School.name, School.authority, School.region)
    ):
        found.add(name)
        spelt |= {authority, region}
    return frozenset(found | {_as_spelt(code) for code in spelt})


def _as_spelt(code: str) -> str:
    return code.replace("-", " ").title().replace(" And ", " and ")
