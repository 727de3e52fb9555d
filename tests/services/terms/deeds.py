"""What the tests of terms do over and over."""

import difflib
from dataclasses import replace

from app.domain.terms import version_of
from app.formats.taxonomy_files import read_taxonomy
from app.services.terms.changing import change


def term_of(folder, vocabulary="themes", code="attendance"):
    return read_taxonomy(folder).vocabularies[vocabulary].by_code[code]


def changed(session, keeper, folder, vocabulary="themes", code="attendance", **values):
    before = term_of(folder, vocabulary, code)
    made = change(
        session, keeper, folder, vocabulary, replace(before, **values), seen=version_of(before)
    )
    session.commit()
    return made


def lines_changed(old, new):
    return [
        line
        for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def notes_in(folder):
    return [path.name for path in folder.iterdir() if path.suffix != ".yaml"]
