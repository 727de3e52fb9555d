"""The trial: kill one kind of writing again and again, and look at the index each time."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from app.domain.taxonomy import Taxonomy
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.engines.whoosh_internals import segments_of
from app.search.engines.whoosh_merging import MOST_SEGMENTS
from app.search.engines.whoosh_store import open_index
from app.search.port import SearchDocument, SearchEngine

from .child import measured, run_killed
from .library import Library, changed, made, mismatch

TAXONOMY = Taxonomy({})
MOST_TENDED = 3  # times, after which there must be nothing left to do
LOCKS = {"writing.lock", "merging.lock", "rebuilding.lock", "current"}

Work = Callable[[WhooshEngine], object]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Phase:
    """One kind of writing: how the index stands, what is done to it, what should come of it."""

    name: str
    before: Library
    after: Library
    template: Path
    work: Work


@dataclass
class Findings:
    """What came of one phase's kills."""

    phase: str
    steps: int = 0  # on the disk, at each of which a kill may fall
    kills: int = 0
    before: int = 0  # answers as the library stood before the change
    after: int = 0
    longest_ms: float = 0.0  # until a fresh reader had given its first answer
    faults: list[str] = field(default_factory=list)


def phases(folder: Path, documents: int, seed: int) -> Iterator[Phase]:
    """Yield every phase, with an index as it stands before."""
    library = made(documents, seed)
    later = changed(library, seed)
    segments = folder / "of-many-segments"
    _fill(WhooshEngine(segments, TAXONOMY), library, MOST_SEGMENTS)
    yield Phase("update", library, later, segments, lambda engine: _update(engine, library, later))
    yield Phase("merge", library, library, segments, lambda engine: engine.tend())
    yield Phase(
        "rebuild", library, later, segments, lambda engine: engine.rebuild(later.documents.values())
    )
    without = folder / "without-arrays"
    _fill(WhooshEngine(without, TAXONOMY), library, 2)
    for path in without.rglob("*.arrays"):
        path.unlink()
    yield Phase("arrays", library, library, without, lambda engine: engine.tend())


def try_phase(phase: Phase, kills: int, seed: int, tell: Tell) -> Findings:
    """Kill one kind of writing again and again; return what came of it."""
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    findings = Findings(phase.name)
    with tempfile.TemporaryDirectory(dir=phase.template.parent) as folder:
        index = Path(folder) / "index"

        def ready() -> Callable[[], object]:
            return partial(phase.work, _engine(index))

        shutil.copytree(phase.template, index)
        findings.steps, took_s = measured(index, ready)
        for turn in range(4 * kills):
            shutil.rmtree(index)
            shutil.copytree(phase.template, index)
            reader = _engine(index)
            step = None if turn % 2 else _spread(turn // 2, kills // 2, findings.steps)
            moment = f"before step {step}" if step else f"by chance, turn {turn}"
            if run_killed(index, ready, step, chance.uniform(0, took_s)):
                findings.kills += 1
                _look(phase, index, reader, findings, moment)
                tell(f"{phase.name}: {findings.kills} of {kills} killed")
            if findings.kills == kills:
                return findings
    findings.faults.append(f"{phase.name}: only {findings.kills} of {kills} kills fell")
    return findings


def _spread(number: int, most: int, steps: int) -> int:
    """Return a step, counted from 1, so that so many kills fall all along the work."""
    return 1 + number * steps // max(1, most) % steps


def _look(phase: Phase, index: Path, reader: SearchEngine, findings: Findings, moment: str) -> None:
    """Note how an index answers after a kill, and whether it can be written to again."""
    faults: list[str] = []
    try:
        began = time.perf_counter()
        fresh = WhooshEngine(index, TAXONOMY)
        phase.before.ask_one(fresh)
        findings.longest_ms = max(findings.longest_ms, (time.perf_counter() - began) * 1000)
        stands = _standing(phase, fresh)
        if stands is None:
            faults.append("neither as before nor as after")
        else:
            is_done = stands is not phase.before or _files(index) != _files(phase.template)
            findings.before += not is_done
            findings.after += is_done
            faults += [f"fresh reader: {fault}" for fault in mismatch(fresh, stands)]
            faults += [f"open reader: {fault}" for fault in mismatch(reader, stands)]
            faults += _go_on(index, stands)
    except Exception as error:  # whatever it is, it is what this looks for
        faults.append(f"{type(error).__name__}: {error}")
    findings.faults += [f"{phase.name}, killed {moment}: {fault}" for fault in faults]


def _files(index: Path) -> set[str]:
    """Return the segments in place and those that have arrays: joining changes no answer."""
    live = index / (index / "current").read_text().strip()
    names = [segment.segment_id() for segment in segments_of(open_index(live))]
    return {*names, *(f"{name}+" for name in names if (live / f"{name}.arrays").exists())}


def _standing(phase: Phase, engine: SearchEngine) -> Library | None:
    told = dict(engine.fingerprints())
    known = (phase.before, phase.after)
    return next((library for library in known if library.fingerprints == told), None)


def _go_on(index: Path, stands: Library) -> Iterator[str]:
    """Write on as if nothing had happened; yield what is wrong then, and what is left over."""
    engine = _engine(index)
    one = replace(next(iter(stands.documents.values())), id="new", fingerprint="new")
    engine.write([one])
    for _ in range(MOST_TENDED):
        if engine.needs_tending():
            engine.tend()
    if engine.needs_tending():
        yield "it wants to be tended without end"
    later = stands.with_one(one)
    yield from (f"after the next write: {fault}" for fault in mismatch(engine, later))
    live = index / (index / "current").read_text().strip()
    names = {segment.segment_id() for segment in segments_of(open_index(live))}
    yield from (
        f"left over after the next write and tending: {path.name}"
        for path in live.iterdir()
        if path.is_dir()
        or path.suffix == ".new"
        or (path.suffix != ".toc" and path.stem not in names and "LOCK" not in path.name)
    )
    engine.rebuild([one])
    left = {path.name for path in index.iterdir()} - LOCKS
    if len(left) != 1:
        yield f"left over after the next rebuild: {sorted(left)}"


def _engine(index: Path) -> WhooshEngine:
    """Return an engine that has read the index, as a server has."""
    engine = WhooshEngine(index, TAXONOMY)
    engine.is_present()
    return engine


def _fill(engine: WhooshEngine, library: Library, writes: int) -> None:
    """Write a library as one large segment and some small ones."""
    documents = list(library.documents.values())
    small = len(documents) // (2 * writes)
    engine.rebuild(documents[writes * small :])
    for turn in range(writes):
        engine.write(documents[turn * small : (turn + 1) * small])


def _update(engine: WhooshEngine, library: Library, later: Library) -> None:
    def is_new(document: SearchDocument) -> bool:
        return library.fingerprints.get(document.id) != document.fingerprint

    gone = library.documents.keys() - later.documents.keys()
    engine.write([d for d in later.documents.values() if is_new(d)], gone)
