"""Read content/taxonomy/: one YAML file to a vocabulary, and synonyms.yaml."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from app.domain.errors import InvalidInput
from app.domain.facets import FACETS
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, WordGroup

SYNONYMS = "synonyms.yaml"
TERM_KEYS = frozenset(Term.__dataclass_fields__)


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
        if path.name != SYNONYMS
    }
    lost = sorted({facet.vocabulary for facet in FACETS} - {"", *vocabularies})
    if lost:
        raise InvalidInput(f"There is no {lost[0]}.yaml in {folder}: a facet has its terms there.")
    words = _mapping(folder / SYNONYMS)
    return Taxonomy(
        vocabularies=vocabularies,
        word_groups=tuple(_word_groups(words)),
        misspellings=dict(words.get("misspellings", {})),
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
        source=held.get("source", ""),
        caveats=tuple(held.get("caveats", ())),
    )


def _term(file_name: str, row: Mapping[str, Any]) -> Term:
    unknown = set(row) - TERM_KEYS
    if unknown or "code" not in row or "label" not in row:
        raise InvalidInput(f"{file_name}: a term needs a code and a label, and no {unknown or {}}.")
    lists = {key: tuple(map(str, row.get(key, ()))) for key in ("aliases", "broader", "unverified")}
    return Term(**{**row, **lists})


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
        yield WordGroup(pair[0], "variant", tuple(pair))
    for row in words.get("gaelic", []):
        yield WordGroup(row["gd"], "gaelic", (row["gd"], row["en"]))
