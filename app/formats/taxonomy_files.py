"""Read content/taxonomy/: one YAML file to a vocabulary, synonyms.yaml and asking.yaml."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
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


# The parser in C where there is one: it reads all files in a tenth of the time.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """Return what a YAML text says.

    Raises:
        YAMLError: it is no YAML.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe one, either way


def read_taxonomy(folder: Path, instead: Mapping[str, str] | None = None) -> Taxonomy:
    """Read every vocabulary and the word groups of a folder.

    Args:
        folder: where the files lie.
        instead: texts to read in place of files, by file name: how it would be.

    Raises:
        InvalidInput: the folder or a file is missing, broken, or contradicts itself;
            the message names the file.
    """
    if not (folder / SYNONYMS).is_file():
        raise InvalidInput(f"There is no taxonomy in {folder}: set TAXONOMY_DIR.")
    texts = instead or {}
    vocabularies = {
        path.stem: _vocabulary(path, texts.get(path.name))
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


def _mapping(path: Path, text: str | None = None) -> Mapping[str, Any]:
    try:
        written = path.read_text(encoding="utf-8") if text is None else text
        held = read_yaml(written)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path.name} cannot be read: {error}") from None
    if not isinstance(held, dict):
        raise InvalidInput(f"{path.name} must hold names and values.")
    return held


def _vocabulary(path: Path, text: str | None) -> Vocabulary:
    held = _mapping(path, text)
    if held.get("vocabulary") != path.stem:
        raise InvalidInput(f"{path.name} must say “vocabulary: {path.stem}”.")
    if not (held.get("label") and isinstance(held.get("terms"), list)):
        raise InvalidInput(f"{path.name} must have a label and a list of terms.")
    terms = tuple(_term(path.name, row) for row in held["terms"])
    codes = [term.code for term in terms]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise InvalidInput(f"{path.name} uses a code twice: {', '.join(twice)}.")
    _check_successors(path.name, terms)
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
    for key in ("valid_from", "valid_to"):
        day = row.get(key)
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            raise InvalidInput(f"{file_name}: {key} of {row['code']} is no day like 2026-08-31.")
    lists = {key: tuple(map(str, row.get(key, ()))) for key in TERM_LISTS}
    return Term(**{**row, **lists})


def _check_successors(file_name: str, terms: tuple[Term, ...]) -> None:
    next_of = {term.code: term.replaced_by for term in terms}
    lost = [code for code, after in next_of.items() if after and after not in next_of]
    if lost:
        raise InvalidInput(f"{file_name}: the successor of {', '.join(lost)} is not there.")
    for code, successor in next_of.items():
        passed, at = {code}, successor
        while at and at not in passed:
            passed.add(at)
            at = next_of[at]
        if at:
            raise InvalidInput(f"{file_name}: the successors of {code} lead round in a ring.")


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
