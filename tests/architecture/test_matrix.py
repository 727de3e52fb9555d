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
    ADOPTION = auto()  # that somebody's school tried something
    TAG = auto()  # a tag, which stands in one region
    CHANGE = auto()  # of a tag, by which it is undone
    PERSON = auto()  # somebody else's account, or an invitation to their place
    CONCERN = auto()  # a report about something that stands on a resource


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
NOTHING, LINK, DRAFT, RESOURCE, COLLECTION, ACCOUNT, ADOPTION, TAG, CHANGE, PERSON, CONCERN = About
LOOK = (Action.READ_DRAFT,)  # an empty form is only drawn again, for whoever may see it
NO_DAYS = {"days": "none"}  # the form is drawn again; who may make a link is told in the services
READS = (Action.READ_PUBLIC,)  # who may read it may keep it
EITHER = (Action.WRITE_DRAFT, Action.REVIEW)
WHY = {"reason": "It was found to be of no use any more."}
WORDS = {"words": "Which stage was it?"}
ANYTHING = (Action.READ_PUBLIC,)  # whatever may be read, wherever it is
TRY = {"stages": ["p5"], "tried_on": "2026-09", "outcome": "worked", "would_repeat": True}
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
    "tags.index": Row(Action.SEARCH),
    "tags.show": Row(Action.SEARCH, TAG),
    "tags.on_resource": Row(Action.TAG, RESOURCE, BOTH, send={"tags": "rain"}),
    "tags.take_off": Row(Action.UNTAG, RESOURCE, POST, values={"slug": "put-on"}),
    "tags.edit": Row(Action.KEEP_TAGS, TAG, BOTH, send={"step": "retire", "confirmed": "yes"}),
    "tags.change_log": Row(Action.KEEP_TAGS),
    "tags.undo": Row(Action.KEEP_TAGS, CHANGE, POST),
    # Terms
    "terms.index": Row(Action.KEEP_TERMS),
    "terms.show": Row(Action.KEEP_TERMS, values={"vocabulary": "themes"}),
    "terms.new": Row(Action.KEEP_TERMS, NOTHING, BOTH, values={"vocabulary": "themes"}),
    "terms.edit": Row(
        Action.KEEP_TERMS, NOTHING, BOTH, values={"vocabulary": "themes", "code": "pef"}
    ),
    "terms.changes": Row(Action.KEEP_TERMS),
    "terms.undo": Row(Action.KEEP_TERMS, LINK, BOTH, values={"change_id": 1}),
    # Collections
    "collections.index": Row(Action.READ_PUBLIC),
    "collections.show": Row(Action.READ_PUBLIC, COLLECTION),
    "collections.download": Row(Action.READ_PUBLIC, COLLECTION),
    "collections.audience": Row(Action.READ_PUBLIC, COLLECTION),
    "collections.cover": Row(Action.READ_PUBLIC, COLLECTION),
    "collections.new": Row(Action.COLLECT, NOTHING, BOTH),
    "collections.edit": Row(Action.COLLECT, COLLECTION),
    "collections.arrange": Row(Action.COLLECT, COLLECTION, POST),
    "collections.details": Row(Action.COLLECT, COLLECTION, BOTH),
    "collections.set_cover": Row(Action.COLLECT, COLLECTION, POST),
    "collections.remove_cover": Row(Action.COLLECT, COLLECTION, POST),
    "collections.curators": Row(Action.COLLECT, COLLECTION, BOTH),
    "collections.remove_curator": Row(Action.COLLECT, COLLECTION, POST),
    "collections.delete": Row(Action.COLLECT, COLLECTION, BOTH),
    "collections.versions": Row(Action.COLLECT, COLLECTION),
    "collections.version": Row(Action.COLLECT, COLLECTION),
    "collections.restore": Row(Action.COLLECT, COLLECTION, POST),
    "collections.publish": Row(Action.PUBLISH_COLLECTION, COLLECTION, BOTH),
    "collections.take_back": Row(Action.PUBLISH_COLLECTION, COLLECTION, POST),
    "collections.add": Row(Action.COLLECT, RESOURCE, BOTH, is_sight_enough=True),
    "collections.add_several": Row(Action.COLLECT, NOTHING, BOTH),
    # Packs
    "packs.show": Row(Action.READ_PUBLIC, COLLECTION),
    "packs.print_pages": Row(Action.READ_PUBLIC, COLLECTION),
    "packs.pdf": Row(Action.TAKE_PACK, COLLECTION, is_sight_enough=True, query="?start=no+time"),
    "packs.word": Row(Action.TAKE_PACK, COLLECTION, is_sight_enough=True),
    "packs.offline": Row(Action.TAKE_PACK, COLLECTION, is_sight_enough=True),
    # Shares
    "shares.show": Row(Action.READ_PUBLIC, RESOURCE),
    "shares.send": Row(Action.SHARE, RESOURCE, POST, is_sight_enough=True),
    "shares.make_link": Row(Action.SHARE, RESOURCE, POST, is_sight_enough=True, send=NO_DAYS),
    "shares.qr": Row(Action.READ_PUBLIC, RESOURCE, values={"kind": "svg"}),
    "shares.show_collection": Row(Action.READ_PUBLIC, COLLECTION),
    "shares.send_collection": Row(Action.SHARE, COLLECTION, POST, is_sight_enough=True),
    "shares.make_collection_link": Row(
        Action.SHARE, COLLECTION, POST, is_sight_enough=True, send=NO_DAYS
    ),
    "shares.collection_qr": Row(Action.READ_PUBLIC, COLLECTION, values={"kind": "svg"}),
    "shares.index": Row(Action.SHARE),
    "shares.sent": Row(Action.SHARE),
    "shares.one": Row(Action.SHARE, ACCOUNT),
    "shares.take_back": Row(Action.SHARE, ACCOUNT, POST),
    "shares.revoke_link": Row(Action.SHARE, ACCOUNT, POST),
    "shares.groups": Row(Action.SHARE, NOTHING, BOTH),
    "shares.group": Row(Action.SHARE, ACCOUNT, BOTH),
    "shares.change_group": Row(Action.SHARE, ACCOUNT, POST),
    "shares.knock": Row(Action.SEARCH, LINK),
    "shares.enter": Row(Action.SEARCH, LINK, POST),
    "shares.opened": Row(Action.SEARCH, LINK, values={"link_id": 1}),
    "shares.opened_item": Row(Action.SEARCH, LINK, values={"link_id": 1}),
    "shares.opened_picture": Row(Action.SEARCH, LINK, values={"link_id": 1}),
    "shares.opened_attachment": Row(Action.SEARCH, LINK, values={"link_id": 1}),
    # Follows
    "follows.index": Row(Action.FOLLOW),
    "follows.choose": Row(Action.FOLLOW, NOTHING, POST),
    "follows.create": Row(Action.FOLLOW, NOTHING, POST, send={"kind": "theme", "key": "numeracy"}),
    "follows.delete": Row(Action.FOLLOW, ACCOUNT, POST),
    "follows.save": Row(Action.FOLLOW, RESOURCE, POST, deeds=READS),
    "follows.save_collection": Row(Action.FOLLOW, COLLECTION, POST, is_sight_enough=True),
    "follows.unsave": Row(Action.FOLLOW, NOTHING, POST),
    "follows.clear_history": Row(Action.FOLLOW, NOTHING, POST),
    "follows.switch_history": Row(Action.FOLLOW, NOTHING, POST),
    "follows.stop": Row(Action.SIGN_IN, LINK),
    "follows.stop_now": Row(Action.SIGN_IN, LINK, POST),
    "follows.newest_feed": Row(Action.SEARCH),
    "follows.feed": Row(Action.SEARCH, values={"kind": "region", "key": "tayside"}),
    "follows.search_feed": Row(Action.SEARCH),
    # Adoptions
    "adoptions.index": Row(Action.ADOPT),
    "adoptions.on_resource": Row(Action.READ_PUBLIC, RESOURCE),
    "adoptions.new": Row(Action.ADOPT, RESOURCE, BOTH, deeds=ANYTHING),
    "adoptions.edit": Row(Action.CHANGE_ADOPTION, ADOPTION, BOTH),
    "adoptions.delete": Row(Action.CHANGE_ADOPTION, ADOPTION, BOTH),
    "adoptions.evaluate": Row(Action.REVIEW, RESOURCE, BOTH),
    "adoptions.remove_evaluation": Row(Action.REVIEW, RESOURCE, BOTH),
    # Lineages
    "lineages.new": Row(Action.WRITE_DRAFT, RESOURCE, BOTH, deeds=(Action.READ_PUBLIC,)),
    "lineages.compare": Row(Action.READ_PUBLIC, RESOURCE),
    "lineages.compare_draft": Row(Action.READ_DRAFT, DRAFT),
    # Questions
    "questions.index": Row(Action.ANSWER),
    "questions.on_resource": Row(Action.READ_PUBLIC, RESOURCE),
    "questions.new": Row(Action.ASK, RESOURCE, BOTH),
    "questions.answer": Row(Action.ANSWER, RESOURCE, BOTH),
    "questions.accept": Row(Action.ASK, RESOURCE, POST, only_own=True),
    # Concerns
    "concerns.new": Row(Action.RAISE_CONCERN, NOTHING, BOTH),
    "concerns.index": Row(Action.MODERATE),
    "concerns.show": Row(Action.MODERATE, CONCERN, BOTH),
    "concerns.show_again": Row(Action.MODERATE, CONCERN, POST),
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
    "api.tags": Row(Action.SEARCH),
    "api.tag": Row(Action.SEARCH, TAG),
    "api.put_tags_on": Row(Action.TAG, RESOURCE, POST, send={"tags": ["rain"]}),
    "api.take_tag_off": Row(Action.UNTAG, RESOURCE, ("DELETE",), values={"slug": "put-on"}),
    "api.merge_tag": Row(Action.KEEP_TAGS, TAG, POST, send={"into": "everywhere"}),
    "api.rename_tag": Row(Action.KEEP_TAGS, TAG, POST, send={"label": "Quite another"}),
    "api.retire_tag": Row(Action.KEEP_TAGS, TAG, POST),
    "api.tag_changes": Row(Action.KEEP_TAGS),
    "api.undo_tag_change": Row(Action.KEEP_TAGS, CHANGE, POST),
    # The API of collections
    "api.collections": Row(Action.READ_PUBLIC),
    "api.begin_collection": Row(Action.COLLECT, NOTHING, POST, send={"title": "Ours"}),
    "api.collection": Row(Action.READ_PUBLIC, COLLECTION),
    "api.change_collection": Row(
        Action.COLLECT, COLLECTION, ("PATCH",), send={"version": 1, "fields": {}}
    ),
    "api.put_item": Row(Action.COLLECT, COLLECTION, ("PUT",), send={"note": "Read it."}),
    "api.remove_item": Row(Action.COLLECT, COLLECTION, ("DELETE",)),
    "api.publish_collection": Row(Action.PUBLISH_COLLECTION, COLLECTION, POST),
    "api.take_back_collection": Row(Action.PUBLISH_COLLECTION, COLLECTION, POST),
    # The API of shares
    "api.shares": Row(Action.SHARE),
    "api.share": Row(Action.SHARE, NOTHING, POST),
    "api.take_back_share": Row(Action.SHARE, ACCOUNT, ("DELETE",)),
    "api.links": Row(Action.SHARE),
    "api.make_link": Row(Action.SHARE, NOTHING, POST),
    "api.revoke_link": Row(Action.SHARE, ACCOUNT, ("DELETE",)),
    # The API of follows
    "api.follows": Row(Action.FOLLOW),
    "api.follow": Row(Action.FOLLOW, NOTHING, POST, send={"kind": "theme", "key": "numeracy"}),
    "api.unfollow": Row(Action.FOLLOW, ACCOUNT, ("DELETE",)),
    "api.saved": Row(Action.FOLLOW),
    "api.save": Row(Action.FOLLOW, RESOURCE, ("PUT",), deeds=READS),
    "api.unsave": Row(Action.FOLLOW, NOTHING, ("DELETE",)),
    # The API of adoptions
    "api.adoptions": Row(Action.READ_PUBLIC, RESOURCE),
    "api.adopt": Row(Action.ADOPT, RESOURCE, POST, deeds=ANYTHING, send=TRY),
    "api.adoption": Row(Action.CHANGE_ADOPTION, ADOPTION),
    "api.change_adoption": Row(Action.CHANGE_ADOPTION, ADOPTION, ("PATCH",)),
    "api.delete_adoption": Row(Action.CHANGE_ADOPTION, ADOPTION, ("DELETE",)),
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
