"""Searching on someone's behalf: what is added to what they asked."""

import pytest

from app.domain.people import VISITOR, Actor, Role
from app.search.port import SearchQuery
from app.services import search as service
from tests.fake_search import FakeSearch

LEAD = Actor(Role.REGIONAL_LEAD, id=1, region="tayside")


@pytest.mark.parametrize(
    ("actor", "asked_home", "home"),
    [
        (VISITOR, "", ""),
        (VISITOR, "south-east", "south-east"),
        (LEAD, "", "tayside"),
        (LEAD, "south-east", "south-east"),
    ],
)
def test_home_is_where_the_person_says_or_else_their_own_region(taxonomy, actor, asked_home, home):
    engine = FakeSearch()
    service.find(engine, taxonomy, actor, SearchQuery(home=asked_home))
    assert engine.asked[0].home == home


def test_saying_where_one_works_opens_nothing(taxonomy):
    engine = FakeSearch()
    service.find(engine, taxonomy, VISITOR, SearchQuery(home="tayside"))
    assert engine.asked[0].marks == {"public"}
