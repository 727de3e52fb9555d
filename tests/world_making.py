"""How the world of these tests is made: people and things at every distance."""

import hashlib
import json
from datetime import timedelta

from itsdangerous import URLSafeTimedSerializer

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.concerns import ConcernAbout
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.domain.permissions import Place
from app.domain.tags import TagStep, slug_of_tag
from app.domain.tokens import TokenScope
from app.domain.workflow import State
from app.models.adoptions import Evaluation
from app.models.collections import CollectionCurator, CollectionVersion
from app.models.people import Invitation
from app.models.pictures import Picture
from app.models.questions import Concern
from app.models.reviews import ReviewComment
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
from tests.world_rows import rows_of
from tests.world_things import Asker, Thing

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


class Making:
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
        return rows_of(self._session, person)

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
