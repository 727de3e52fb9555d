"""What is not published shows through no door: every address of the app is tried by strangers."""

from itertools import product

import pytest
from flask.testing import FlaskClient

from app.domain.people import OPERATOR, Role
from app.domain.workflow import State
from app.followers.content import write_out
from app.models.pictures import Picture
from app.models.resources import Revision
from app.models.reviews import ReviewComment
from app.models.submissions import Attachment, RevisionAttachment
from tests.builders import a_draft, a_person, a_resource, a_school, utc_now

SECRET = "zephyrmarmalade"  # a word that stands in hidden things only, and in no address
ASKED = "quixotry"  # a word of theirs that may be asked for, and so stand on a page
# So long that the secret is no part of the address that the title would give.
TITLE = f"{ASKED} " + "about our school and its burn " * 3 + f"with {SECRET}"
HIDDEN = (
    State.DRAFT,
    State.WITH_SCHOOL,
    State.SUBMITTED,
    State.CHANGES_WANTED,
    State.DECLINED,
    State.APPROVED,
    State.SUPERSEDED,
    State.WITHDRAWN,
)
PICTURE, FILE = "burn-in-spate.svg", "burn-planner.pdf"
QUERIES = ("", f"?q={ASKED}", f"?q={ASKED[:5]}", "?q=burn&sort=newest")
STRANGERS = {
    "teacher of another school": (Role.TEACHER, {"elsewhere": True}),
    "headteacher of another school": (Role.HEADTEACHER, {"elsewhere": True}),
    "lead of another region": (Role.REGIONAL_LEAD, {"region": "south-east"}),
    "officer of the authority": (Role.AUTHORITY_OFFICER, {}),
    "national reader": (Role.NATIONAL_READER, {}),
    "administrator": (Role.ADMINISTRATOR, {}),
}


@pytest.fixture
def hidden(session, index_now):
    """One revision in each state that is not for strangers, each with a picture and a file."""
    author = a_person(session, Role.TEACHER)
    picture = Picture(name=PICTURE, media_type="image/svg+xml", data=b"<svg/>", sha256="0" * 64)
    file = Attachment(name=FILE, media_type="application/pdf", size=1, sha256="1" * 64, data=b"x")
    made = [_a_hidden(session, author, state, picture, file) for state in HIDDEN]
    a_resource(session, title="Our burn", body="## Context\n\nThe burn of our school.\n")
    index_now()
    return made


def _a_hidden(session, author, state, picture, file):
    revision = a_draft(
        session,
        author,
        state=state,
        title=TITLE,
        summary=SECRET,
        body=f"## Context\n\nThe burn of our school, {SECRET}.\n\n![A burn](pictures/{PICTURE})\n",
        tags=(SECRET,),
        published_at=utc_now() if state in (State.SUPERSEDED, State.WITHDRAWN) else None,
        publish_at=utc_now().replace(year=2099) if state is State.APPROVED else None,
    )
    revision.pictures.append(picture)
    revision.attachments.append(RevisionAttachment(attachment=file, label=SECRET, position=0))
    session.add(ReviewComment(revision_id=revision.id, person_id=author.id, words=SECRET))
    if state in (State.SUPERSEDED, State.WITHDRAWN):
        revision.resource.slug = f"a-burn-{state}"
    if state is State.SUPERSEDED:
        session.add(
            Revision(
                resource_id=revision.resource_id,
                number=2,
                state=State.PUBLISHED,
                title="The burn again",
                body_markdown="Other words.\n",
                region=revision.region,
            )
        )
    session.flush()
    return revision


def addresses(app, hidden):
    """Every address that can be asked for, with what is hidden in the place of its parts."""
    resources = [revision.resource for revision in hidden]
    names = [n for r in resources for n in (r.id, r.slug)] + [f"{ASKED}-about-our-school", "region"]
    numbers = [revision.id for revision in hidden]
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        texts = [a for a in rule.arguments if type(rule._converters[a]).__name__[:7] == "Unicode"]
        choices = []
        for place, name in enumerate(sorted(rule.arguments, key=rule.rule.index)):
            if type(rule._converters[name]).__name__ == "AnyConverter":
                choices.append([(name, word) for word in sorted(rule._converters[name].items)])
            elif name not in texts:
                choices.append([(name, n) for n in ((1, 2) if texts else numbers)])
            else:
                held = [PICTURE, FILE, *names] if len(texts) == 1 or place == 0 else [PICTURE, FILE]
                choices.append([(name, text) for text in held])
        for chosen in product(*choices):
            yield rule.build(dict(chosen))[1]


def look(client, app, hidden):
    """Ask at every door; return those where the secret stands."""
    plain = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    found = []
    for address in dict.fromkeys(addresses(app, hidden)):
        for query in QUERIES if address in plain else ("",):
            # Pages are judged as pages elsewhere; here their words are enough.
            answer = FlaskClient.open(client, address + query)
            said = f"{answer.headers} {answer.get_data().decode(errors='replace')}".lower()
            assert answer.status_code < 500, address
            if SECRET in said:
                found.append(f"{address}{query} ({answer.status_code})")
    return found


def test_a_visitor_finds_nothing_that_is_not_published(app, client, hidden):
    assert look(client, app, hidden) == []


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_that_is_not_published(session, app, as_person, hidden, who):
    role, place = STRANGERS[who]
    if "elsewhere" in place:
        place = {"school": a_school(session, "Another Invented Primary")}
    # Who may restore a withdrawn resource must see which it is.
    tried = [r for r in hidden if role is not Role.ADMINISTRATOR or r.state is not State.WITHDRAWN]
    assert look(as_person(a_person(session, role, **place)), app, tried) == []


def test_the_walk_would_see_what_shows(app, as_person, hidden):
    author = hidden[0].author
    found = look(as_person(author), app, hidden[6:7])
    assert any("/versions/1 (200)" in door for door in found)


def test_neither_index_nor_files_hold_it(session, app, hidden, taxonomy, tmp_path):
    held = app.extensions["parts"].search.fingerprints()
    out = {revision.resource_id for revision in hidden if revision.state is not State.SUPERSEDED}
    assert not out & set(held)
    write_out(session, OPERATOR, tmp_path, taxonomy)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert not any(SECRET.encode() in path.read_bytes() for path in files)


def test_nothing_of_it_is_counted(client, hidden):
    for words in (ASKED, f'"{ASKED}"', f"title:{ASKED}", f"{ASKED[:5]}*"):
        found = client.get("/api/v1/search", query_string={"q": words}).json
        assert (found["total"], found["suggestion"]) == (0, None)
        counts = [v["count"] for f in found["facets"] for v in f["values"]]
        assert not any(counts)
