"""Every door × everybody × things at every distance: each answers as the matrix says.

A new route needs one row in TABLE: its action, what it is about, and, where an empty form or body
would not do, a small one that would. What is expected follows from app/domain/permissions.py.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

import pytest

from app.domain.audience import may_read
from app.domain.permissions import Action, allows
from tests.world import a_world

SHUT = {401, 403, 404}
IN = "let in"


class About(Enum):
    """What a route is about: which things its address can name."""

    NOTHING = auto()  # the same for everybody whom the guard lets in
    LINK = auto()  # a secret link: the link is the right, and these tests have none
    DRAFT = auto()  # a revision as those who write and judge it see it
    RESOURCE = auto()  # something published
    COLLECTION = auto()  # a collection, private or published
    ACCOUNT = auto()  # a row of one's own account
    PERSON = auto()  # somebody else's account, or an invitation to their place


@dataclass(frozen=True)
class Row:
    """One route: the action of its guard, and what it is about."""

    action: Action
    about: About = About.NOTHING
    methods: tuple[str, ...] = ("GET",)
    deeds: tuple[Action, ...] = ()  # any of them must reach the thing; none: the guard's
    is_sight_enough: bool = False  # who may read the thing may do the deed
    only_own: bool = False  # even within the reach of the deed
    values: dict = field(default_factory=dict)  # what else stands in its address
    query: str = ""  # of its address; one that only draws a form again spares what takes long
    send: dict = field(default_factory=dict)  # a form or body that is looked at at all


GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")
NOTHING, LINK, DRAFT, RESOURCE, COLLECTION, ACCOUNT, PERSON = About
LOOK = (Action.READ_DRAFT,)  # an empty form is only drawn again, for whoever may see it
EITHER = (Action.WRITE_DRAFT, Action.REVIEW)
WHY = {"reason": "It was found to be of no use any more."}
WORDS = {"words": "Which stage was it?"}
CHOICE = {
    "comment": "It says what changed, and how.",
    "seen_version": 1,
    "marks": dict.fromkeys(("clarity", "evidence", "transferability", "inclusion", "privacy"), 3),
}

TABLE = {
    # The pages that are for everybody
    "home.index": Row(Action.SEARCH),
    "search.index": Row(Action.SEARCH),
    "search.suggestions": Row(Action.SEARCH),
    "browse.index": Row(Action.SEARCH),
    "browse.facet": Row(Action.SEARCH, values={"name": "stage"}),
    "browse.term": Row(Action.SEARCH, values={"name": "stage", "code": "p5"}),
    "help.index": Row(Action.SEARCH),
    "help.show": Row(Action.SEARCH, values={"name": "searching"}),
    "about.index": Row(Action.SEARCH),
    "about.accessibility": Row(Action.SEARCH),
    "about.privacy": Row(Action.SEARCH),
    # Resources
    "resources.show": Row(Action.READ_PUBLIC, RESOURCE),
    "resources.download": Row(Action.READ_PUBLIC, RESOURCE),
    "resources.picture": Row(Action.READ_PUBLIC, RESOURCE),
    "versions.index": Row(Action.READ_PUBLIC, RESOURCE),
    "versions.show": Row(Action.READ_PUBLIC, RESOURCE),
    "versions.compare": Row(Action.READ_PUBLIC, RESOURCE),
    # Writing
    "submissions.index": Row(Action.WRITE_DRAFT),
    "submissions.new": Row(Action.WRITE_DRAFT, NOTHING, BOTH),
    "submissions.start_from": Row(Action.WRITE_DRAFT, RESOURCE, POST),
    "submissions.show": Row(Action.READ_DRAFT, DRAFT),
    "submissions.edit": Row(Action.WRITE_DRAFT, DRAFT),
    "submissions.update": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submissions.save": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submissions.preview": Row(Action.WRITE_DRAFT, DRAFT, BOTH, deeds=LOOK),
    "submissions.offer": Row(Action.OFFER, DRAFT, POST),
    "submissions.submit": Row(Action.SUBMIT, DRAFT, POST),
    "submissions.discard": Row(Action.WRITE_DRAFT, DRAFT, BOTH, only_own=True),
    "resources.attachment": Row(Action.READ_PUBLIC, RESOURCE),
    "submission_files.start_from_file": Row(Action.WRITE_DRAFT),
    "submission_files.take_in": Row(Action.WRITE_DRAFT, NOTHING, POST),
    "submission_files.take_in_more": Row(Action.WRITE_DRAFT, DRAFT, POST, deeds=LOOK),
    "submission_files.taken_in": Row(Action.READ_DRAFT, DRAFT),
    "submission_files.put_pieces": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.original": Row(Action.READ_DRAFT, DRAFT),
    "submission_files.files": Row(Action.READ_DRAFT, DRAFT),
    "submission_files.add_picture": Row(Action.WRITE_DRAFT, DRAFT, POST, deeds=LOOK),
    "submission_files.describe_picture": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.remove_picture": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.picture": Row(Action.READ_DRAFT, DRAFT),
    "submission_files.add_attachment": Row(Action.WRITE_DRAFT, DRAFT, POST, deeds=LOOK),
    "submission_files.move_attachment": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.remove_attachment": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.attachment": Row(Action.READ_DRAFT, DRAFT),
    "submission_files.privacy": Row(Action.READ_DRAFT, DRAFT),
    "submission_files.keep_words": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.ask_again": Row(Action.WRITE_DRAFT, DRAFT, POST),
    "submission_files.replace_words": Row(Action.WRITE_DRAFT, DRAFT, POST),
    # Reviewing
    "reviews.index": Row(Action.REVIEW),
    "reviews.show": Row(Action.REVIEW, DRAFT),
    "reviews.decide": Row(Action.REVIEW, DRAFT, POST),
    "reviews.publish": Row(Action.REVIEW, DRAFT, BOTH),
    "reviews.unschedule": Row(Action.REVIEW, DRAFT, POST),
    "reviews.assign": Row(Action.REVIEW, DRAFT, POST),
    "reviews.comment": Row(Action.REVIEW, DRAFT, POST),
    "reviews.answer": Row(
        Action.READ_DRAFT, DRAFT, POST, deeds=(Action.WRITE_DRAFT, Action.REVIEW), send=WORDS
    ),
    "reviews.resolve": Row(
        Action.READ_DRAFT, DRAFT, POST, deeds=(Action.WRITE_DRAFT, Action.REVIEW)
    ),
    "reviews.withdraw": Row(Action.WITHDRAW, RESOURCE, BOTH),
    "reviews.restore": Row(Action.WITHDRAW, RESOURCE, BOTH),
    # One's own account
    "notifications.index": Row(Action.HAVE_ACCOUNT),
    "notifications.open_one": Row(Action.HAVE_ACCOUNT, ACCOUNT, POST),
    "notifications.mark_read": Row(Action.HAVE_ACCOUNT, NOTHING, POST),
    "notifications.settings": Row(Action.HAVE_ACCOUNT, NOTHING, BOTH),
    "notifications.stop": Row(Action.SIGN_IN, LINK),
    "notifications.stop_now": Row(Action.SIGN_IN, LINK, POST),
    "tokens.index": Row(Action.HAVE_ACCOUNT),
    "tokens.create": Row(Action.HAVE_ACCOUNT, NOTHING, POST),
    "tokens.revoke": Row(Action.HAVE_ACCOUNT, ACCOUNT, POST),
    "audit.index": Row(Action.READ_AUDIT),
    # Signing in
    "account.sign_in": Row(Action.SIGN_IN, NOTHING, BOTH),
    "account.sign_out": Row(Action.SIGN_IN, NOTHING, POST),
    "account.forgotten": Row(Action.SIGN_IN, NOTHING, BOTH),
    "account.reset": Row(Action.SIGN_IN, LINK, BOTH),
    "account.invitation": Row(Action.SIGN_IN, LINK, BOTH),
    "account.show": Row(Action.HAVE_ACCOUNT),
    "account.password": Row(Action.HAVE_ACCOUNT, NOTHING, BOTH),
    "account.devices": Row(Action.HAVE_ACCOUNT),
    "account.end_device": Row(Action.HAVE_ACCOUNT, ACCOUNT, POST),
    "account.end_all_devices": Row(Action.HAVE_ACCOUNT, NOTHING, POST),
    "demo.sign_in": Row(Action.SIGN_IN, LINK, POST),
    "resources.audience": Row(Action.READ_PUBLIC, RESOURCE),
    # Everybody's accounts
    "people.index": Row(Action.INVITE),
    "people.invite": Row(Action.INVITE, NOTHING, BOTH),
    "people.show": Row(Action.INVITE, PERSON),
    "people.revoke": Row(Action.INVITE, PERSON, POST),
    "people.grant": Row(Action.KEEP_ACCOUNTS, PERSON, BOTH),
    "people.end_role": Row(Action.KEEP_ACCOUNTS, PERSON, POST),
    "people.disable": Row(Action.KEEP_ACCOUNTS, PERSON, POST),
    "people.enable": Row(Action.KEEP_ACCOUNTS, PERSON, POST),
    "people.schools": Row(Action.KEEP_ACCOUNTS),
    # Tags
    # Terms
    # Collections
    # Packs
    "packs.show": Row(Action.READ_PUBLIC, COLLECTION),
    "packs.print_pages": Row(Action.READ_PUBLIC, COLLECTION),
    "packs.pdf": Row(Action.TAKE_PACK, COLLECTION, is_sight_enough=True, query="?start=no+time"),
    "packs.word": Row(Action.TAKE_PACK, COLLECTION, is_sight_enough=True),
    "packs.offline": Row(Action.TAKE_PACK, COLLECTION, is_sight_enough=True),
    # Shares
    # Follows
    # Adoptions
    # Lineages
    # Questions
    # Concerns
    # The API
    "api.search": Row(Action.SEARCH),
    "api.taxonomy": Row(Action.SEARCH),
    "api.openapi": Row(Action.SEARCH),
    "api.health": Row(Action.SEARCH),
    "api.me": Row(Action.SEARCH),
    "api.resource": Row(Action.READ_PUBLIC, RESOURCE),
    "api.submissions": Row(Action.WRITE_DRAFT),
    "api.start": Row(Action.WRITE_DRAFT, NOTHING, POST, send={"kind": "case-study"}),
    "api.submission": Row(Action.READ_DRAFT, DRAFT),
    "api.change": Row(Action.WRITE_DRAFT, DRAFT, ("PATCH",), send={"version": 1, "fields": {}}),
    "api.discard": Row(Action.WRITE_DRAFT, DRAFT, ("DELETE",), only_own=True),
    "api.offer": Row(Action.OFFER, DRAFT, POST),
    "api.submit": Row(Action.SUBMIT, DRAFT, POST),
    "api.reviews": Row(Action.REVIEW),
    "api.review": Row(Action.REVIEW, DRAFT),
    "api.comment": Row(Action.REVIEW, DRAFT, POST, send=WORDS),
    "api.resolve": Row(Action.REVIEW, DRAFT, POST),
    "api.approve": Row(Action.REVIEW, DRAFT, POST, send=CHOICE),
    "api.ask_for_changes": Row(Action.REVIEW, DRAFT, POST, send=CHOICE),
    "api.decline": Row(Action.REVIEW, DRAFT, POST, send=CHOICE),
    "api.publish": Row(Action.REVIEW, DRAFT, POST, send={"publish_at": None}),
    "api.withdraw": Row(Action.WITHDRAW, RESOURCE, POST, send=WHY),
    "api.restore": Row(Action.WITHDRAW, RESOURCE, POST, send=WHY),
    # The API of tags
    # The API of collections
    # The API of shares
    # The API of follows
    # The API of adoptions
}


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
    if row.about is DRAFT:
        return (*asker.drafts, *world.drafts)
    if row.about is RESOURCE:
        own = (asker.resource,) if asker.resource else ()
        return (*own, *world.resources)
    if row.about is COLLECTION:
        return (*asker.collections, *world.collections)
    if row.about is PERSON:
        return world.people
    if row.about is ACCOUNT:
        return (asker.rows, world.rows) if asker.rows else (world.rows,)
    return (None,)


def _is_hidden(actor, row, thing, asker):
    """Say whether the thing is as if it were not there, for this actor."""
    match row.about:
        case About.ACCOUNT:
            return thing is not asker.rows
        case About.PERSON:
            return not allows(actor, row.action, thing.place)
        case About.RESOURCE:
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
    if row.about in (DRAFT, RESOURCE, COLLECTION) and not is_read_only:
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
