"""Change a term, add one, and take a change back: the file, the record and the index together."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound, WrongState
from app.domain.events import EventKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.domain.terms import (
    FIELD_LABELS,
    FIXED,
    FIXED_VOCABULARIES,
    TermChanged,
    WrongTerm,
    find_problems,
    term_from,
    values_of,
    version_of,
)
from app.formats import vocabulary_text
from app.formats.taxonomy_files import read_taxonomy
from app.formats.vocabulary_turns import Turn
from app.models.base import utc_now
from app.models.terms import TermChange
from app.search.answering import language_of
from app.services.ledger import audit, record_many
from app.services.terms.filed import is_used, published_under
from app.services.terms.mending import mend
from app.services.terms.turning import write_with_commit

NO_CHANGE = "There is no such change."
NOTHING_CHANGED = "Nothing differs from how the term is now: there is nothing to save."
USED = (
    "The term has been used since it was made, and what was used stays known. Give it a last day "
    "or a successor instead."
)
CHANGED_SINCE = (
    "The term was changed again since. Take back the later change first, or edit the term."
)


@dataclass(frozen=True)
class Stand:
    """How a term stood, and the very lines that said so; both None where it was not there."""

    term: Term | None
    lines: str | None

    def as_json(self) -> str:
        """Return it as the record keeps it."""
        return json.dumps({"term": values_of(self.term), "lines": self.lines}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Stand":
        """Read what the record keeps."""
        held = json.loads(text)
        return cls(term_from(held["term"]), held["lines"])


def change(
    session: Session,
    actor: Actor,
    folder: Path,
    vocabulary: str,
    after: Term,
    *,
    seen: str,
    behind: str | None = None,
) -> TermChange:
    """Change a term, or add one where `seen` is the version of no term.

    The file is written when the session commits. Published resources that are
    filed under it are indexed anew in the background where its labels changed.

    Args:
        session: one that commits; it may raise WrongState then, where the file cannot be written.
        actor: who does it.
        folder: the files of the vocabularies.
        vocabulary: its name.
        after: the term as it shall be.
        seen: the version (`version_of`) that the person saw; not that of now: it is refused.
        behind: the code of the term that a new one stands behind; at the end where none is named.

    Raises:
        NotAllowed: the actor may not keep terms.
        NotFound: there is no such vocabulary or term.
        WrongTerm: something is wrong with it, told by field.
        TermChanged: somebody else changed it since it was seen.
        InvalidInput: nothing differs, or the file cannot be edited safely.
    """
    require(actor, Action.KEEP_TERMS)
    told = AuditAction.TERM_CHANGED
    held = _at_the_file(session, actor, folder, told, vocabulary=vocabulary, code=after.code)
    before, text = _as_it_would_be(held, after, seen, behind)
    _try_out(folder, held.file.name, text)
    made = TermChange(
        vocabulary=vocabulary,
        code=after.code,
        before_json=Stand(before, held.lines(after.code) if before else None).as_json(),
        after_json=Stand(after, vocabulary_text.block_of(text, after.code)).as_json(),
        file_sha256=hashlib.sha256(text.encode()).hexdigest(),
        person_id=actor.id,
    )
    session.add(made)
    session.flush()
    _follow(session, vocabulary, before, after)
    write_with_commit(session, Turn(held.file, made.id, False, held.text, text))
    return made


def rehearse(
    actor: Actor,
    folder: Path,
    vocabulary: str,
    after: Term,
    *,
    seen: str,
    behind: str | None = None,
) -> None:
    """Do all of a change that needs no database, and keep what takes long ready for `change`.

    Called before a transaction is opened, it keeps other writers from waiting.

    Raises:
        NotAllowed: the actor may not keep terms.
        NotFound: there is no such vocabulary or term.
        WrongTerm: something is wrong with it, told by field.
        TermChanged: somebody else changed it since it was seen.
        InvalidInput: nothing differs, or the file cannot be edited safely.
    """
    require(actor, Action.KEEP_TERMS)
    held = _read(folder, vocabulary)
    _, text = _as_it_would_be(held, after, seen, behind)
    _try_out(folder, held.file.name, text)


def undo(session: Session, actor: Actor, folder: Path, change_id: int) -> TermChange:
    """Take a change back: the term stands as before it, in the very same lines.

    Raises:
        NotAllowed: the actor may not keep terms.
        NotFound: there is no such change.
        WrongState: it is taken back already, the term was changed again, or was used meanwhile.
        InvalidInput: the file cannot be edited safely.
    """
    require(actor, Action.KEEP_TERMS)
    made = read_change(session, actor, change_id)
    told = AuditAction.TERM_UNDONE
    held = _at_the_file(session, actor, folder, told, vocabulary=made.vocabulary, code=made.code)
    session.refresh(made)
    before, after = Stand.from_json(made.before_json), Stand.from_json(made.after_json)
    require_undoable(session, held.taxonomy, made)
    if before.term is None:
        text = vocabulary_text.without_term(held.text, made.code)
    elif held.lines(made.code) == after.lines and before.lines is not None:
        text = vocabulary_text.with_block(held.text, before.term, before.lines)
    else:  # somebody laid its lines out anew since
        text = vocabulary_text.with_term(held.text, _term(held.vocabulary, made.code), before.term)
    _try_out(folder, held.file.name, text)
    made.undone_at = utc_now()
    session.flush()
    _follow(session, made.vocabulary, after.term, before.term)
    write_with_commit(session, Turn(held.file, made.id, True, held.text, text))
    return made


def read_change(session: Session, actor: Actor, change_id: int) -> TermChange:
    """Return a change by its id.

    Raises:
        NotAllowed: the actor may not keep terms.
        NotFound: there is no such change.
    """
    require(actor, Action.KEEP_TERMS)
    made = session.get(TermChange, change_id)
    if made is None:
        raise NotFound(NO_CHANGE)
    return made


def require_undoable(session: Session, taxonomy: Taxonomy, made: TermChange) -> None:
    """Do nothing where a change can be taken back.

    Raises:
        WrongState: it cannot; the sentence says why.
    """
    if made.undone_at is not None:
        raise WrongState("This change is taken back already.")
    vocabulary = taxonomy.vocabularies.get(made.vocabulary)
    now = vocabulary.by_code.get(made.code) if vocabulary else None
    if vocabulary is None or now != Stand.from_json(made.after_json).term or now is None:
        raise WrongState(CHANGED_SINCE)
    before = Stand.from_json(made.before_json).term
    if before is None:
        if is_used(session, made.vocabulary, made.code) or _is_named(taxonomy, vocabulary, now):
            raise WrongState(USED)
        return
    problems = find_problems(taxonomy, vocabulary, now, before)
    if problems:
        raise WrongState(" ".join(problems.values()))


@dataclass(frozen=True)
class _Held:
    """A vocabulary as its file says at this moment, while nobody else writes."""

    taxonomy: Taxonomy
    vocabulary: Vocabulary
    file: Path
    text: str

    def lines(self, code: str) -> str | None:
        return vocabulary_text.block_of(self.text, code)


def _at_the_file(
    session: Session, actor: Actor, folder: Path, action: AuditAction, *, vocabulary: str, code: str
) -> _Held:
    """Write the entry of the audit log, which keeps others waiting, and read the files after it."""
    detail = f"{FIELD_LABELS['code']} {code} in {vocabulary.replace('_', ' ')}"
    audit(session, actor, action, f"term:{vocabulary}/{code}"[:80], detail=detail)
    mend(session, folder)
    return _read(folder, vocabulary)


def _read(folder: Path, vocabulary: str) -> _Held:
    taxonomy = read_taxonomy(folder)
    if vocabulary not in taxonomy.vocabularies:
        raise NotFound("There is no such vocabulary.")
    file = folder / f"{vocabulary}.yaml"
    text = file.read_bytes().decode()
    return _Held(taxonomy, taxonomy.vocabularies[vocabulary], file, text)


def _term(vocabulary: Vocabulary, code: str) -> Term:
    term = vocabulary.by_code.get(code)
    if term is None:
        raise NotFound("There is no such term.")
    return term


def _as_it_would_be(
    held: _Held, after: Term, seen: str, behind: str | None
) -> tuple[Term | None, str]:
    """Return the term as it is, and the file's text as it would be; refuse what cannot be."""
    before = None if seen == version_of(None) else _term(held.vocabulary, after.code)
    _check(held, before, after, seen)
    if before is None:
        return None, vocabulary_text.with_new_term(held.text, after, behind)
    return before, vocabulary_text.with_term(held.text, before, after)


def _check(held: _Held, before: Term | None, after: Term, seen: str) -> None:
    if before is None and held.vocabulary.name in FIXED_VOCABULARIES:
        raise InvalidInput(FIXED)
    if before is not None and version_of(before) != seen:
        raise TermChanged(before)
    problems = find_problems(held.taxonomy, held.vocabulary, before, after)
    if problems:
        raise WrongTerm(problems)
    if before == after:
        raise InvalidInput(NOTHING_CHANGED)


def _try_out(folder: Path, file_name: str, text: str) -> None:
    """Read the whole taxonomy as it would be, and make ready what searching needs of it."""
    candidate = read_taxonomy(folder, {file_name: text})
    try:
        language_of(candidate)  # kept ready for when the files are read anew
    except (KeyError, ValueError, IndexError, TypeError) as problem:
        raise InvalidInput(f"The search could not work with it: {problem}.") from None


def _follow(session: Session, vocabulary: str, before: Term | None, after: Term | None) -> None:
    """Let what is filed under a term be indexed anew where its labels changed."""
    if before is None or after is None:
        return  # nothing can be filed under it
    is_relabelled = (before.label, before.label_gd) != (after.label, after.label_gd)
    filed = published_under(vocabulary, after.code)
    if is_relabelled and filed is not None:
        record_many(session, EventKind.RESOURCE_RELABELLED, filed)


def _is_named(taxonomy: Taxonomy, vocabulary: Vocabulary, term: Term) -> bool:
    """Say whether another term or span names it."""
    if any(term.code in (span.first, span.last) for span in vocabulary.spans):
        return True
    return any(
        (one.replaced_by == term.code and held.name == vocabulary.name)
        or (term.code in one.broader and held.name != vocabulary.name)
        for held, one in taxonomy.all_terms()
    )
