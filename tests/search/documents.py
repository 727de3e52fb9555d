"""Small resources to search: each test says only what it is about."""

from datetime import date

from app.search.port import SearchDocument, SearchQuery

PUBLIC = frozenset({"public"})
STAFF = frozenset({"public", "staff"})
TAYSIDE = STAFF | {"region:tayside"}


def a_document(id: str, title: str = "A title", body: str = "", **values) -> SearchDocument:
    facets = {"kind": ("case-study",), "region": ("tayside",)} | values.pop("facets", {})
    given = {"slug": f"slug-{id}", "summary": "", "mark": "public", "fingerprint": f"of-{id}"}
    return SearchDocument(id=id, title=title, body=body, facets=facets, **(given | values))


def a_query(words: str = "", marks: frozenset[str] = PUBLIC, **values) -> SearchQuery:
    return SearchQuery(words=words, marks=marks, **values)


LIBRARY = (
    a_document(
        "talks",
        "Number talks in a composite class",
        "Ten minutes of numeracy every morning. Pupils explained their thinking aloud.",
        summary="Confidence in mental arithmetic grew.",
        facets={"stage": ("p5", "p6"), "area": ("mathematics",), "year": ("2025",)},
        tags=("number talks", "reasoning"),
        labels=("Mathematics", "P5", "P6"),
        school="Sample Primary School",
        published_on=date(2025, 3, 1),
        review_by=date(2027, 3, 1),
    ),
    a_document(
        "equity",
        "Breakfast before the bell",
        "Pupil Equity Funding paid for a breakfast. Attendance of learners rose by a little.",
        facets={"region": ("south-east",), "stage": ("p5",), "year": ("2026",)},
        tries=1,
        published_on=date(2026, 1, 10),
        review_by=date(2026, 12, 1),
    ),
    a_document(
        "pef",
        "How we spent our PEF",
        "A nurture room, and a home link worker with additional support needs in mind.",
        facets={"region": ("south-east",), "stage": ("s1",), "year": ("2024",)},
        tries=11,
        published_on=date(2024, 6, 1),
    ),
    a_document(
        "gaelic",
        "Gàidhlig aig an taigh",
        "Families spoke Gàidhlig together at home. The children's voices were recorded.",
        facets={"region": ("northern-alliance",), "year": ("2026",)},
        language="gd",
        labels=("Gaelic education",),
        published_on=date(2026, 5, 5),
        review_by=date(2028, 1, 1),
    ),
    a_document(
        "staff",
        "Zeppelin moderation",
        "A zeppelin was moderated. Numeracy too.",
        mark="staff",
        tags=("zeppelins",),
        school="Zeppelin Academy",
    ),
    a_document(
        "region",
        "Quokka attendance",
        "Quokkas came to school every day, and numeracy was moderated.",
        mark="region:tayside",
        labels=("Quokka studies",),
    ),
)
