"""What only its owner may know of, in an account of the world of these tests."""

import hashlib

from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.sharing import SharedWith
from app.models.follows import Follow
from app.models.notifications import Notification
from app.models.resources import Resource
from app.models.shares import PeopleGroup, Share, ShareLink
from app.models.sign_ins import ApiToken, SignIn
from app.services.accounts import sessions
from tests.builders import (
    a_resource,
)
from tests.world_things import Thing


def rows_of(session, person):
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
    sessions.begin(session, person, "Another device", now)
    group = PeopleGroup(name="Ours", owner_id=person.id)
    link = ShareLink(
        token_hash=hashlib.sha256(f"link of {person.id}".encode()).hexdigest(),
        resource_id=_shared(session).id,
        made_by_id=person.id,
        expires_at=now,
    )
    share = Share(
        resource_id=_shared(session).id,
        from_id=person.id,
        shared_with=SharedWith.PERSON,
        person_id=person.id,
    )
    followed = Follow(person_id=person.id, kind="region", key="tayside", label="Tayside")
    session.add_all((told, token, group, link, share, followed))
    session.flush()
    sign_in = session.query(SignIn).filter_by(person_id=person.id).all()[-1]
    values = {"notification_id": told.id, "token_id": token.id, "sign_in_id": sign_in.id}
    values |= {"share_id": share.id, "link_id": link.id, "group_id": group.id}
    values["follow_id"] = followed.id
    return Thing(f"rows of {person.name}", values | {"person_id": person.id})


def _shared(session):
    """A resource that everybody may read, to have been shared."""
    held = session.query(Resource).filter_by(slug="shared-by-all").first()
    return held or a_resource(session, title="Shared by all")
