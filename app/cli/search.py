"""flask search: search from the shell as a visitor would, and measure the ranking."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.edge import in_one_sentence, on_the_library, tell
from app.cli.golden import GOLDEN_DIR, cost, documents_of_files, misses, table
from app.domain.errors import AlreadyRunning, InvalidInput
from app.domain.people import VISITOR
from app.faces.doorstep import parts
from app.faces.hit_answer import HitAnswer
from app.faces.pages import page_url
from app.faces.search_answer import SearchAnswer, WayOutAnswer, answer_search
from app.faces.search_parameters import read_search
from app.followers.runner import Followers
from app.search.measuring.edited_taxonomy import without_synonym as taxonomy_without
from app.search.measuring.evaluation import evaluate as evaluate_collection
from app.search.measuring.evaluation import measure
from app.search.measuring.golden_queries import read_floor, read_golden
from app.search.measuring.golden_scores import below_floor

BASE_URL = "http://127.0.0.1:5000"  # where scripts/serve.py serves when nobody says otherwise
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)

search = AppGroup("search", help="Search the library, and measure how well it ranks.")


@search.command("find")
@click.argument("words", nargs=-1)
@click.option("--json", "is_json", is_flag=True, help="Print what the API answers.")
@click.option("--facet", "facets", multiple=True, metavar="NAME=CODE", help="Such as stage=p5.")
@click.option("--sort", help="relevance, newest, review-date, title or most-tried.")
@click.option("--page", help="Counts from 1.")
@click.option("--per-page", help="Hits to a page, up to 100.")
@click.option("--exact", is_flag=True, help="Search as typed; correct no spelling.")
@click.option("--plain", multiple=True, metavar="WORDS", help="Search these as typed, unread.")
@click.option("--home", metavar="REGION", help="Where you work: the code of a region.")
@click.option("--no-outward", is_flag=True, help="Move no other region's results up.")
@click.option("--base-url", default=BASE_URL, show_default=True, help="Where the addresses begin.")
@on_the_library
def find(
    words: tuple[str, ...],
    *,
    is_json: bool,
    facets: tuple[str, ...],
    sort: str | None,
    page: str | None,
    per_page: str | None,
    exact: bool,
    plain: tuple[str, ...],
    home: str | None,
    no_outward: bool,
    base_url: str,
) -> None:
    """Print what a visitor finds with WORDS; without words, everything."""
    single = {
        "sort": sort,
        "page": page,
        "per_page": per_page,
        "exact": "1" if exact else None,
        "home": home,
        "outward": "0" if no_outward else None,
    }
    pairs = [("q", " ".join(words)), *map(_facet, facets), *(("plain", text) for text in plain)]
    pairs += [(name, value) for name, value in single.items() if value is not None]
    pairs = [(name, _readable(value)) for name, value in pairs]
    _let_there_be_an_index()
    query = read_search(pairs, parts().taxonomy.codes("regions"))
    with current_app.test_request_context(base_url=base_url):
        answer = answer_search(parts(), VISITOR, query, _page_url)
    click.echo(answer.model_dump_json() if is_json else "\n".join(_lines(answer)))


@search.command("evaluate")
@click.option("--corpus", type=A_FILE, help="JSON lines: _id, title, text.")
@click.option("--queries", type=A_FILE, help="JSON lines: _id, text.")
@click.option("--qrels", type=A_FILE, help="Tabs: query-id, corpus-id, score.")
@click.option("--golden", default=GOLDEN_DIR, type=A_FOLDER, help="Our judged queries.")
@click.option("--show-misses", is_flag=True, help="The worst queries of the tuning split.")
@click.option("--without-synonym", metavar="WORD", help="What it would cost to take this out.")
@in_one_sentence
def evaluate(
    corpus: Path | None,
    queries: Path | None,
    qrels: Path | None,
    *,
    golden: Path,
    show_misses: bool,
    without_synonym: str | None,
) -> None:
    """Measure how well our judged queries find the library's files, in a temporary index.

    The exit status is 1 where a figure has fallen below its floor. With
    --corpus, --queries and --qrels a judged collection from elsewhere is
    measured instead.
    """
    if corpus and queries and qrels:
        _evaluate_collection(corpus, queries, qrels)
    elif corpus or queries or qrels:
        raise click.UsageError("--corpus, --queries and --qrels go together.")
    else:
        _evaluate_golden(golden, show_misses=show_misses, without=without_synonym)


def _evaluate_collection(corpus: Path, queries: Path, qrels: Path) -> None:
    measured = evaluate_collection(corpus, queries, qrels, parts().taxonomy)
    click.echo(f"documents   {measured.documents}")
    click.echo(f"queries     {measured.queries}")
    click.echo(f"nDCG@10     {measured.ndcg_at_10:.4f}")
    click.echo(f"MAP         {measured.mean_average_precision:.4f}")
    click.echo(f"recall@100  {measured.recall_at_100:.4f}")


def _evaluate_golden(folder: Path, *, show_misses: bool, without: str | None) -> None:
    taxonomy = parts().taxonomy
    edited = taxonomy_without(taxonomy, without) if without else None
    queries, floor = read_golden(folder), read_floor(folder)
    documents = documents_of_files(parts().settings, taxonomy)
    measured = measure(queries, documents, taxonomy)
    click.echo(f"{len(documents)} resources, {len(queries)} judged queries\n")
    _print(table(measured))
    if show_misses:
        click.echo("\nThe worst of the tuning split:")
        _print(misses(measured))
    if edited:
        click.echo(f"\nWithout “{without}”, nDCG@10 would go:")
        _print(cost(measured, measure(queries, documents, edited)))
    fallen = list(below_floor(measured, floor))
    for sentence in fallen:
        tell(sentence)
    if fallen:
        sys.exit(1)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _let_there_be_an_index() -> None:
    """Draw the index of a library that has none yet, as a server would."""
    if not parts().search.is_present():
        with suppress(AlreadyRunning):  # a server does it, and the answer says so
            Followers(parts()).carry()


def _facet(text: str) -> tuple[str, str]:
    name, is_there, code = text.partition("=")
    if not is_there:
        raise InvalidInput(f"Write --facet NAME=CODE, such as stage=p5, not “{text}”.")
    return name, code


def _readable(text: str) -> str:
    """Return the text with what was no UTF-8 on the command line replaced, so that it prints."""
    return os.fsencode(text).decode("utf-8", "replace")


def _page_url(kind: str, slug: str) -> str:
    return page_url(kind, slug, is_absolute=True)


def _lines(answer: SearchAnswer) -> Iterator[str]:
    yield f"{answer.total} {'result' if answer.total == 1 else 'results'}"
    yield from _reading(answer)
    yield from answer.notes
    yield from _ways_out(answer)
    first = (answer.page - 1) * answer.per_page + 1
    for number, hit in enumerate(answer.hits, first):
        yield ""
        yield f"{number}. {hit.title}"
        yield f"   {_where(hit)}"
        if hit.why:
            yield f"   {hit.why}"
        yield f"   {hit.url}"


def _reading(answer: SearchAnswer) -> Iterator[str]:
    """Yield how the words were read."""
    if answer.suggestion:
        words = answer.suggestion.words
        yield (
            f"for {words} (--exact searches as typed)"
            if answer.suggestion.is_applied
            else (f"Did you mean {words}?")
        )
    if answer.chips:
        chips = ", ".join(f"{chip.label} ({chip.typed})" for chip in answer.chips)
        yield f"read as: {chips} (--plain WORDS searches as typed)"
    for question in answer.questions:
        yield f"{question.typed}: did you mean {question.label}? Search for: {question.words}"
    for reading in answer.readings:
        yield f"{reading.typed} may mean {', or '.join(reading.meanings)}"
    yield from (f"also searched for: {', '.join(one.also)} ({one.typed})" for one in answer.also)


def _ways_out(answer: SearchAnswer) -> Iterator[str]:
    """Yield where other results are: in plain order, or where nothing was found."""
    if answer.is_spread:
        yield "results from other regions that fit as well were moved up (--no-outward leaves them)"
    yield from (f"without --facet {_told(way)}" for way in answer.droppable)
    yield from (f"perhaps --facet {_told(way)}" for way in answer.nearest)


def _told(way: WayOutAnswer) -> str:
    results = "result" if way.total == 1 else "results"
    return f"{way.facet}={way.code} ({way.label}): {way.total} {results}"


def _where(hit: HitAnswer) -> str:
    taxonomy = parts().taxonomy
    places = [hit.school] if hit.school else []
    for facet, vocabulary in (("authority", "authorities"), ("region", "regions")):
        places += [taxonomy.label(vocabulary, code) for code in hit.facets.get(facet, [])]
    return ", ".join(places)
