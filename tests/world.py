"""A small world, made once: people of every role, and things at every distance from them."""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from app import db
from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.concerns import ConcernAbout
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import VISITOR, Actor, Role
from app.domain.permissions import Place
from app.domain.sharing import SharedWith
from app.domain.tags import TagStep, slug_of_tag
from app.domain.tokens import TokenScope, actions_of
from app.domain.workflow import State
from app.models.adoptions import Evaluation
from app.models.collections import CollectionCurator, CollectionVersion
from app.models.follows import Follow
from app.models.notifications import Notification
from app.models.people import Invitation
from app.models.pictures import Picture
from app.models.questions import Concern
from app.models.resources import Resource
from app.models.reviews import ReviewComment
from app.models.shares import PeopleGroup, Share, ShareLink
from app.models.sign_ins import ApiToken, SignIn
from app.models.submissions import Attachment, Original, RevisionAttachment
from app.models.tags import ResourceTag, Tag, TagChange
from app.services.accounts import sessions, tokens
from tests.builders import (
    a_collection,
    a_draft,
    a_person,
    a_question,
    a_resource,
    a_school,
    actor_for,
    an_adoption,
)

PNG = b"\x89PNG\r\n\x1a\n"
# Where things are, as those see it who are at the first: their school, authority, region.
DISTANCES = {
    "school": ("Balquhinnie Primary School", "angus", "tayside"),
    "authority": ("Invented Burn Academy", "angus", "tayside"),
    "region": ("Invented Tower Primary School", "dundee-city", "tayside"),
    "elsewhere": ("Invented Links Primary School", "fife", "south-east"),
}
REGIONS = ("tayside", "south-east")
REPORT = '{"placed": [], "pictures": 0, "notes": [], "waiting": [], "authors": []}'
CSRF = "the secret of the forms of these tests"


@dataclass(frozen=True)
class Thing:
    """Something that is asked for: what addresses call it, and whose it is."""

    name: str  # for a failing test
    values: dict[str, object]  # what may stand in an address, by the name there
    place: Place = field(default_factory=Place)
    audience: Audience | None = None  # of what is published; None: it is not


@dataclass(frozen=True)
class Asker:
    """Somebody who asks at every door, in a browser and by a program."""

    actor: Actor
    headers: dict[str, str]  # of a browser
    token: dict[str, str]  # of a program
    drafts: tuple[Thing, ...]  # their own, unsent and submitted
    resource: Thing | None = None  # their own, published
    collections: tuple[Thing, ...] = ()  # their own, private and published
    rows: Thing | None = None  # of their account, such as notifications
    adoption: Thing | None = None  # their own: that their school tried something

    @property
    def by_token(self) -> Actor:
        """The asker as a program acts for them, with a token for everything."""
        if self.actor is VISITOR:
            return VISITOR
        return replace(self.actor, may_only=actions_of(TokenScope))


@dataclass(frozen=True)
class World:
    """Everybody and everything, with a client that leaves no trace."""

    app: object
    connection: object
    askers: tuple[Asker, ...]
    drafts: tuple[Thing, ...]
    resources: tuple[Thing, ...]
    adoptions: tuple[Thing, ...]
    tags: tuple[Thing, ...]
    tag_changes: tuple[Thing, ...]
    collections: tuple[Thing, ...]
    people: tuple[Thing, ...]  # each with an invitation to their place
    rows: Thing  # of somebody else's account
    csrf: str

    def ask(self, method, path, *, headers, data=None, json=None):
        """Ask as one browser or program; what it changed is undone."""
        client = FlaskClient(self.app, self.app.response_class, use_cookies=False)
        undone = self.connection.begin_nested()
        try:
            if method != "GET" and json is None:
                data = {"csrf_token": self.csrf, **(data or {})}
            return client.open(
                path, method=method, headers=headers, data=data, json=json, buffered=True
            )
        finally:
            undone.rollback()


@contextmanager
def a_world(app, engine):
    """Make the world inside a transaction that is rolled back at the end."""
    with engine.connect() as connection:
        outer = connection.begin()
        db.new_session.configure(bind=connection, join_transaction_mode="create_savepoint")
        with db.new_session() as session:
            made = _Making(app, session)
            world = World(
                app=app,
                connection=connection,
                askers=tuple(made.asker(role) for role in Role),
                drafts=made.drafts(),
                resources=made.resources(),
                adoptions=made.adoptions(),
                tags=made.tags(),
                tag_changes=made.tag_changes(),
                collections=made.collections(),
                people=made.people(),
                rows=made.rows(a_person(session, Role.TEACHER, name="Somebody else")),
                csrf=made.csrf,
            )
            session.commit()
        yield world
        outer.rollback()


class _Making:
    """Makes the world's parts in one session."""

    def __init__(self, app, session):
        self._app, self._session = app, session
        signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
        self.csrf = signer.dumps(CSRF)
        self._cookies = app.session_interface.get_signing_serializer(app)
        self._schools = {
            distance: a_school(session, name, authority, region)
            for distance, (name, authority, region) in DISTANCES.items()
        }
        self._put_on = Tag(slug="put-on", label="Put on")
        session.add(self._put_on)
        self._colleagues = {
            distance: a_person(session, Role.TEACHER, school=school)
            for distance, school in self._schools.items()
        }

    def asker(self, role):
        if role is Role.VISITOR:
            return Asker(VISITOR, self._cookie({}), {}, ())
        person = a_person(self._session, role, school=self._schools["school"])
        secret = tokens.make(self._session, actor_for(person), "A program", tuple(TokenScope), 7)
        token = sessions.begin(self._session, person, "A test", utc_now())
        return Asker(
            actor=actor_for(person),
            headers=self._cookie({"_user_id": token, "_fresh": True}),
            token={"Authorization": f"Bearer {secret}"},
            drafts=tuple(self._draft(person, state, "my own") for state in _STATES),
            resource=self._resource(person, Audience.PUBLIC, "my own"),
            collections=self.collections_of(person, "my own"),
            rows=self.rows(person),
            adoption=self._adoption(person, "my own") if actor_for(person).school_id else None,
        )

    def adoptions(self):
        return tuple(
            self._adoption(person, distance) for distance, person in self._colleagues.items()
        )

    def drafts(self):
        return tuple(
            self._draft(person, state, f"my {distance}" if distance != "elsewhere" else distance)
            for distance, person in self._colleagues.items()
            for state in _STATES
        )

    def resources(self):
        public = [
            self._resource(person, Audience.PUBLIC, distance)
            for distance, person in self._colleagues.items()
        ]
        kept = [
            self._resource(self._colleagues[distance], audience, distance)
            for distance in ("school", "elsewhere")
            for audience in (Audience.STAFF, Audience.REGION)
        ]
        return (*public, *kept)

    def tags(self):
        """Tags that stand in one region each, for all to see or for that region."""
        open_ones = [_tag(f"of {region}", region, Audience.PUBLIC) for region in REGIONS]
        kept = [_tag(f"kept in {region}", region, Audience.REGION) for region in REGIONS]
        return (*open_ones, *kept)

    def tag_changes(self):
        return tuple(self._tag_change(region) for region in REGIONS)

    def _tag_change(self, region):
        tag = Tag(slug=f"changed-in-{region}", label=f"Changed in {region}")
        a_resource(self._session, title=f"Changed {region}", region=region, tags=(tag.label,))
        self._session.add(tag)
        self._session.flush()
        before = {"id": tag.id, "label": tag.label, "merged_into_id": None, "retired_at": None}
        made = TagChange(
            step=TagStep.RETIRE,
            tag_id=tag.id,
            before_json=json.dumps({"tags": [before], "now": tag.label}),
            region=region,
        )
        self._session.add(made)
        self._session.flush()
        return Thing(f"a change in {region}", {"change_id": made.id}, Place(region=region))

    def collections(self):
        found = []
        for distance, person in self._colleagues.items():
            found += self.collections_of(person, f"my {distance}")
        kept = [
            self._collection(self._colleagues[distance], distance, CollectionState.PUBLISHED, kind)
            for distance in ("school", "elsewhere")
            for kind in (Audience.STAFF, Audience.REGION)
        ]
        return (*found, *kept)

    def collections_of(self, person, whose):
        """Make what one person keeps: a private collection and a published one."""
        return tuple(
            self._collection(person, whose, state, Audience.PUBLIC) for state in CollectionState
        )

    def _collection(self, person, whose, state, audience):
        resource = a_resource(self._session, title=f"Held by {person.id} {state} {audience}")
        title = f"{whose} {state} {audience} {person.id}"
        collection = a_collection(
            self._session, person, (resource,), title=title, state=state, audience=audience
        )
        data = PNG + collection.id.encode()
        name = f"cover-{collection.id.lower()}.png"
        sha256 = hashlib.sha256(data).hexdigest()
        self._session.add(Picture(name=name, media_type="image/png", sha256=sha256, data=data))
        self._session.flush()
        collection.cover_name = name
        curator = a_person(self._session, Role.NATIONAL_READER)
        collection.curators.append(CollectionCurator(person_id=curator.id))
        markdown = "---\ntitle: It\nregion: tayside\n---\n"
        said = CollectionVersion(collection_id=collection.id, version=1, markdown=markdown)
        self._session.add(said)
        self._session.flush()
        values = {"address": collection.id, "number": 1, "person_id": curator.id}
        values |= {"resource_id": resource.id}
        place = Place(
            region=collection.region,
            authority=collection.authority,
            school_id=collection.school_id,
            owner_ids=collection.owner_ids,
        )
        is_out = state is CollectionState.PUBLISHED
        return Thing(f"{whose}, {state}", values, place, audience if is_out else None)

    def people(self):
        return tuple(
            self._person(person, f"my {distance}" if distance != "elsewhere" else distance)
            for distance, person in self._colleagues.items()
        )

    def _person(self, person, distance):
        actor = actor_for(person)
        invitation = Invitation(
            email=f"guest-{person.id}@sample.example",
            name="An invented guest",
            role=Role.TEACHER,
            school_id=actor.school_id,
            authority=actor.authority,
            region=actor.region,
            expires_at=utc_now() + timedelta(days=7),
        )
        self._session.add(invitation)
        self._session.flush()
        values = {"person_id": person.id, "invitation_id": invitation.id}
        place = Place(actor.region, actor.authority, actor.school_id)
        return Thing(f"a person of {distance}", values, place)

    def rows(self, person):
        """Make what only its owner may know of, in an account."""
        told = Notification(
            person_id=person.id,
            kind=NotificationKind.COMMENTED,
            sentence="There is a comment.",
            reason="You wrote it.",
            path="/",
        )
        now = utc_now()
        hashed = hashlib.sha256(f"token of {person.id}".encode()).hexdigest()
        token = ApiToken(
            token_hash=hashed,
            person_id=person.id,
            name="Old",
            scopes="read",
            made_at=now,
            expires_at=now,
        )
        sessions.begin(self._session, person, "Another device", now)
        group = PeopleGroup(name="Ours", owner_id=person.id)
        link = ShareLink(
            token_hash=hashlib.sha256(f"link of {person.id}".encode()).hexdigest(),
            resource_id=self._shared().id,
            made_by_id=person.id,
            expires_at=now,
        )
        share = Share(
            resource_id=self._shared().id,
            from_id=person.id,
            shared_with=SharedWith.PERSON,
            person_id=person.id,
        )
        followed = Follow(person_id=person.id, kind="region", key="tayside", label="Tayside")
        self._session.add_all((told, token, group, link, share, followed))
        self._session.flush()
        sign_in = self._session.query(SignIn).filter_by(person_id=person.id).all()[-1]
        values = {"notification_id": told.id, "token_id": token.id, "sign_in_id": sign_in.id}
        values |= {"share_id": share.id, "link_id": link.id, "group_id": group.id}
        values["follow_id"] = followed.id
        return Thing(f"rows of {person.name}", values | {"person_id": person.id})

    def _shared(self):
        """A resource that everybody may read, to have been shared."""
        held = self._session.query(Resource).filter_by(slug="shared-by-all").first()
        return held or a_resource(self._session, title="Shared by all")

    def _draft(self, person, state, distance):
        revision = a_draft(self._session, person, state=state, title=f"{distance} {state}")
        said = ReviewComment(revision_id=revision.id, person_id=person.id, words="Which stage?")
        self._session.add(said)
        values = {"revision_id": revision.id, "name": self._picture(revision)}
        self._session.flush()
        return Thing(f"{distance}, {state}", values | {"comment_id": said.id}, _place_of(revision))

    def _resource(self, person, audience, distance):
        actor = actor_for(person)
        title = f"{distance} {audience} {person.id}"
        resource = a_resource(
            self._session,
            title=title,
            audience=audience,
            region=actor.region or "tayside",
            authority=actor.authority,
            author_id=person.id,
            school_id=actor.school_id,
            tags=_tags_of(audience, actor.region or "tayside"),
        )
        revision = resource.revisions[0]
        put_on = ResourceTag(resource_id=resource.id, tag=self._put_on, person_id=person.id)
        self._session.add(put_on)
        values = {"address": resource.id, "name": self._picture(revision), "number": 1}
        values |= {"before": 1, "after": 1}
        found = Evaluation(
            resource_id=resource.id,
            title="A study",
            evaluator="A university",
            source="https://study.example",
            recorded_by_id=person.id,
        )
        self._session.add(found)
        question = a_question(self._session, resource, person, answer="With P5 and P6.")
        values |= {"question_id": question.id, "answer_id": question.answers[0].id}
        reported = Concern(
            about=ConcernAbout.QUESTION,
            thing_id=str(question.id),
            resource_id=resource.id,
            region=actor.region or "tayside",
            words="It is unkind.",
            raised_by_id=person.id,
        )
        self._session.add(reported)
        self._session.flush()
        values["concern_id"] = reported.id
        self._session.flush()
        values |= {"evaluation_id": found.id}
        return Thing(f"{distance}, {audience}", values, _place_of(revision), audience)

    def _adoption(self, person, distance):
        tried = a_resource(self._session, title=f"tried by {distance} {person.id}")
        adoption = an_adoption(self._session, tried, person, stages="p5")
        place = Place(adoption.region, adoption.authority, adoption.school_id, adoption.owner_ids)
        return Thing(f"a try of {distance}", {"adoption_id": adoption.id}, place)

    def _picture(self, revision):
        """Give it a picture, a file of the same name for download, and a file it came from."""
        name = f"picture-{revision.id}.png"
        data = PNG + name.encode()
        sha256 = hashlib.sha256(data).hexdigest()
        held = Picture(name=name, media_type="image/png", sha256=sha256, data=data)
        revision.pictures.append(held)
        revision.body_markdown += f"\n![A picture](pictures/{name})\n"
        offered = Attachment(
            name=name, media_type="image/png", size=len(data), sha256=sha256, data=data
        )
        revision.attachments.append(
            RevisionAttachment(attachment=offered, label="A picture", position=0)
        )
        original = Original(
            revision_id=revision.id,
            person_id=revision.author_id,
            file_name="ours.docx",
            sha256=sha256,
            size=len(data),
            data=data,
            report_json=REPORT,
        )
        self._session.add(original)
        return name

    def _cookie(self, values):
        signed = self._cookies.dumps({"csrf_token": CSRF, **values})
        return {"Cookie": f"session={signed}"}


_STATES = (State.DRAFT, State.SUBMITTED)


def _tags_of(audience, region):
    kept = audience is Audience.REGION
    return (f"kept in {region}",) if kept else ("everywhere", f"of {region}")


def _tag(label, region, audience):
    values = {"slug": slug_of_tag(label)}
    return Thing(f"the tag {label}", values, Place(region=region), audience)


def _place_of(revision):
    return Place(
        region=revision.region,
        authority=revision.authority,
        school_id=revision.school_id,
        owner_ids=revision.owner_ids,
        is_submitted=revision.is_submitted,
    )
