"""Read content/taxonomy/: one YAML file to a vocabulary, synonyms.yaml and asking.yaml."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from app.domain.errors import InvalidInput
from app.domain.facets import FACETS
from app.domain.taxonomy import Asking, Span, Taxonomy, Term, Vocabulary, WordGroup

SYNONYMS = "synonyms.yaml"
ASKING = "asking.yaml"
TERM_KEYS = frozenset(Term.__dataclass_fields__)
TERM_LISTS = ("aliases", "broader", "elsewhere", "unverified")
ASKING_KEYS = tuple(Asking.__dataclass_fields__)


def read_taxonomy(folder: Path) -> Taxonomy:
    """Read every vocabulary and the word groups of a folder.

    Raises:
        InvalidInput: the folder or a file is missing, broken, or contradicts itself;
            the message names the file.
    """
    if not (folder / SYNONYMS).is_file():
        raise InvalidInput(f"There is no taxonomy in {folder}: set TAXONOMY_DIR.")
    vocabularies = {
        path.stem: _vocabulary(path)
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in (SYNONYMS, ASKING)
    }
    lost = sorted({facet.vocabulary for facet in FACETS} - {"", *vocabularies})
    if lost:
        raise InvalidInput(f"There is no {lost[0]}.yaml in {folder}: a facet has its terms there.")
    words = _mapping(folder / SYNONYMS)
    return Taxonomy(
        vocabularies=vocabularies,
        word_groups=tuple(_word_groups(words)),
        misspellings=dict(words.get("misspellings", {})),
        endings=tuple((one, other) for one, other in words.get("endings", ())),
        only_as_written=frozenset(map(str, words.get("only_as_written", ()))),
        asking=_asking(folder / ASKING),
    )


def _mapping(path: Path) -> Mapping[str, Any]:
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path.name} cannot be read: {error}") from None
    if not isinstance(held, dict):
        raise InvalidInput(f"{path.name} must hold names and values.")
    return held


def _vocabulary(path: Path) -> Vocabulary:
    held = _mapping(path)
    if held.get("vocabulary") != path.stem:
        raise InvalidInput(f"{path.name} must say “vocabulary: {path.stem}”.")
    if not (held.get("label") and isinstance(held.get("terms"), list)):
        raise InvalidInput(f"{path.name} must have a label and a list of terms.")
    terms = tuple(_term(path.name, row) for row in held["terms"])
    codes = [term.code for term in terms]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise InvalidInput(f"{path.name} uses a code twice: {', '.join(twice)}.")
    lost = [t.code for t in terms if t.replaced_by and t.replaced_by not in codes]
    if lost:
        raise InvalidInput(f"{path.name}: the successor of {', '.join(lost)} is not there.")
    return Vocabulary(
        name=path.stem,
        label=held["label"],
        label_gd=held.get("label_gd"),
        terms=terms,
        groups=tuple(_term(path.name, row) for row in held.get("groups", [])),
        spans=tuple(_span(path.name, row, codes) for row in held.get("spans", [])),
        source=held.get("source", ""),
        caveats=tuple(held.get("caveats", ())),
    )


def _term(file_name: str, row: Mapping[str, Any]) -> Term:
    unknown = set(row) - TERM_KEYS
    if unknown or "code" not in row or "label" not in row:
        raise InvalidInput(f"{file_name}: a term needs a code and a label, and no {unknown or {}}.")
    lists = {key: tuple(map(str, row.get(key, ()))) for key in TERM_LISTS}
    return Term(**{**row, **lists})


def _span(file_name: str, row: Mapping[str, Any], codes: list[str]) -> Span:
    ends = [row.get("first"), row.get("last")]
    if not row.get("label") or any(code not in codes for code in ends):
        raise InvalidInput(f"{file_name}: a span needs a label and the codes of its ends: {row}.")
    lists = {key: tuple(map(str, row.get(key, ()))) for key in ("names", "elsewhere")}
    return Span(row["label"], row["first"], row["last"], theme=row.get("theme", ""), **lists)


def _asking(path: Path) -> Asking:
    """Read the words of those who ask; a taxonomy may do without them."""
    held = _mapping(path) if path.is_file() else {}
    return Asking(**{key: tuple(map(str, held.get(key, ()))) for key in ASKING_KEYS})


def _word_groups(words: Mapping[str, Any]) -> Iterator[WordGroup]:
    for row in words.get("acronyms", []):
        yield WordGroup(
            code=str(row["short"]),
            kind="acronym",
            members=(str(row["short"]), *row["means"]),
            is_ambiguous=row.get("ambiguous", False),
            is_case_sensitive=row.get("case_sensitive", False),
        )
    for row in words.get("variants", []):
        yield WordGroup(
            code=row["code"],
            kind="variant",
            members=tuple(map(str, row["words"])),
            is_one_way=row.get("one_way", False),
            is_broad=row.get("broad", False),
            only_typed=tuple(map(str, row.get("only_input", ()))),
        )
    for pair in words.get("spellings", []):
        yield WordGroup(pair[0], "spelling", tuple(pair))
    for row in words.get("scots", []):
        yield WordGroup(row["sco"], "variant", (row["sco"], row["en"]))
    for row in words.get("gaelic", []):
        yield WordGroup(row["gd"], "gaelic", (row["gd"], row["en"]))
