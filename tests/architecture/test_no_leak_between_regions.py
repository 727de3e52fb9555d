"""What is for one region only shows to nobody else, through whichever door it might travel.

A published resource of Tayside stands in a published collection, is tagged, tried, asked about,
built on and shared; every address of the app is then tried by those who may not read it.
"""

import io
import zipfile
from itertools import product

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.domain.audience import Audience
from app.domain.people import OPERATOR, Role
from app.domain.sharing import SharedWith
from app.followers.content import write_out
from app.models.adoptions import Evaluation
from app.models.lineages import Lineage
from app.models.questions import Answer, Question
from app.models.shares import Share
from app.models.tags import ResourceTag, Tag
from tests.builders import a_collection, a_person, a_resource, a_school, an_adoption

SECRET = "zephyrmarmalade"  # a word that stands in what is for the region only, in no address
ASKED = "quixotry"  # a word of it that may be asked for, and so stand on a page
QUERIES = ("", f"?q={ASKED}", f"?q={ASKED[:5]}", "?q=open&sort=newest", "?sort=newest")
STRANGERS = {
    "teacher of another region": (Role.TEACHER, {"region": "south-east", "authority": "fife"}),
    "lead of another region": (Role.REGIONAL_LEAD, {"region": "south-east"}),
    "national reader": (Role.NATIONAL_READER, {}),
}


@pytest.fixture
def kept(session, index_now):
    """A region-only resource, and all that hangs on it; return what addresses may name."""
    writer = a_person(session, Role.TEACHER)
    secret = a_resource(
        session,
        title=f"{ASKED} with {SECRET}",
        summary=SECRET,
        body=f"## Context\n\nThe burn, {SECRET}.\n",
        audience=Audience.REGION,
        author_id=writer.id,
        school_id=writer.grants[0].school_id,
    )
    secret.slug = "a-burn-of-one-region"
    session.flush()
    beside = a_resource(session, title="An open field")
    child = a_resource(session, title="A child in the open")
    lead = a_person(session, Role.REGIONAL_LEAD)
    collection = a_collection(session, lead, (beside, secret), title="Water and fields")
    collection.sections[0].items[1].note = SECRET
    collection.sections[0].items[1].minutes = 20
    made = [collection, *_hung_on(session, secret, writer)]
    session.add(Lineage(resource_id=child.id, parent_id=secret.id, parent_number=1))
    session.flush()
    index_now()
    ids = [thing.id for thing in made] + [writer.id]
    names = [secret.slug, secret.id, collection.slug, collection.id, f"{ASKED}-{SECRET[:4]}"]
    return [*names, "tayside", "region"], [number for number in ids if isinstance(number, int)]


def _hung_on(session, secret, writer):
    adoption = an_adoption(session, secret, writer, changes=SECRET)
    question = Question(resource_id=secret.id, person_id=writer.id, words=SECRET, region="tayside")
    tag = Tag(slug=f"{ASKED}-{SECRET[:4]}", label=SECRET)
    session.add_all((question, tag))
    session.flush()
    answer = Answer(question_id=question.id, person_id=writer.id, words=SECRET)
    session.add_all(
        (
            answer,
            ResourceTag(resource_id=secret.id, tag_id=tag.id, person_id=writer.id),
            Evaluation(
                resource_id=secret.id,
                title=SECRET,
                evaluator=SECRET,
                source=SECRET,
                recorded_by_id=writer.id,
            ),
        )
    )
    session.flush()
    return adoption, question, tag, answer


def addresses(app, kept):
    """Every address that can be asked for, with what is kept in the place of its parts."""
    names, numbers = kept
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        parts = sorted(rule.arguments, key=rule.rule.index)
        texts = [a for a in parts if type(rule._converters[a]).__name__[:7] == "Unicode"]
        words = {p: sorted(getattr(rule._converters[p], "items", ())) for p in parts}
        choices = [names if p in texts else words[p] or [*numbers, 1, 2] for p in parts]
        for chosen in product(*choices):
            yield rule.build(dict(zip(parts, chosen, strict=True)))[1]


def words_of(answer):
    """All that an answer says: its headers, its text, and the text inside of what is packed."""
    data, kind = answer.get_data(), answer.content_type or ""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = " ".join(
                name + packed.read(name).decode(errors="replace") for name in packed.namelist()
            )
    elif "pdf" in kind:
        inside = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    else:
        inside = data.decode(errors="replace")
    return f"{answer.headers} {inside}".lower()


def look(client, app, kept):
    """Ask at every door; return those where the secret stands."""
    plain = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    found = []
    for address in dict.fromkeys(addresses(app, kept)):
        for query in QUERIES if address in plain else ("",):
            answer = FlaskClient.open(client, address + query)
            assert answer.status_code < 500, address
            if SECRET in words_of(answer):
                found.append(f"{address}{query} ({answer.status_code})")
    return found


def test_a_visitor_finds_nothing_of_it(app, client, kept):
    assert look(client, app, kept) == []


@pytest.mark.parametrize("who", STRANGERS)
def test_whoever_is_not_of_the_region_finds_nothing_of_it(session, app, as_person, kept, who):
    role, place = STRANGERS[who]
    if role is Role.TEACHER:
        place = {"school": a_school(session, "Invented Links Primary School", "fife", "south-east")}
    stranger = a_person(session, role, **place)
    # Even to somebody whom it was sent to, before they left the region.
    session.add(_sent_to(session, stranger))
    session.flush()
    assert look(as_person(stranger), app, kept) == []


def _sent_to(session, stranger):
    sender = a_person(session, Role.REGIONAL_LEAD)
    secret = session.query(ResourceTag).first().resource_id
    return Share(
        resource_id=secret,
        from_id=sender.id,
        shared_with=SharedWith.PERSON,
        person_id=stranger.id,
    )


def test_the_walk_would_see_what_shows(session, app, as_person, kept):
    client = as_person(a_person(session, Role.TEACHER))
    doors = " ".join(look(client, app, kept))
    for door in ("/resources/a-burn-of-one-region (200)", "/collections/", "/tags/", "/questions/"):
        assert door in doors, doors
    # What is packed is looked into as well: in a pack that is for their region alone.
    packed = FlaskClient.open(client, "/collections/water-and-fields/pack.zip?for_whom=region")
    assert SECRET in words_of(packed)


def test_no_file_of_the_collection_says_more_than_which_resource_it_is(
    session, kept, taxonomy, tmp_path
):
    """The library on disk is its operator's: a region's words stand in the region's own files."""
    write_out(session, OPERATOR, tmp_path, taxonomy)
    held = [p.name for p in tmp_path.rglob("*.md") if SECRET in p.read_text()]
    assert "an-open-field.md" not in held
