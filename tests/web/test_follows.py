"""Following, saving and looking back: buttons, My page, the way to stop, and the feeds."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.follows import FollowKind, Rhythm
from app.domain.people import Role
from app.domain.workflow import State
from app.formats.signed_links import Purpose, make_link_token
from app.models.follows import DigestChoice, Follow, Reading, Saved
from app.services.follows import following, saving
from tests.builders import a_collection, a_person, a_resource, a_school, actor_for

LONG = "q=" + "w" * 300 + "".join(f"&theme=theme-{number}" for number in range(20))
TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def resource(session):
    return a_resource(session, terms={"theme": ("numeracy",)}, authority="angus", tags=("Talks",))


def follow(session, taxonomy, person, kind, key):
    return following.follow(session, actor_for(person), taxonomy, FollowKind(kind), key)


def test_a_theme_is_followed_from_its_page_and_left_again(session, as_person, teacher):
    client, page = as_person(teacher), "/browse/theme/numeracy"
    assert "Follow Numeracy" in client.get(page).text
    answer = client.send("/follows", {"kind": "theme", "key": "numeracy", "back": page}, page=page)
    assert (answer.status_code, answer.location) == (303, page)
    shown = client.get(page).text
    assert "Stop following Numeracy" in shown
    held = session.query(Follow).one()
    client.send(f"/follows/{held.id}/delete", {"back": page}, page=page)
    assert session.query(Follow).count() == 0


def test_a_search_is_followed_with_its_filters(session, as_person, teacher, index_now):
    client, page = as_person(teacher), "/search?q=number+talks&stage=p5&sort=newest&page=1"
    shown = client.get(page).text
    assert "Follow this search" in shown
    sent = {"kind": "search", "key": "q=number+talks&stage=p5&sort=newest", "back": page}
    client.send("/follows", sent, page=page)
    held = session.query(Follow).one()
    assert (held.key, held.label) == ("q=number+talks&stage=p5", "“number talks”, P5")
    assert "Stop following this search" in client.get(page).text


def test_a_search_for_nothing_offers_no_button(as_person, teacher, index_now):
    assert "Follow this search" not in as_person(teacher).get("/search").text


def test_a_visitor_is_offered_the_feed_alone(client):
    shown = client.get("/browse/theme/numeracy").text
    assert "Follow Numeracy" not in shown
    assert "/feeds/theme/numeracy.atom" in shown


def test_what_cannot_be_followed_is_told(session, as_person, teacher):
    client = as_person(teacher)
    for kind, key, status in [
        ("theme", "none-such", 404), ("school", "99", 404), ("school", "x" * 300, 404),
        ("collection", "none", 404), ("tag", "never-used", 404), ("search", "", 422),
        ("nonsense", "x", 422), ("", "", 422), ("search", LONG, 422),
    ]:  # fmt: skip
        answer = client.send("/follows", {"kind": kind, "key": key}, page="/my")
        assert answer.status_code == status, (kind, key)
    assert session.query(Follow).count() == 0


def test_a_tag_of_a_draft_cannot_be_found_out_by_following(session, as_person, teacher):
    a_resource(session, state=State.SUBMITTED, tags=("Secret",))
    answer = as_person(teacher).send("/follows", {"kind": "tag", "key": "secret"}, page="/my")
    assert answer.status_code == 404


def test_nobody_is_led_to_another_host(as_person, teacher):
    sent = {"kind": "region", "key": "tayside", "back": "//elsewhere.example/"}
    assert as_person(teacher).send("/follows", sent, page="/my").location == "/"


def test_a_resource_is_saved_and_taken_off_on_its_page(session, as_person, teacher, resource):
    client, page = as_person(teacher), f"/resources/{resource.slug}"
    assert "Save for later" in client.get(page).text
    client.send(f"/saved/resources/{resource.slug}", {"back": page}, page=page)
    assert "Saved: take it off my page" in client.get(page).text
    assert "Outdoor numeracy" in client.get("/my").text
    client.send("/saved/delete", {"id": resource.id, "back": page}, page=page)
    assert session.query(Saved).count() == 0


def test_what_may_no_longer_be_read_leaves_my_page(session, as_person, teacher, resource):
    client = as_person(teacher)
    client.get(f"/resources/{resource.slug}")
    saving.save(session, actor_for(teacher), resource.slug)
    collection = a_collection(session, resources=(resource,))
    saving.save_collection(session, actor_for(teacher), collection.slug)
    collection.state = CollectionState.PRIVATE
    resource.revisions[0].audience, resource.revisions[0].region = Audience.REGION, "south-east"
    session.flush()
    shown = client.get("/my").text
    assert "Outdoor numeracy" not in shown
    assert collection.title not in shown


def test_my_page_is_ones_own(session, taxonomy, as_person, teacher, resource):
    follow(session, taxonomy, teacher, "region", "tayside")
    saving.save(session, actor_for(teacher), resource.slug)
    as_person(teacher).get(f"/resources/{resource.slug}")
    shown = as_person(a_person(session, Role.TEACHER)).get("/my").text
    assert "Outdoor numeracy" not in shown
    assert "Nothing yet" in shown


def test_the_rhythm_is_chosen_on_my_page(session, as_person, teacher):
    client = as_person(teacher)
    assert 'value="weekly" checked' in client.get("/my").text
    answer = client.send("/my/digest", {"rhythm": "daily"}, page="/my")
    assert answer.status_code == 303
    assert session.get(DigestChoice, teacher.id).rhythm is Rhythm.DAILY
    wrong = client.send("/my/digest", {"rhythm": "hourly"}, page="/my")
    assert wrong.status_code == 422
    assert "There is a problem" in wrong.text


def test_what_is_read_is_noted_for_its_reader_who_clears_it(session, as_person, teacher, resource):
    client = as_person(teacher)
    client.get(f"/resources/{resource.slug}")
    assert "Read on" in client.get("/my").text
    client.send("/my/history/clear", page="/my")
    assert session.query(Reading).count() == 0


def test_a_history_that_is_switched_off_notes_nothing(session, as_person, teacher, resource):
    client = as_person(teacher)
    client.get(f"/resources/{resource.slug}")
    client.send("/my/history/switch", {"on": "0"}, page="/my")
    client.get(f"/resources/{resource.slug}")
    assert session.query(Reading).count() == 0
    client.send("/my/history/switch", {"on": "1"}, page="/my")
    client.get(f"/resources/{resource.slug}")
    assert session.query(Reading).count() == 1


def test_nothing_is_noted_of_a_visitor_or_of_what_was_not_shown(
    session, client, as_person, teacher
):
    hidden = a_resource(session, audience=Audience.REGION, region="south-east")
    client.get(f"/resources/{hidden.slug}")
    as_person(teacher).get(f"/resources/{hidden.slug}")
    assert session.query(Reading).count() == 0


def test_what_was_read_long_ago_is_forgotten(session, as_person, teacher, resource):
    old = a_resource(session, title="Old")
    long_ago = datetime.now(UTC) - timedelta(days=91)
    session.add(Reading(person_id=teacher.id, resource_id=old.id, read_at=long_ago))
    client = as_person(teacher)
    client.get(f"/resources/{resource.slug}")
    assert [row.resource_id for row in session.query(Reading)] == [resource.id]


def test_digests_stop_by_their_link_without_signing_in(app, session, client, teacher):
    token = make_link_token(app.secret_key, Purpose.DIGEST_OFF, teacher.id)
    assert "Stop your digest?" in client.get(f"/digests/stop/{token}").text
    assert session.get(DigestChoice, teacher.id) is None, "following a link stops nothing"
    answer = client.post(f"/digests/stop/{token}", data={"List-Unsubscribe": "One-Click"})
    assert "has stopped" in answer.text
    assert session.get(DigestChoice, teacher.id).rhythm is Rhythm.NEVER


def test_a_link_of_another_purpose_stops_no_digest(app, client, teacher):
    for purpose in (Purpose.MAIL_OFF, Purpose.RESET):
        token = make_link_token(app.secret_key, purpose, teacher.id)
        assert client.post(f"/digests/stop/{token}").status_code == 404


@pytest.fixture
def library(session, index_now):
    """A collection with something public and things restricted, all in the place of every feed."""
    school = a_school(session)
    place = {
        "terms": {"theme": ("numeracy",)},
        "authority": "angus",
        "school": school.name,
        "school_id": school.id,
        "tags": ("Number Talks",),
    }
    public = a_resource(
        session, title="Fàilte & <welcome>\x0b", published_at=TODAY, summary="Für alle ]]>", **place
    )
    public.slug = "welcome"
    kept = a_resource(
        session, title="Hidden", audience=Audience.REGION, published_at=TODAY, **place
    )
    staff = a_resource(session, title="Hidden too", audience=Audience.STAFF, **place)
    collection = a_collection(session, resources=(public, kept, staff))
    index_now()
    return {
        "new": "/feeds/new.atom",
        "theme": "/feeds/theme/numeracy.atom",
        "tag": "/feeds/tag/number-talks.atom",
        "region": "/feeds/region/tayside.atom",
        "authority": "/feeds/authority/angus.atom",
        "school": f"/feeds/school/{school.id}.atom",
        "collection": f"/feeds/collection/{collection.slug}.atom",
        "search": "/feeds/search.atom?q=playground&region=tayside",
    }


FEEDS = ("new", "theme", "tag", "region", "authority", "school", "collection", "search")


@pytest.mark.parametrize("name", FEEDS)
def test_each_feed_is_sound_and_public_even_to_those_who_may_see_more(
    session, client, as_person, library, name
):
    for asker in (client, as_person(a_person(session, Role.ADMINISTRATOR))):
        answer = asker.get(library[name])
        assert answer.mimetype == "application/atom+xml"
        found = feedparser.parse(answer.data)
        assert found.bozo == 0, found.get("bozo_exception")
        assert [entry.link for entry in found.entries] == ["http://localhost/resources/welcome"]
        assert "Hidden" not in answer.text
    entry, links = found.entries[0], {link.rel: link.href for link in found.feed.links}
    assert entry.title == "Fàilte & <welcome>"
    assert entry.id.startswith("http://localhost/resources/01")
    assert entry.author == "Balquhinnie Primary School"
    assert entry.updated_parsed == entry.published_parsed == TODAY.utctimetuple()
    assert links["self"].startswith("http://localhost/feeds/")
    assert asker.get(links["self"].removeprefix("http://localhost")).status_code == 200
    assert asker.get(links["alternate"].removeprefix("http://localhost")).status_code in (200, 404)


@pytest.mark.parametrize("name", FEEDS)
def test_an_unchanged_feed_is_not_sent_again(client, library, name):
    first = client.get(library[name])
    again = client.get(library[name], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    since = client.get(library[name], headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304


def test_an_empty_feed_is_sound(client):
    assert feedparser.parse(client.get("/feeds/new.atom").data).bozo == 0


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/theme/none.atom", "/feeds/nonsense/x.atom", "/feeds/school/0.atom",
        "/feeds/search/x.atom", "/feeds/tag/none.atom", "/feeds/search.atom?page=2",
        "/feeds/school/99999999999999.atom", "/feeds/collection/%00.atom",
    ],
)  # fmt: skip
def test_what_is_not_there_has_no_feed(client, path):
    assert client.get(path).status_code == 404


def test_a_collection_that_is_not_public_has_no_feed(session, as_person):
    owner = a_person(session, Role.REGIONAL_LEAD)
    private = a_collection(session, owner, slug="mine", state=CollectionState.PRIVATE)
    staff = a_collection(session, owner, slug="staff", audience=Audience.STAFF)
    for held in (private, staff):
        assert as_person(owner).get(f"/feeds/collection/{held.slug}.atom").status_code == 404


@pytest.mark.parametrize("page", ["/", "/browse/theme/numeracy", "/search?q=play"])
def test_pages_tell_programs_of_their_feed(client, index_now, page):
    assert 'rel="alternate" type="application/atom+xml"' in client.get(page).text
