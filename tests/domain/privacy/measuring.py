"""The judged set read from its files, and how much of it the rules find."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from app.domain.privacy import Finding, Surroundings, find_risks

JUDGED = Path(__file__).parent / "judged"
_MARK = re.compile(r"\[\[([a-z-]+):(.+?)\]\]")
_HEADER = re.compile(r"\A---\n(.*?)\n---\n", re.S)


@dataclass(frozen=True)
class Mark:
    """What a headteacher should be told of."""

    risk: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class JudgedText:
    """A text without its marks, the marks, and what the form knows besides."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    around: Surroundings


@dataclass
class Measure:
    """How many were planted, which were missed, which alarms were false."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: dict[str, list[str]] = field(default_factory=dict)

    @property
    def recall(self) -> float:
        """The share of the planted that was found."""
        return self.found.total() / self.planted.total()

    @property
    def mean_false(self) -> float:
        """False alarms to a text."""
        return sum(map(len, self.false.values())) / len(self.false)

    def table(self) -> str:
        """Return a line for each risk."""
        return "\n".join(f"{r:18}{self.found[r]:4} of {n}" for r, n in sorted(self.planted.items()))


def read_judged(half: str, kind: str) -> list[JudgedText]:
    """Return the texts of one half ("tuning", "check") and kind ("planted", "clean"), by name."""
    return [_read(path) for path in sorted((JUDGED / half / kind).glob("*.md"))]


def measure(texts: list[JudgedText]) -> Measure:
    """Judge every text."""
    result = Measure()
    for text in texts:
        findings = find_risks(text.text, text.around)
        for mark in text.marks:
            result.planted[mark.risk] += 1
            if any(f.risk == mark.risk and _touch(f, mark) for f in findings):
                result.found[mark.risk] += 1
            else:
                result.missed.append(f"{text.name}: {mark.risk}: {mark.words}")
        result.false[text.name] = [
            f"{f.risk}: {f.text}" for f in findings if not any(_touch(f, m) for m in text.marks)
        ]
    return result


def _read(path: Path) -> JudgedText:
    source = path.read_text()
    header = _HEADER.match(source)
    known = yaml.safe_load(header[1]) if header else {}
    pieces: list[str] = []
    marks: list[Mark] = []
    place = past = 0
    body = source[header.end() :] if header else source
    for match in _MARK.finditer(body):
        before = body[past : match.start()]
        place += len(before)
        pieces += [before, match[2]]
        marks.append(Mark(match[1], place, place + len(match[2]), match[2]))
        place += len(match[2])
        past = match.end()
    around = Surroundings(
        school_name=known.get("school", ""),
        school_roll=known.get("roll"),
        document_authors=tuple(known.get("authors", ())),
    )
    return JudgedText(path.stem, "".join([*pieces, body[past:]]), tuple(marks), around)


def _touch(finding: Finding, mark: Mark) -> bool:
    return finding.start < mark.end and mark.start < finding.end
