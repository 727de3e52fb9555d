"""What a results page may have to show, whatever engine answers: told by a fake one."""

from collections.abc import Mapping
from dataclasses import replace

from app.search.port import (
    FilterValue,
    Reason,
    ReasonKind,
    SearchPage,
    SearchQuery,
)
from app.search.understood import (
    Chip,
    Correction,
    Expansion,
    Question,
    Reading,
)
from tests.fake_search import NOTHING, FakeSearch, a_hit, a_page

CHIPS = (
    Chip("P5", "Stage P5 (Second level)", "stage", "p5"),
    Chip("maths", "Mathematics", "area", "mathematics"),
    Chip("PEF", "Pupil Equity Funding"),
    Chip("nurture", "Nurture", "theme", "nurture-relationships"),
)
REASONS = (
    Reason(ReasonKind.WORD, "nurture", "nurture", ("title", "body")),
    Reason(ReasonKind.CONCEPT, "maths", "Mathematics", ("labels",)),
    Reason(ReasonKind.SYNONYM, "PEF", "Pupil Equity Funding", ("summary", "body")),
    Reason(ReasonKind.STAGE, "P5", "P5", ("labels",)),
)
COUNTS = {"region": {"tayside": 3, "south-east": 5}, "stage": {"p5": 3, "p6": 2}}
FOUND = replace(
    a_page(
        a_hit("A nurture breakfast that made room for maths", reasons=REASONS),
        a_hit("Number talks", reasons=REASONS[:1]),
        total=43,
    ),
    facet_counts=COUNTS,
)

ANSWERS: Mapping[str, SearchPage] = {
    "P5 maths PEF nurture": replace(
        FOUND, chips=CHIPS, expansions=(Expansion("maths", ("numeracy",)),)
    ),
    "Year 5 SLT": replace(
        FOUND,
        questions=(Question("Year 5", "P5", "P5 SLT"),),
        readings=(Reading("SLT", ("speech and language therapy", "senior leadership team")),),
    ),
    "many things": replace(
        FOUND, chips=tuple(Chip(f"w{n}", f"Known thing number {n}") for n in range(16))
    ),
    "zebra maths": replace(
        NOTHING,
        chips=CHIPS[1:2],
        correction=Correction("zebras maths", is_applied=False),
        droppable=(FilterValue("region", "tayside", 12), FilterValue("stage", "p5", 3)),
        nearest=(FilterValue("area", "mathematics", 9),),
    ),
}
STATES: Mapping[str, str] = {
    "understood": "/search?q=P5+maths+PEF+nurture",
    "understood, moved up": "/search?q=P5+maths+PEF+nurture&home=tayside&region=south-east",
    "taken off, plain order": "/search?q=P5+maths+PEF+nurture&plain=P5&home=tayside&outward=0",
    "asked back": "/search?q=Year+5+SLT",
    "many chips": "/search?q=many+things",
    "nothing found": "/search?q=zebra+maths&region=tayside&stage=p5&plain=zebra",
}


class TellingSearch(FakeSearch):
    """Answers a few queries so that each part of the page is seen."""

    def search(self, query: SearchQuery) -> SearchPage:
        page = ANSWERS.get(query.words, FOUND)
        return replace(
            page,
            chips=tuple(chip for chip in page.chips if chip.typed not in query.plain),
            is_spread=bool(page.hits and query.home and query.is_outward),
        )
