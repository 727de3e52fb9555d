"""Two thousand texts that would be scripts: on no page that shows them does one run."""

import io
import os
import subprocess
import sys

import pytest
from sqlalchemy.orm import Session

from app import schema
from app.db import make_engine
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Role
from app.domain.workflow import State, Step
from app.models.notifications import Notification
from app.models.reviews import ReviewComment, RevisionStep
from app.models.sign_ins import ApiToken
from app.models.submissions import Attachment, Original, PrivacyAnswer, RevisionAttachment
from app.services.accounts import passwords
from app.services.accounts.demo import PASSWORD
from tests.browser.conftest import PROJECT, a_server
from tests.browser.payloads import make_payloads
from tests.builders import a_draft, a_person, a_resource, a_school, actor_for

pytestmark = pytest.mark.browser

PAYLOADS = make_payloads()
IN_A_BODY = 36
# Of those pages that are not simply there.
STATUS = {"/resources/payload-9000": 410, "/nothing/<script>alert(1)</script>": 404}
SUBMITTED, COMMENTS, TOLD = 75, 240, 90
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOOK = """() => {
  const all = [...document.querySelectorAll('*')];
  const bad = /^\\s*(javascript|vbscript|data:text)/i;
  return {
    ran: window.__ran,
    scripts: [...document.scripts].filter(s => s.type !== 'application/ld+json'
      && !s.src.startsWith(location.origin + '/static/')).length,
    handlers: all.filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length,
    links: all.filter(e => ['href', 'src', 'action', 'formaction', 'xlink:href', 'data']
      .some(name => bad.test(e.getAttribute(name) || ''))).length,
    active: document.querySelectorAll('iframe, object, embed, base, main style, main link').length,
  };
}"""
NOTHING = {"ran": None, "scripts": 0, "handlers": 0, "links": 0, "active": 0}


class Texts:
    """Payloads, handed out one after another, from the first again after the last."""

    def __init__(self):
        self.handed = 0

    def one(self, longest=10_000):
        self.handed += 1
        return PAYLOADS[(self.handed - 1) % len(PAYLOADS)].replace("\0", "")[:longest]

    def many(self, count):
        return "\n\n".join(self.one() for _ in range(count))


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A server of its own whose every text is a payload; its address and what to open."""
    folder = tmp_path_factory.mktemp("payloads")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/library.sqlite",
        "CONTENT_DIR": str(folder / "content"),
        "INDEX_DIR": str(folder / "index"),
        "MAIL_FOLDER": str(folder / "mail"),
        "FOLLOWER": "none",
        "ENVIRONMENT": "development",
        "FLASK_APP": "wsgi.py",
    }
    schema.upgrade(environment["DATABASE_URL"])
    engine = make_engine(environment["DATABASE_URL"])
    with Session(engine) as session:
        opened = _fill(session)
        session.commit()
    engine.dispose()
    rebuild = [sys.executable, "-m", "flask", "index", "rebuild"]
    subprocess.run(rebuild, cwd=PROJECT, env=environment, check=True, capture_output=True)
    with a_server(environment, folder / "log") as address:
        yield address, opened


def _fill(session):
    texts = Texts()
    kept = passwords.hash_of(PASSWORD)
    school = a_school(session, f"School {texts.one(80)}", roll=300)
    people = {
        role: a_person(session, role, name=texts.one(90), school=school, password_hash=kept)
        for role in (Role.HEADTEACHER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR)
    }
    for role, person in people.items():
        person.email = f"{role}@sample.example"
        _account(session, person, texts)
    head, lead = people[Role.HEADTEACHER], people[Role.REGIONAL_LEAD]
    published = [
        _published(session, head, texts, number) for number in range(len(PAYLOADS) // IN_A_BODY + 1)
    ]
    withdrawn = _published(session, head, texts, 9000, State.WITHDRAWN)
    withdrawn.revisions[0].steps.append(
        RevisionStep(
            step=Step.WITHDRAW, start=State.PUBLISHED, end=State.WITHDRAWN, comment=texts.one()
        )
    )
    drafts = [_draft(session, head, texts, State.SUBMITTED) for _ in range(SUBMITTED)]
    open_draft = _draft(session, head, texts, State.CHANGES_WANTED)
    for revision in (drafts[0], open_draft):
        for number in range(COMMENTS // 2):
            said = ReviewComment(person_id=lead.id, words=texts.one(), is_blocking=number % 2 == 0)
            revision.comments.append(said)
    approved = _draft(session, head, texts, State.APPROVED)
    session.flush()
    assert texts.handed > len(PAYLOADS)
    return _pages(head, len(published), drafts, open_draft, approved)


def _pages(head, count, drafts, open_draft, approved):
    """Return what each role opens."""
    return {
        Role.VISITOR: [
            *(f"/resources/payload-{n}" for n in range(count)),
            "/resources/payload-9000", "/", "/browse", "/search?q=x", "/search?q=x&page=2",
            "/resources/payload-0/versions", "/resources/payload-0/audience",
            "/resources/payload-0/versions/1", "/forgotten-password",
            "/sign-in?next=javascript:alert(1)", "/nothing/<script>alert(1)</script>",
        ],
        Role.HEADTEACHER: [
            "/", "/submissions", "/notifications", "/account", "/account/tokens", "/people",
            "/account/devices", "/notifications/settings", "/people/invite",
            "/resources/payload-9000", "/resources/payload-9000/versions",
            f"/submissions/{open_draft.id}/preview", "/resources/payload-0/withdraw",
            f"/submissions/{open_draft.id}", f"/submissions/{open_draft.id}/edit",
            f"/submissions/{open_draft.id}/files", f"/submissions/{open_draft.id}/privacy",
            f"/submissions/{open_draft.id}/taken-in",
        ],
        Role.REGIONAL_LEAD: [
            "/", "/reviews", "/reviews?page=2", "/reviews?page=3", "/audit", "/notifications",
            "/resources/payload-1/versions/1...1", f"/reviews/{approved.id}/publish",
            *(f"/reviews/{revision.id}" for revision in drafts[::6]),
        ],
        Role.ADMINISTRATOR: ["/people", f"/people/{head.id}", "/schools", "/audit"],
    }  # fmt: skip


def _account(session, person, texts):
    for _ in range(TOLD // 3):
        session.add(
            Notification(
                person_id=person.id,
                kind=NotificationKind.COMMENTED,
                sentence=texts.one(500),
                reason=texts.one(200),
                path="/",
            )
        )
    now = utc_now()
    session.add(
        ApiToken(
            token_hash=f"{person.id:064d}",
            person_id=person.id,
            name=texts.one(100),
            scopes="read",
            made_at=now,
            expires_at=now,
        )
    )


def _said(texts, bodies):
    return {
        "title": f"x {texts.one(180)}",
        "summary": f"x {texts.one()}",
        "tags": tuple(dict.fromkeys(texts.one(90) for _ in range(3))),
        "evidence_measure": texts.one(),
        "provider": texts.one(150),
        "notice": texts.one(),
        "body": f"## Context\n\n{texts.many(bodies)}\n",
    }


def _published(session, head, texts, number, state=State.PUBLISHED):
    actor = actor_for(head)
    said = _said(texts, IN_A_BODY)
    resource = a_resource(
        session, **said, state=state, author_id=actor.id, school_id=actor.school_id,
        authority="angus", school=texts.one(150),
    )  # fmt: skip
    resource.slug = f"payload-{number}"
    return resource


def _draft(session, head, texts, state):
    revision = a_draft(session, head, state=state, **_said(texts, 12))
    now = utc_now()
    revision.submitted_at = now
    name = f"{texts.one(100)}-{revision.id}".replace("/", " ")
    offered = Attachment(name=name, media_type="text/plain", size=1, sha256=f"{revision.id:064d}",
                         data=b"x")  # fmt: skip
    revision.attachments.append(
        RevisionAttachment(attachment=offered, label=texts.one(180), position=0)
    )
    report = '{"placed": [], "pictures": 0, "notes": [], "waiting": [], "authors": []}'
    revision.originals.append(
        Original(
            person_id=head.id,
            file_name=texts.one(150),
            sha256="0" * 64,
            size=1,
            data=b"x",
            report_json=report,
        )
    )
    revision.privacy_answers.append(
        PrivacyAnswer(fingerprint="0" * 64, reason=texts.one(400), person_id=head.id)
    )
    revision.steps.append(
        RevisionStep(
            step=Step.SUBMIT,
            start=State.DRAFT,
            end=State.SUBMITTED,
            person_id=head.id,
            comment=texts.one(),
        )
    )
    return revision


@pytest.fixture
def watched(chromium, places):
    """Return a function that opens pages as one role, and what was met on them."""
    address, opened = places
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    met = []
    page.on("dialog", lambda dialog: (met.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: met.append(f"error {error}"))
    page.on("console", lambda said: met.append(f"console {said.text}"))
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((address, "data:image"))
            else met.append(f"request {asked.url}")
        ),
    )

    def look(path):
        answer = page.goto(path)
        assert answer.status == STATUS.get(path, 200), path
        if path in STATUS:  # which the browser tells of too
            met[:] = [line for line in met if "Failed to load resource" not in line]
        assert (path, page.evaluate(LOOK), met) == (path, NOTHING, [])

    yield page, look, opened
    assert met == []
    context.close()


def sign_in(page, role):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(f"{role}@sample.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/")


def test_what_runs_would_be_seen(chromium):
    raw = next(text for text in PAYLOADS if "'><img src=x onerror=__ran" in text)
    page = chromium.new_page()
    page.set_content(f"<main>{raw}<a href=javascript:0>x</a></main>")
    page.wait_for_function("window.__ran !== undefined")
    found = page.evaluate(LOOK)
    page.close()
    assert (found["handlers"], found["links"]) == (1, 1)


@pytest.mark.parametrize(
    "role", [Role.VISITOR, Role.HEADTEACHER, Role.REGIONAL_LEAD, Role.ADMINISTRATOR]
)
def test_no_text_runs_on_any_page_that_shows_it(watched, role):
    page, look, opened = watched
    if role is not Role.VISITOR:
        sign_in(page, role)
    for path in opened[role]:
        look(path)


def test_no_words_of_a_search_run(watched):
    page, look, _ = watched
    for start in range(0, len(PAYLOADS), 140):
        words = PAYLOADS[start].replace("#", "%23").replace("&", "%26")[:250]
        look(f"/search?q={words}")
    page.goto("/search")
    page.get_by_role("combobox").first.type("x ")
    page.wait_for_timeout(700)
    assert page.evaluate(LOOK)["ran"] is None


def test_no_words_of_a_word_file_run(watched):
    import docx

    page, look, _ = watched
    sign_in(page, Role.HEADTEACHER)
    document = docx.Document()
    document.core_properties.author = "<img src=x onerror=alert(1)>"
    for number, payload in enumerate(PAYLOADS):
        clean = "".join(c for c in payload if c.isprintable() or c in "\n\t")
        if number % 80 == 0:
            document.add_heading(clean[:120], level=1)
        document.add_paragraph(clean)
    data = io.BytesIO()
    document.save(data)
    page.goto("/submissions/new")
    file = {"name": "<img src=x onerror=alert(1)>.docx", "mimeType": WORD}
    page.locator("input[type=file]").set_input_files([{**file, "buffer": data.getvalue()}])
    page.get_by_role("button", name="Make a draft of it").click()
    page.wait_for_url("**/taken-in")
    draft = page.url.removesuffix("/taken-in")
    for path in (page.url, draft, f"{draft}/edit", f"{draft}/privacy", f"{draft}/files"):
        look(path)
    page.goto(f"{draft}/edit")
    page.get_by_role("button", name="Preview").first.click()
    page.wait_for_timeout(500)
    assert page.evaluate(LOOK)["ran"] is None
