"""Every door × everybody × things at every distance: each answers as the matrix says.

A new route needs one row in matrix_pages.py or matrix_api.py: its action, what it is about, and,
where an empty form or body would not do, a small one that would. What is expected follows from
app/domain/permissions.py.
"""

import pytest

from app.domain.audience import may_read
from app.domain.permissions import Action, allows
from tests.architecture.matrix_api import API
from tests.architecture.matrix_pages import PAGES
from tests.architecture.matrix_row import (
    ACCOUNT,
    ADOPTION,
    CHANGE,
    COLLECTION,
    CONCERN,
    DRAFT,
    LINK,
    PERSON,
    RESOURCE,
    TAG,
    About,
)
from tests.world import a_world

SHUT = {401, 403, 404}
IN = "let in"


TABLE = {**PAGES, **API}


def _routes(app):
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            methods = rule.methods - {"HEAD", "OPTIONS"}
            found[rule.endpoint] = found.get(rule.endpoint, set()) | methods
    return found


def test_every_route_stands_in_the_table(app):
    routes = _routes(app)
    assert sorted(set(routes) - set(TABLE)) == [], "add a row for each to TABLE"
    assert sorted(set(TABLE) - set(routes)) == [], "these rows have no route"


def test_each_row_says_what_its_route_takes_and_how_it_is_guarded(app):
    routes = _routes(app)
    wrong = {
        endpoint: (row.methods, row.action)
        for endpoint, row in TABLE.items()
        if endpoint in routes
        and (set(row.methods), row.action)
        != (routes[endpoint], app.view_functions[endpoint].action)
    }
    assert wrong == {}


@pytest.fixture(scope="module")
def world(app, engine):
    with a_world(app, engine) as made:
        yield made


def _things(world, asker, actor, row):
    """The things that a route is asked for by one person.

    Whom the guard keeps out, whatever it is about, asks for the nearest and the farthest.
    """
    things = _all_things(world, asker, row)
    return things if allows(actor, row.action) else things[:: max(len(things) - 1, 1)]


def _all_things(world, asker, row):
    """Everything of a sort that there is, the asker's own first."""
    things = {
        DRAFT: (*asker.drafts, *world.drafts),
        RESOURCE: (*_own(asker.resource), *world.resources),
        CONCERN: (*_own(asker.resource), *world.resources),
        COLLECTION: (*asker.collections, *world.collections),
        ACCOUNT: (*_own(asker.rows), world.rows),
        ADOPTION: (*_own(asker.adoption), *world.adoptions),
        TAG: world.tags,
        CHANGE: world.tag_changes,
        PERSON: world.people,
    }
    return things.get(row.about, (None,))


def _own(thing):
    return (thing,) if thing else ()


def _is_hidden(actor, row, thing, asker):
    """Say whether the thing is as if it were not there, for this actor."""
    match row.about:
        case About.ACCOUNT:
            return thing is not asker.rows
        case About.PERSON | About.ADOPTION | About.CHANGE | About.CONCERN:
            return not allows(actor, row.action, thing.place)
        case About.RESOURCE | About.TAG:
            return not may_read(actor, thing.audience, thing.place.region)
        case About.COLLECTION:
            is_read = thing.audience and may_read(actor, thing.audience, thing.place.region)
            return not (is_read or allows(actor, Action.COLLECT, thing.place))
        case About.DRAFT:
            return not allows(actor, Action.READ_DRAFT, thing.place)
    return False


def _expected(actor, row, thing, asker):
    """What the matrix says: “let in”, or the status of the refusal."""
    if not allows(actor, row.action):
        return 403
    if _is_hidden(actor, row, thing, asker):
        return 404
    is_read_only = row.is_sight_enough or row.action is Action.READ_PUBLIC
    if row.about in (DRAFT, RESOURCE, COLLECTION, TAG) and not is_read_only:
        deeds = row.deeds or (row.action,)
        is_theirs = not row.only_own or actor.id in thing.place.owner_ids
        if not is_theirs or not any(allows(actor, deed, thing.place) for deed in deeds):
            return 403
    return IN


def _ask(world, endpoint, method, row, thing, asker):
    """Ask at the door, and say “let in” or the status of the refusal."""
    is_api = endpoint.startswith("api.")
    named = {**(thing.values if thing else {}), **row.values}
    with world.app.test_request_context():
        arguments = world.app.url_map._rules_by_endpoint[endpoint][0].arguments
        known = {name: named.get(name, "nothing") for name in arguments}
        path = world.app.url_for(endpoint, **known)
    answer = world.ask(
        method,
        path + row.query,
        headers=asker.token if is_api else asker.headers,
        data=None if is_api or method == "GET" else row.send,
        json=row.send if is_api and method != "GET" else None,
    )
    assert answer.status_code < 500, (path, answer.status_code)
    return answer.status_code if answer.status_code in SHUT else IN


@pytest.mark.parametrize(
    ("endpoint", "method"),
    [(endpoint, method) for endpoint, row in TABLE.items() for method in row.methods],
)
def test_each_cell_is_as_the_matrix_says(world, endpoint, method):
    row, wrong = TABLE[endpoint], []
    for asker in world.askers:
        actor = asker.by_token if endpoint.startswith("api.") else asker.actor
        for thing in _things(world, asker, actor, row):
            expected = _expected(actor, row, thing, asker)
            found = _ask(world, endpoint, method, row, thing, asker)
            if row.about is LINK and found == 404:
                found = IN  # there is no such letter
            if found == 401 and actor.id is None:
                found = 403  # told to sign in
            if found != expected:
                wrong.append((actor.role.label, thing and thing.name, found, expected))
    assert wrong == [], "who, about what, what came, what the matrix says"
