"""What one may say on the command line of the benchmarks; the standard library only."""

import argparse
from pathlib import Path

from setup.places import PROJECT

ENGINES = ("ours", "tantivy", "tantivy-stored", "fts5", "whoosh")
ONLY_NAMED = {"tantivy-stored"}
SIZES = (1_000, 10_000, 100_000)
QUERIES = 45
QUICK_SIZES, QUICK_QUERIES = (1_000,), 8
# Plain Whoosh takes a quarter of an hour to build and seconds to answer beyond this.
MOST_FOR_PLAIN_WHOOSH = 10_000
TEXT = (PROJECT / "content", PROJECT / "docs")


def search_options(words: list[str] | None = None) -> argparse.Namespace:
    """Read the words after bench_search.py."""
    parser = argparse.ArgumentParser(
        prog="bench_search.py",
        description="Measure our search engine beside tantivy, SQLite FTS5 and plain Whoosh.",
        epilog="Engines take turns, each in a process of its own. docs/performance.md tells more.",
    )
    _add_shared(parser)
    parser.add_argument("--sizes", type=_numbers, default=SIZES, metavar="N,N", help="documents")
    parser.add_argument(
        "--queries", type=int, default=QUERIES, help="of each of 8 kinds; default: 45"
    )
    parser.add_argument(
        "--engines",
        type=_engines,
        default=None,
        metavar="NAME,NAME",
        help=f"of {', '.join(ENGINES)}; default: all but {', '.join(ONLY_NAMED)}, and plain Whoosh "
        f"up to {MOST_FOR_PLAIN_WHOOSH:,} documents only",
    )
    parser.add_argument("--odd", action="store_true", help="also put 2,000 odd strings to our page")
    parser.add_argument("--quick", action="store_true", help="1,000 documents, few queries")
    options = parser.parse_args(words)
    if options.quick:
        options.sizes, options.queries = QUICK_SIZES, QUICK_QUERIES
    options.text = options.text or list(TEXT)
    return options


def page_options(words: list[str] | None = None) -> argparse.Namespace:
    """Read the words after bench_page.py."""
    parser = argparse.ArgumentParser(
        prog="bench_page.py",
        description="Measure the whole results page over HTTP, on a library made for it.",
        epilog="It serves this machine only and stops by itself. docs/performance.md tells more.",
    )
    _add_shared(parser)
    parser.add_argument("--size", type=int, default=10_000, help="documents; default: 10,000")
    parser.add_argument("--update", action="store_true", help="also publish, and look for it")
    parser.add_argument("--rebuild", action="store_true", help="also draw the index anew meanwhile")
    options = parser.parse_args(words)
    options.text = options.text or list(TEXT)
    return options


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--text",
        type=_folder,
        action="extend",
        nargs="+",
        metavar="DIR",
        help="folders of Markdown to shuffle; default: content/ and docs/, which is little",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure here")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="build here, and use again what stands there"
    )
    parser.add_argument("--anew", action="store_true", help="build even what stands in --keep")


def engines_for(size: int, named: list[str] | None) -> list[str]:
    """Return the engines to measure at a size, in the order of the columns."""
    if named:
        return named
    is_large = size > MOST_FOR_PLAIN_WHOOSH
    left_out = ONLY_NAMED | ({"whoosh"} if is_large else set())
    return [name for name in ENGINES if name not in left_out]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part.replace("_", "")) for part in text.split(","))


def _engines(text: str) -> list[str]:
    unknown = set(text.split(",")) - set(ENGINES)
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
    return [name for name in ENGINES if name in text.split(",")]


def _folder(text: str) -> Path:
    path = Path(text).resolve()
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is no folder")
    return path
