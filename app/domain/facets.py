"""The facets: one row for each way to narrow the library.

A new facet that is a list is one row here and one vocabulary in content/taxonomy/:
reading and writing files, the database's term rows, the index, the search page,
browse, the API and the checks all read this table. One with a single value also
needs a field in ResourceContent, a column in models/resources.py, and its line in
`codes_by_facet` (domain/resources.py). One that no author says is computed from records
(followers/documents.py); no word of a query is understood as its terms.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facet:
    """One way to narrow the library."""

    name: str  # in the URL, the API and the index: singular
    key: str  # in the front matter of a file: plural where it holds a list
    vocabulary: str  # the file in content/taxonomy/ that holds its terms; "" where it has none
    label: str  # what people read, singular
    plural: str
    is_list: bool = True  # a resource may have several
    is_filter: bool = True  # offered on the search page
    is_browsable: bool = False  # has browse pages of its own
    is_computed: bool = False  # follows from records: in no file, and no name to search by


FACETS: tuple[Facet, ...] = (
    Facet("kind", "kind", "kinds", "Kind", "Kinds", is_list=False),
    Facet("stage", "stages", "stages", "Stage", "Stages", is_browsable=True),
    Facet("area", "areas", "areas", "Curriculum area", "Curriculum areas", is_browsable=True),
    Facet("theme", "themes", "themes", "Theme", "Themes", is_browsable=True),
    Facet("sector", "sectors", "sectors", "Sector", "Sectors", is_browsable=True),
    Facet("region", "region", "regions", "Region", "Regions", is_list=False, is_browsable=True),
    Facet("authority", "authority", "authorities", "Authority", "Authorities", is_list=False),
    Facet("indicator", "indicators", "indicators", "Quality indicator", "Quality indicators"),
    Facet(
        "evidence", "", "evidence_grades", "Evidence", "Evidence", is_list=False, is_computed=True
    ),
    Facet("year", "", "", "Year", "Years", is_list=False),
    Facet("priority", "priorities", "priorities", "Priority", "Priorities", is_filter=False),
    Facet("type", "type", "learning_types", "Type", "Types", is_list=False, is_filter=False),
    Facet("standard", "standards", "standards", "Standard", "Standards", is_filter=False),
)

BY_NAME = {facet.name: facet for facet in FACETS}
FILTERS = tuple(facet for facet in FACETS if facet.is_filter)
BROWSABLE = tuple(facet for facet in FACETS if facet.is_browsable)

# What a file says as a list of terms, and so what a revision keeps as rows.
TERM_LISTS = tuple(facet for facet in FACETS if facet.is_list)
