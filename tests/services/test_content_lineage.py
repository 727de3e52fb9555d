"""A file says what it was built on, and the library knows it."""

import pytest

from app.db import reading, unit_of_work
from app.domain.people import OPERATOR
from app.models.lineages import Lineage
from app.models.resources import Resource
from app.services.content.load_files import begin, read_file, rules_for
from app.services.content.loading import take_in
from tests.content_app import IDS, TAXONOMY, a_file

PARENT, CHILD = IDS[:2]
LINE = "Built on “Peat”, version 1, CC BY 4.0"


@pytest.fixture
def load(library):
    def take():
        rules = rules_for(TAXONOMY, {}, (), 2)
        run = begin(library.folder / "files", library.content_dir, rules, 1)
        for path in run.tree.files:
            with unit_of_work() as session:
                take_in(session, OPERATOR, run, read_file(path, rules))

    return take


def test_what_a_file_was_built_on_is_known_until_it_says_so_no_more(library, load):
    child = {"id": CHILD, "title": "Moss"}
    library.put("files/a.md", a_file(**child, adapted_from=PARENT.lower(), attribution=LINE))
    library.put("files/b.md", a_file(id=PARENT, title="Peat"))
    load()
    with reading() as session:
        lineage = session.get(Lineage, CHILD)
        assert (lineage.parent_id, lineage.parent_number) == (PARENT, 0), "it came first"
        revision = session.get(Resource, CHILD).published
        assert (revision.adapted_from, revision.attribution) == (PARENT, LINE)
    library.put("files/a.md", a_file(**child))
    load()
    with reading() as session:
        assert session.get(Lineage, CHILD) is None


def test_an_id_that_is_none_is_refused(library, load):
    library.put("files/a.md", a_file(id=CHILD, adapted_from="peat"))
    load()
    with reading() as session:
        assert session.get(Resource, CHILD) is None
