"""The form of a term as a browser would send it."""

from app.domain.terms import version_of
from app.formats.taxonomy_files import read_taxonomy

EDIT = "/terms/themes/attendance/edit"


def term_of(folder, code="attendance", vocabulary="themes"):
    return read_taxonomy(folder).vocabularies[vocabulary].by_code[code]


def as_form(folder, code="attendance", vocabulary="themes", **more):
    """What the form of a term holds when it is opened, with some fields changed."""
    term = term_of(folder, code, vocabulary)
    return {
        "seen": version_of(term),
        "label": term.label,
        "label_gd": term.label_gd or "",
        "aliases": "\n".join(term.aliases),
        "broader": list(term.broader),
        "note": term.note or "",
        "valid_from": term.valid_from or "",
        "valid_to": term.valid_to or "",
        "replaced_by": term.replaced_by or "",
        "keep_old": "y",
        "do": "preview",
        **more,
    }


def saved(client, folder, code="attendance", vocabulary="themes", **more):
    path = f"/terms/{vocabulary}/{code}/edit"
    return client.send(path, as_form(folder, code, vocabulary, do="save", **more), page=path)
