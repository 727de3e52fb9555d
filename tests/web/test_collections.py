"""The pages of collections, as readers and curators meet them."""

import re

import pytest

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.people import Role
from app.domain.workflow import State
from app.models.collections import Collection
from app.services.collections import arranging
from tests.builders import a_collection, a_person, a_resource


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD, name="Invented Lead")


@pytest.fixture
def mixed(session, lead):
    resources = (
        a_resource(session, title="For all"),
        a_resource(session, title="For staff", audience=Audience.STAFF),
        a_resource(session, title="For Tayside", audience=Audience.REGION),
    )
    return a_collection(session, lead, resources, summary="What we read together.")


@pytest.fixture
def own(session, lead):
    resources = tuple(a_resource(session, title=title) for title in ("One", "Two", "Three"))
    return a_collection(session, lead, resources, title="Ours", state=CollectionState.PRIVATE)


def ids(collection):
    return [item.resource_id for section in collection.sections for item in section.items]


def titles(page):
    return re.findall(r'class="(?:hit__title|arrange__title)"><a [^>]*>([^<]+)<', page.text)


def test_each_reader_sees_what_they_may_read_and_how_much_is_left_out(
    client, as_person, session, mixed
):
    page = client.get(f"/collections/{mixed.slug}")
    assert titles(page) == ["For all"]
    assert "2 items are not shown to you" in page.text

    elsewhere = a_person(session, Role.TEACHER, authority="fife", region="south-east")
    page = as_person(elsewhere).get(f"/collections/{mixed.slug}")
    assert titles(page) == ["For all", "For staff"]
    assert "1 item is not shown to you" in page.text


def test_a_curator_is_told_who_will_not_see_each_item(as_person, lead, mixed):
    page = as_person(lead).get(f"/collections/{mixed.slug}")
    assert "Only staff who are signed in see this one." in page.text
    assert "Only staff of Tayside" in page.text
    details = as_person(lead).get(f"/collections/{mixed.slug}/details")
    assert "Everybody, signed in or not: 2 items are for fewer people" in details.text


def test_the_markdown_that_a_reader_takes_away_holds_only_what_they_see(client, mixed):
    text = client.get(f"/collections/{mixed.slug}.md").text
    assert [one in text for one in ids(mixed)] == [True, False, False]


def test_the_permanent_address_leads_to_the_present_one(client, mixed):
    answer = client.get(f"/collections/{mixed.id}")
    assert (answer.status_code, answer.location) == (301, f"/collections/{mixed.slug}")


def test_a_private_one_is_not_there_for_others(client, as_person, session, own):
    stranger = as_person(a_person(session, Role.REGIONAL_LEAD))
    for one in (client, stranger):
        for path in ("", ".md", "/cover", "/audience"):
            assert one.get(f"/collections/{own.slug}{path}").status_code == 404
    assert stranger.get(f"/collections/{own.slug}/edit").status_code == 404
    assert "Ours" not in stranger.get("/collections").text


def test_the_list_counts_only_what_its_reader_sees(client, as_person, lead, mixed, own):
    page = client.get("/collections")
    assert "Talking about number" in page.text
    assert "1 resource" in page.text
    assert "Ours" not in page.text
    mine = as_person(lead).get("/collections").text
    assert mine.index("Ours") < mine.index("Published")
    assert client.get("/collections?region=south-east").text.count("collection-card__title") == 0


def test_a_lead_begins_fills_arranges_and_publishes_one(as_person, session, lead):
    client = as_person(lead)
    one, two = a_resource(session, title="One"), a_resource(session, title="Two")
    begun = client.send(
        f"/resources/{one.slug}/add-to-collection", {"collection": "new", "title": "Network day"}
    )
    assert begun.status_code == 302
    [made] = session.query(Collection).all()
    client.send(f"/resources/{two.slug}/add-to-collection", {"collection": made.id})
    edit = f"/collections/{made.slug}/edit"
    assert titles(client.get(edit)) == ["One", "Two"]

    note = {f"note-{two.id}": "Read *this* first.", f"minutes-{two.id}": "20"}
    client.send(edit, {**note, "do": f"up:{two.id}"})
    page = client.get(edit)
    assert titles(page) == ["Two", "One"]
    assert "Moved to 1 of 2." in page.text

    gaps = client.get(f"/collections/{made.slug}/publish")
    assert "its summary" in gaps.text
    client.send(
        f"/collections/{made.slug}/details",
        {"title": "Network day", "summary": "For May.", "audience": "public", "language": "en"},
    )
    answer = client.send(f"/collections/{made.slug}/publish")
    assert answer.location == "/collections/network-day"
    shown = client.get(answer.location).text
    assert "<em>this</em>" in shown
    assert "20 minutes" in shown


def test_what_was_written_is_kept_whichever_button_is_pressed(as_person, session, lead, own):
    one, two, three = ids(own)
    sent = {f"note-{one}": "First.", f"note-{three}": "Third.", "do": f"remove:{two}"}
    as_person(lead).send(f"/collections/{own.slug}/edit", sent)
    session.expire_all()
    assert ids(own) == [one, three]
    held = arranging.words_of(own)
    assert [held[f"note-{one}"], held[f"note-{three}"]] == ["First.", "Third."]


def test_minutes_that_are_none_are_told_at_the_field_and_nothing_is_lost(as_person, lead, own):
    one = ids(own)[0]
    sent = {f"note-{one}": "Kept.", f"minutes-{one}": "ten", "do": "save"}
    page = as_person(lead).send(f"/collections/{own.slug}/edit", sent)
    assert page.status_code == 422
    assert "whole number from 1 to 600" in page.text
    assert "Kept." in page.text
    assert 'value="ten"' in page.text


def test_a_section_is_added_used_and_removed(as_person, session, lead, own):
    client, edit, one = as_person(lead), f"/collections/{own.slug}/edit", ids(own)[0]
    client.send(edit, {"do": "add-section", "new-section": "After lunch"})
    session.expire_all()
    section = own.sections[1].id
    client.send(edit, {"do": f"to:{one}", f"to-{one}": str(section)})
    assert titles(client.get(edit)) == ["Two", "Three", "One"]
    client.send(edit, {"do": f"section-up:{section}"})
    assert titles(client.get(edit)) == ["One", "Two", "Three"]
    client.send(edit, {"do": f"section-remove:{section}"})
    assert "After lunch" not in client.get(edit).text
    assert client.send(edit, {"do": "add-section", "new-section": " "}).status_code == 422


def test_an_item_goes_where_it_is_dropped(as_person, session, lead, own):
    client, edit, third = as_person(lead), f"/collections/{own.slug}/edit", ids(own)[2]
    client.send(edit, {"do": f"place:{third}:{own.sections[0].id}:0"})
    assert titles(client.get(edit)) == ["Three", "One", "Two"]


def test_who_moves_what_another_removed_is_told(as_person, session, lead, own):
    client, edit, one = as_person(lead), f"/collections/{own.slug}/edit", ids(own)[0]
    client.send(edit, {"do": f"remove:{one}"})
    client.send(edit, {"do": f"up:{one}"})
    assert "Somebody else took it out meanwhile" in client.get(edit).text


def test_two_curators_with_the_same_note_see_both(as_person, session, lead, own):
    other = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    first, second = as_person(lead), as_person(other)
    first.send(f"/collections/{own.slug}/curators", {"email": other.email})
    edit, name = f"/collections/{own.slug}/edit", f"note-{ids(own)[0]}"
    was = re.search(rf'name="was-{name}" value="(\w+)"', second.get(edit).text)[1]
    first.send(edit, {name: "Mine.", f"was-{name}": was, "do": "save"})
    page = second.send(edit, {name: "Another.", f"was-{name}": was, "do": "save"})
    assert page.status_code == 422
    assert "Mine." in page.text
    assert "Another." in page.text
    now = re.search(rf'name="was-{name}" value="(\w+)"', page.text)[1]
    assert second.send(edit, {name: "Both.", f"was-{name}": now, "do": "save"}).status_code == 302


def test_two_curators_with_the_same_title_see_both(as_person, lead, own):
    client, details = as_person(lead), f"/collections/{own.slug}/details"
    was = dict(re.findall(r'name="(was-\w+)" value="(\w+)"', client.get(details).text))
    said = {"summary": "", "audience": "public", "language": "en", **was}
    client.send(details, {**said, "title": "Mine"})
    page = client.send(details, {**said, "title": "Another"})
    assert page.status_code == 422
    assert "Mine</pre>" in page.text
    assert 'value="Another"' in page.text


def test_a_curator_of_another_region_arranges_and_leaves(as_person, session, lead, own):
    other = a_person(session, Role.TEACHER, name="Far Away", authority="fife", region="south-east")
    as_person(lead).send(f"/collections/{own.slug}/curators", {"email": other.email.upper()})
    theirs = as_person(other)
    assert theirs.get(f"/collections/{own.slug}/edit").status_code == 200
    assert theirs.get(f"/collections/{own.slug}/publish").status_code == 403
    page = theirs.get(f"/collections/{own.slug}/curators")
    assert "Leave" in page.text
    theirs.send(
        f"/collections/{own.slug}/curators/{other.id}/remove",
        page=f"/collections/{own.slug}/curators",
    )
    assert theirs.get(f"/collections/{own.slug}/edit").status_code == 404


def test_an_address_of_nobody_is_told_at_its_field(as_person, lead, own):
    page = as_person(lead).send(f"/collections/{own.slug}/curators", {"email": "no@sample.example"})
    assert page.status_code == 422
    assert "Nobody with an account here" in page.text


def test_a_version_can_be_looked_at_and_restored(as_person, session, lead, own):
    client, edit, one = as_person(lead), f"/collections/{own.slug}/edit", ids(own)[0]
    other = a_person(session, Role.REGIONAL_LEAD)
    client.send(edit, {f"note-{one}": "As it was.", "do": "save"})
    client.send(f"/collections/{own.slug}/curators", {"email": other.email})
    as_person(other).send(edit, {"do": f"remove:{one}"})
    versions = f"/collections/{own.slug}/versions"
    first = re.findall(r"/versions/(\d+)\"", client.get(versions).text)[-1]
    assert "As it was." in client.get(f"{versions}/{first}").text
    client.send(f"{versions}/{first}/restore", page=versions)
    assert titles(client.get(edit)) == ["One", "Two", "Three"]
    assert "As it was." in client.get(edit).text
    assert client.get(f"{versions}/999").status_code == 404


def test_what_is_deleted_is_gone_and_its_resources_stay(as_person, session, lead, own):
    client, one = as_person(lead), ids(own)[0]
    client.send(f"/collections/{own.slug}/delete")
    assert session.query(Collection).count() == 0
    assert client.get(f"/resources/{one}").status_code == 301


def test_several_results_are_added_at_once(as_person, session, lead, own, index_now):
    client = as_person(lead)
    new = [a_resource(session, title=f"Otters {number}") for number in range(3)]
    index_now()
    page = client.get("/search?q=otters")
    assert page.text.count('form="add-several"') == 4  # three to tick, and the button
    query = "&".join(f"id={one.id}" for one in new)
    chosen = client.get(f"/collections/add-several?{query}")
    assert "3 resources" in chosen.text
    client.send(
        "/collections/add-several",
        {"id": [one.id for one in new], "collection": own.id},
        page=f"/collections/add-several?{query}",
    )
    assert len(titles(client.get(f"/collections/{own.slug}/edit"))) == 6


def test_a_visitor_cannot_tick_results(client, session, index_now):
    a_resource(session, title="Otters")
    index_now()
    assert "add-several" not in client.get("/search?q=otters").text


def test_the_page_of_a_resource_names_the_collections_that_hold_it(
    client, session, mixed, own, lead
):
    shown = session.get(Collection, mixed.id).sections[0].items[0].resource
    hidden = a_collection(session, lead, (shown,), title="Staff read", audience=Audience.STAFF)
    page = client.get(f"/resources/{shown.slug}").text
    assert "Talking about number" in page
    assert hidden.title not in page


def test_a_withdrawn_item_is_left_out_for_everybody(as_person, session, lead, mixed):
    mixed.sections[0].items[0].resource.revisions[0].state = State.WITHDRAWN
    session.flush()
    page = as_person(lead).get(f"/collections/{mixed.slug}")
    assert titles(page) == ["For staff", "For Tayside"]
    edit = as_person(lead).get(f"/collections/{mixed.slug}/edit").text
    assert "A resource that was withdrawn" in edit
    assert "For all" not in edit


def test_a_curator_is_not_shown_what_they_may_not_read(as_person, session, lead, mixed):
    other = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    as_person(lead).send(f"/collections/{mixed.slug}/curators", {"email": other.email})
    for path in ("edit", "versions", "versions/1"):
        assert "For Tayside" not in as_person(other).get(f"/collections/{mixed.slug}/{path}").text
