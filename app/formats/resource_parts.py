"""The parts of a resource that its file may say in more than one way."""

import re
from collections.abc import Collection
from itertools import chain

import yaml
from ulid import ULID

from app.domain.audience import Audience
from app.domain.resources import KINDS, SUMMARY_LIMIT_WORDS, TITLE_LIMIT, Evidence, Kind
from app.domain.taxonomy import Taxonomy, fold
from app.formats.front_matter import FrontMatter, Value
from app.formats.headings import first_heading
from app.formats.resource_fields import Fields

EVIDENCE_KEYS = frozenset({"grade", "measure", "cohort", "cost"})
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LANGUAGE_LIMIT = 20  # characters
COHORT_LIMIT = 60  # characters
TAG_LIMIT = 100  # characters


def ulid(fields: Fields) -> str | None:
    """Return the permanent id, None where the file has none yet."""
    return _ulid(
        fields,
        "id",
        "an id is a ULID of 26 letters and digits. Leave the line out, and the library gives the "
        "file one.",
    )


def parent(fields: Fields) -> str | None:
    """Return the id of what the resource was built on, None where the file names none."""
    said = "adapted_from is the id of what this was built on, a ULID of 26 letters and digits."
    return _ulid(fields, "adapted_from", said)


def _ulid(fields: Fields, key: str, advice: str) -> str | None:
    text = fields.text(key)
    if not text:
        return None
    try:
        return str(ULID.from_str(text.upper()))
    except ValueError:
        fields.refuse(key, f"“{text}” is no id: {advice}")
        return None


def kind(fields: Fields) -> Kind:
    """Return what the resource is; refused where nothing says it."""
    code = fields.term("kind", "kinds")
    if code in KINDS:
        return Kind(str(code))
    if code is not None:
        fields.refuse("kind", "The file of a collection must lie in a folder named “collections”.")
        return Kind.CASE_STUDY  # stands in; the file is refused
    fields.refuse(
        "kind",
        "There is no kind: add “kind: case-study” or “kind: professional-learning”, or load with "
        "--default kind=professional-learning.",
    )
    return Kind.CASE_STUDY  # stands in; the file is refused


def region(fields: Fields, taxonomy: Taxonomy) -> str:
    """Return the region's code: the file's own, its authority's, or the default."""
    follows = None if fields.says("region") else _region_of_authority(fields, taxonomy)
    code = follows or fields.term("region", "regions")
    if code is not None:
        return code
    fields.refuse(
        "region",
        "There is no region: add “region: tayside” or another, or an authority, or load with "
        "--default region=tayside.",
    )
    return ""  # stands in; the file is refused


def _region_of_authority(fields: Fields, taxonomy: Taxonomy) -> str | None:
    authority = taxonomy.vocabularies["authorities"].find(fields.text("authority"))
    regions = taxonomy.vocabularies["regions"].by_code
    return (
        next((code for code in authority.broader if code in regions), None) if authority else None
    )


def title(fields: Fields, text: str, name: str) -> str:
    """Return the title: as given, else the first heading of the text, else the file's name."""
    given = fields.name("title", TITLE_LIMIT)
    if given:
        return given
    found = first_heading(text) or _spoken(name)
    return found if len(found) <= TITLE_LIMIT else found[: TITLE_LIMIT - 1].rstrip() + "…"


def _spoken(name: str) -> str:
    """Return a file's name as words: `04-first_steps` as `04 first steps`."""
    words = " ".join(re.split(r"[-_\s]+", name)).strip()
    return words[:1].upper() + words[1:] or "Untitled"


def audience(fields: Fields) -> Audience:
    """Return who it is for; a word not known is refused, lest it be shown to more."""
    text = fields.text("audience")
    try:
        return Audience(fold(text)) if text else Audience.PUBLIC
    except ValueError:
        fields.refuse("audience", f"audience must be public, staff or region, not “{text}”.")
        return Audience.REGION  # stands in; the file is refused


def summary(fields: Fields) -> str:
    """Return the summary, telling where it is long."""
    text = fields.text("summary")
    count = len(text.split())
    if count > SUMMARY_LIMIT_WORDS:
        fields.warn(
            "summary",
            f"summary has {count} words: people read on where it has {SUMMARY_LIMIT_WORDS}.",
        )
    return text


def language(fields: Fields) -> str:
    """Return the language's BCP 47 code, English where the file says none."""
    text = fields.name("language", LANGUAGE_LIMIT)
    if text and not LANGUAGE.fullmatch(text):
        fields.refuse("language", f"language must be a code such as en, gd or sco, not “{text}”.")
    return text or "en"


def evidence(fields: Fields) -> tuple[Evidence | None, str]:
    """Return the evidence, and as YAML what stood in it under a name of its own."""
    held = fields.value("evidence")
    if held is None:
        return None, ""
    if not isinstance(held, dict):
        fields.warn("evidence", "evidence is one text: taken as its measure.")
        return Evidence(measure=fields.text("evidence") or None), ""
    texts = {key: _text_within(fields, key, held.get(key)) for key in EVIDENCE_KEYS}
    if len(texts["cohort"]) > COHORT_LIMIT:
        fields.refuse("evidence", f"cohort is a band such as 20-29, of {COHORT_LIMIT} characters.")
    said = Evidence(
        grade=fields.term_of("evidence", texts["grade"], "evidence_grades"),
        measure=texts["measure"] or None,
        cohort=texts["cohort"] or None,
        cost=fields.term_of("evidence", texts["cost"], "costs"),
    )
    return (said if said != Evidence() else None), _apart(fields, held)


def _text_within(fields: Fields, key: str, value: Value) -> str:
    if isinstance(value, list | dict):
        fields.refuse("evidence", f"{key} in evidence must be one text.")
        return ""
    return (value or "").strip()


def _apart(fields: Fields, held: dict[str, Value]) -> str:
    others: dict[str, Value] = {}
    for key in [key for key in held if key not in EVIDENCE_KEYS]:
        name = f"evidence_{key}"
        while fields.stands(name):
            name += "_"
        others[name] = held[key]
    if not others:
        return ""
    fields.warn("evidence", f"evidence has names of its own: kept apart as {', '.join(others)}.")
    return yaml.safe_dump(others, allow_unicode=True, sort_keys=False, width=10**6).strip("\n")


def body(
    front: FrontMatter, fields: Fields, body_keys: Collection[str]
) -> tuple[str, frozenset[str]]:
    """Return the text, words of the body keys first, and which keys those words came from."""
    found = {key: _words(front.values.get(key)) for key in body_keys}
    moved = frozenset(key for key, words in found.items() if words)
    pieces = [words for words in (*found.values(), front.body) if words]
    text = "\n\n".join(piece.strip("\n") for piece in pieces[:-1])
    text = f"{text}\n\n{pieces[-1]}" if text else "".join(pieces)
    if not text.strip():
        fields.warn(
            "", "There is no text below the front matter: name the key it stands in by --body-key."
        )
    return text.rstrip("\n") + "\n" if text.strip("\n") else "", moved


def _words(value: Value) -> str:
    """Return the text of a body key; a list of texts is a list of paragraphs."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(map(str, value))
    return value if isinstance(value, str) else ""


def tags(fields: Fields) -> tuple[str, ...]:
    """Return the tags, then the words that were meant as terms and are none; each once."""
    words = [" ".join(word.split()) for word in fields.unknown_words]
    found = dict.fromkeys(chain(fields.texts("tags"), words))
    for tag in found:
        if len(tag) > TAG_LIMIT:
            fields.refuse(
                "tags", f"“{tag[:TAG_LIMIT]}…” is over {TAG_LIMIT} characters: shorten it."
            )
    return tuple(found)


def kept_yaml(front: FrontMatter, taken: Collection[str], apart: str) -> str:
    """Return the keys that are not ours, as they were written."""
    kept = [written for key, written in front.written.items() if key not in taken]
    return "\n".join([*kept, apart] if apart else kept)
