"""A query is read as a colleague would read it: what is known is told, the rest is searched."""

import dataclasses
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facets import BY_NAME
from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.search.engines.memory_engine import MemoryEngine
from app.search.language.query_language import parse
from app.search.language.synonyms import Thesaurus
from app.search.language.understanding import understand
from tests.search.documents import a_document, a_query
from tests.search.odd_queries import ODD_QUERIES


@pytest.fixture(scope="module")
def thesaurus(taxonomy):
    return Thesaurus(taxonomy)


@pytest.fixture
def read(taxonomy, thesaurus):
    def understood(text, plain=()):
        return understand(parse(text, taxonomy), thesaurus, plain)

    return understood


@pytest.mark.parametrize(
    ("text", "chips"),
    [
        (
            "P5 maths PEF nurture",
            ["Stage P5 (Second level)", "Mathematics", "Pupil Equity Funding", "Nurture"],
        ),
        (
            "P5 maths PEF attendance",
            ["Stage P5 (Second level)", "Mathematics", "Pupil Equity Funding", "Attendance"],
        ),
        ("maths", ["Mathematics"]),
        ("math", ["Mathematics"]),
        ("sums", ["Mathematics"]),
        ("matamataig", ["Mathematics"]),
        ("numeracy", ["Numeracy"]),
        ("reading", ["Literacy"]),
        ("leughadh", ["Literacy"]),
        ("science", ["Sciences"]),
        ("history", ["Social studies"]),
        ("PEF", ["Pupil Equity Funding"]),
        ("pupil equity funding", ["Pupil Equity Funding"]),
        ("pef spending", ["Pupil Equity Funding"]),
        ("PEFs", ["Pupil Equity Funding"]),
        ("ASN", ["Additional support needs and inclusion"]),
        ("GIRFEC", ["Getting it right for every child"]),
        ("dyslexia", ["Dyslexia"]),
        ("dyslexic", ["Dyslexia"]),
        ("autistic", ["Autism"]),
        ("sensory", ["Autism, ADHD, dyslexia and neurodiversity"]),
        ("absence", ["Attendance and engagement"]),
        ("behavior", ["Behaviour"]),
        ("new Scots", ["New Scots"]),
        ("children’s rights", ["Children's rights"]),
        ("self-evaluation", ["Self-evaluation"]),
        ("work experience", ["Skills, careers and employability"]),
        ("closing the gap", ["Closing the poverty-related attainment gap"]),
        ("Tayside", ["Tayside Regional Improvement Collaborative"]),
        ("Fife Council", ["Fife"]),
        ("Glasgow", ["Glasgow City"]),
        ("academy", ["Secondary"]),
        ("elementary", ["Primary"]),
        ("foghlam tro mheadhan na gaidhlig", ["Gaelic medium education"]),
        ("QI 2.3", ["HGIOS4 2.3 Learning, teaching and assessment"]),
        ("quality indicator 2.3", ["HGIOS4 2.3 Learning, teaching and assessment"]),
        ("webinar on autism", ["Webinar", "Autism"]),
        ("case studies", ["Case study"]),
        ("CfE", ["Curriculum for Excellence"]),
        ("DHT", ["Depute headteacher"]),
        ("PSAs", ["Pupil support assistant"]),
        ("CIRCLE", ["CIRCLE Framework"]),
        ("SEND", ["Additional support needs and inclusion"]),
        ("Higher maths", ["Senior phase pathways and qualifications", "Mathematics"]),
        # Nothing of these is a term.
        ("curriculum", []),
        ("send", []),
        ("circle time", []),
        ("higher attendance", ["Attendance"]),
        ("first step", []),
        ("idle hands", []),  # cut to the same stem as IDL
        ("lacing shoes", []),  # and LACE
        ("teams", []),
        ("snow on the playground", []),
        ("headteacher", []),
        ('"PEF" maths', ["Mathematics"]),  # a phrase is taken as it is typed
        ("title:PEF", []),
        ("-PEF maths", ["Mathematics"]),
        ("theme:pef maths", ["Mathematics"]),
        ("", []),
        ("!!!", []),
    ],
)
def test_what_is_known_becomes_chips(text, chips, read):
    assert [chip.label for chip in read(text).chips] == chips


def test_a_chip_tells_what_it_was_read_from_and_what_it_could_filter(read):
    told = [(chip.typed, chip.facet, chip.code) for chip in read("p5 Maths  in Fife, DHT").chips]
    assert told == [
        ("p5", "stage", "p5"),
        ("Maths", "area", "mathematics"),
        ("Fife", "authority", "fife"),
        ("DHT", "", ""),
    ]


def test_every_chip_that_could_filter_names_a_term(taxonomy, read):
    names = [name for _, term in taxonomy.all_terms() for name in (term.label, *term.aliases)]
    for name in names:
        for chip in read(name).chips:
            if chip.facet:
                held = taxonomy.vocabularies[BY_NAME[chip.facet].vocabulary]
                assert chip.code in held.by_code, name


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("PT", {"principal teacher", "physiotherapist", "part-time"}),
        ("pt", {"principal teacher", "physiotherapist", "part-time"}),
        ("SAC", {"Scottish Attainment Challenge", "South Ayrshire Council"}),
        ("SLT", {"speech and language therapy", "senior leadership team"}),
        ("ELC", {"early learning and childcare", "East Lothian Council"}),
        ("LA", {"local authority", "learning assistant"}),
        ("QI", {"quality indicator", "quality improvement"}),
        ("PBL", {"project-based learning", "problem-based learning"}),
        ("SEF", {"Strategic Equity Funding", "self-evaluation form"}),
    ],
)
def test_an_acronym_of_several_meanings_shows_them_all_and_searches_for_all(text, meanings, read):
    understood = read(text)
    (reading,) = understood.readings
    assert (reading.typed, set(reading.meanings)) == (text, meanings)
    assert understood.chips == ()
    (wanted,) = understood.plan.wanted
    assert {other.text for other in wanted.others if other.weight == 0.9} >= meanings


@pytest.mark.parametrize(
    "text",
    ["principal teacher", "South Ayrshire Council", "QI 2.3", "ELC to P1", "PEF", "la la la"],
)
def test_what_has_one_meaning_shows_no_readings(text, read):
    understood = read(text)
    assert [r.typed for r in understood.readings if r.typed.casefold() != "la"] == []


def test_a_reading_does_not_file_under_the_other(read):
    (wanted,) = read("South Ayrshire Council").plan.wanted
    assert {(c.facet, c.code) for c in wanted.concepts} == {("authority", "south-ayrshire")}


@pytest.mark.parametrize("plain", ["maths", "MATHS", "Maths "])
def test_a_chip_taken_off_leaves_its_words_as_typed(plain, read):
    understood = read("P5 maths", plain=(plain,))
    assert [chip.typed for chip in understood.chips] == ["P5"]
    maths = understood.plan.wanted[1]
    assert (maths.typed, maths.others, maths.concepts) == ("maths", (), ())


@pytest.mark.parametrize(
    "text", ["P5-P7", "pupil equity funding", "P7-S1", "Year 5", "SAC", "upper primary", "H&WB"]
)
def test_anything_understood_can_be_taken_off(text, read):
    before = read(text)
    told = (*before.chips, *before.questions, *before.readings)
    assert [one.typed for one in told] == [text]
    after = read(text, plain=(text,))
    assert (after.chips, after.questions, after.readings) == ((), (), ())
    (wanted,) = after.plan.wanted
    assert wanted.typed == text
    assert not wanted.concepts
    assert {other.weight for other in wanted.others} <= {1.0}  # only itself, run together


def test_the_words_of_a_term_of_several_say_little_one_by_one(read):
    (wanted,) = read("outdoor learning").plan.wanted
    assert [part.weight for part in wanted.parts] == [0.3, 0.3]
    assert wanted.whole.weight == 1.0
    (other,) = read("muddy puddles").plan.wanted[:1]
    assert [part.weight for part in other.parts] == [1.0]


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("Scottish Attainment Challenge", 1.0),  # its label
        ("SAC", 0.9),  # an acronym
        ("attainment challenge", 0.6),  # an alias
    ],
)
def test_a_term_counts_by_how_exactly_it_was_named(name, weight, read):
    concepts = [c for wanted in read(name).plan.wanted for c in wanted.concepts]
    assert {c.weight for c in concepts if c.code == "sac"} == {weight}


def test_a_new_alias_finds_what_is_filed_under_its_term_without_a_new_index():
    engines = []
    for aliases in ((), ("flumping",)):
        term = Term("wild-play", "Playing in the wild", aliases=aliases)
        taxonomy = Taxonomy({"themes": Vocabulary("themes", "Theme", (term,))})
        engines.append(MemoryEngine(taxonomy))
    document = a_document("woods", "A den", facets={"theme": ("wild-play",)})
    for engine in engines:
        engine.write([document])  # the very same document: nothing of the alias is in it
    assert [engine.search(a_query("flumping")).total for engine in engines] == [0, 1]


def test_a_chip_hides_nothing():
    term = Term("wild-play", "Wild play", aliases=("flumping",))
    engine = MemoryEngine(Taxonomy({"themes": Vocabulary("themes", "Theme", (term,))}))
    engine.write([a_document("filed", "A den", facets={"theme": ("wild-play",)})])
    engine.write([a_document("said", "Flumping", "flumping")])
    assert {hit.id for hit in engine.search(a_query("flumping")).hits} == {"filed", "said"}


@pytest.mark.parametrize("text", ODD_QUERIES, ids=range(len(ODD_QUERIES)))
def test_nothing_typed_is_an_error(text, read):
    understood = read(text)
    assert all(thing.parts for thing in understood.plan.wanted)


_TYPED = """P5 P7 S1 - / to and 7 year first Year 5 PEF SAC how do I work good nursery level second
ideas for maths "maths" -maths title:P5 SENDs , & ELC"""
_WORDS = st.lists(st.sampled_from(_TYPED.split()), max_size=16).map(" ".join)


@given(text=_WORDS)
def test_any_words_are_understood_and_what_is_told_stands_in_the_query(taxonomy, thesaurus, text):
    understood = understand(parse(text, taxonomy), thesaurus)
    for told in (*understood.chips, *understood.questions, *understood.readings):
        assert told.typed in text
    for thing in understood.plan.wanted:
        assert thing.parts
        assert all(other.phrase for other in thing.others)


def test_a_query_is_understood_alike_each_time(read):
    text = "P5 maths PEF SAC Year 5 pupil voice"
    assert dataclasses.asdict(read(text)) == dataclasses.asdict(read(text))


LONGEST = (
    "P5 to P7 outdoor learning ideas for reluctant writers with additional support needs in rural",
    "maths literacy numeracy reading writing attendance nurture behaviour feedback moderation "
    "assessment enquiry coaching leadership transitions play",
)


@pytest.mark.parametrize("text", LONGEST)
def test_sixteen_words_are_understood_within_a_millisecond(text, taxonomy, thesaurus):
    parsed = parse(text, taxonomy)
    times = timeit.repeat(lambda: understand(parsed, thesaurus), number=1, repeat=60)
    assert min(times) < 0.001  # seconds; the quickest, so that a busy machine does not fail it


@pytest.mark.parametrize("words", ["repeated reading", "an idea for maths", "tried once"])
def test_no_word_is_understood_as_how_far_something_was_tried(read, words):
    assert all(chip.facet != "evidence" for chip in read(words).chips)
