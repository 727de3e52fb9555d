"""The golden queries from the shell: measured on the library's files, told as tables."""

from collections.abc import Collection, Iterator

from app.domain.collections import CollectionContent
from app.domain.errors import InvalidInput
from app.domain.evidence import Tried, is_tried_by_its_writers, rung_of
from app.domain.taxonomy import Taxonomy
from app.followers.documents import document_of
from app.search.measuring.evaluation import CUT, Measured
from app.search.measuring.golden_queries import GRADES, Split
from app.search.measuring.golden_scores import Score, changes, kinds_of, score_of, within
from app.search.port import SearchDocument
from app.services.content.load_files import begin, read_file, rules_for
from config import PROJECT_DIR, Settings

GOLDEN_DIR = PROJECT_DIR / "tests/search/golden"
WORST = 15  # misses to show
SHOWN = 3  # hits of a miss
ROW = "{:<13}" + "{:>9}{:>9}{:>7}" * 3
GRADE_NAMES = {grade: name for name, grade in GRADES.items()}


def documents_of_files(settings: Settings, taxonomy: Taxonomy) -> list[SearchDocument]:
    """Return what an index would hold of the library's resources; no database is asked.

    Its collections are left out: nobody has judged yet which queries they answer.

    Raises:
        InvalidInput: there are none, or one cannot be read.
    """
    rules = rules_for(taxonomy, {}, (), settings.file_limit_mb)
    run = begin(None, settings.content_dir, rules, settings.picture_limit_mb)
    documents = []
    for path in run.tree.files:
        found = read_file(path, rules).found
        if found.content is None:
            raise InvalidInput(f"{path} cannot be taken: {found.problems[0].sentence}")
        if isinstance(found.content, CollectionContent):
            continue
        # No file says what was tried: only its own writers' try is known.
        is_tried = is_tried_by_its_writers(found.content.kind, found.content.school)
        tried = Tried(rung_of((), is_tried_by_its_writers=is_tried))
        named = (found.id or path.stem, path.stem)
        documents.append(document_of(*named, found.content, tried, taxonomy))
    return documents


def table(measured: Collection[Measured]) -> Iterator[str]:
    """Yield a line for each kind and the total: of tuning, of check, of both."""
    yield ROW.format("", *(cell for name in (*Split, "both") for cell in ("", name, ""))).rstrip()
    yield ROW.format("kind", *("queries", f"nDCG@{CUT}", "MRR") * 3)
    for kind in (*kinds_of(measured), None):
        scores = [score_of(within(measured, split, kind)) for split in (*Split, None)]
        yield ROW.format(kind or "total", *(cell for score in scores for cell in _cells(score)))


def misses(measured: Collection[Measured]) -> Iterator[str]:
    """Yield the worst queries of the tuning split: what stood first, and what was wanted.

    Those of the check split are never shown.
    """
    worst = sorted(within(measured, Split.TUNING), key=lambda one: one.ndcg_at_10)[:WORST]
    for one in worst:
        yield f"{one.ndcg_at_10:.3f}  {one.query.id}  {one.query.asked}  ({one.query.need})"
        for place, slug in enumerate(one.found[:SHOWN], 1):
            yield f"         {place}. {slug}: {_grade(one, slug)}"
        if not one.found:
            yield "         nothing was found"
        for slug, grade in one.query.grades.items():
            yield f"       want {slug}: {GRADE_NAMES[grade]}, {_place(one, slug)}"


def cost(before: Collection[Measured], after: Collection[Measured]) -> Iterator[str]:
    """Yield what an edit does: totals, then each query of the tuning split that it touches."""
    for split in (*Split, None):
        was, now = (score_of(within(some, split)).ndcg_at_10 for some in (before, after))
        yield f"{split or 'both':<8}{_from_to(was, now)}"
    touched = changes(before, after)
    for change in touched:
        if change.before.query.split is Split.TUNING:
            told = _from_to(change.before.ndcg_at_10, change.after.ndcg_at_10)
            yield f"  {told}  {change.before.query.id}  {change.before.query.asked}"
    aside = sum(change.before.query.split is Split.CHECK for change in touched)
    yield f"{len(touched)} queries are answered otherwise, {aside} of them put aside."


def _cells(score: Score) -> tuple[str, str, str]:
    return f"{score.queries}", f"{score.ndcg_at_10:.4f}", f"{score.mrr:.3f}"


def _from_to(was: float, now: float) -> str:
    return f"{was:.4f} to {now:.4f} ({now - was:+.4f})"


def _grade(one: Measured, slug: str) -> str:
    return GRADE_NAMES.get(one.query.grades.get(slug, 0), "not wanted")


def _place(one: Measured, slug: str) -> str:
    return f"stood {one.found.index(slug) + 1}" if slug in one.found else f"not in the first {CUT}"
