"""Hold a collection while it is changed; nobody else can meanwhile."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.errors import WrongState
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.models.collections import Collection, CollectionSection
from app.services.collected import read_collection

CHANGED_MEANWHILE = (
    "Somebody changed the collection since the version that you sent. Read it anew, and send your "
    "change with the version told there."
)


def hold(
    session: Session,
    actor: Actor,
    address: str,
    *,
    action: Action = Action.COLLECT,
    version: int | None = None,
) -> Collection:
    """Return a collection to change it, with its sections and items; nobody else can meanwhile.

    `version` is the one that the change begins from, where that matters.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: they may read it, and not do this to it.
        WrongState: it has another version by now.
    """
    found = read_collection(session, actor, address)
    require(actor, action, found)
    session.execute(select(Collection.id).where(Collection.id == found.id).with_for_update())
    held = session.scalars(
        select(Collection)
        .where(Collection.id == found.id)
        .options(
            selectinload(Collection.curators),
            selectinload(Collection.sections).selectinload(CollectionSection.items),
        )
        .execution_options(populate_existing=True)
    ).one()
    if version is not None and version != held.version:
        raise WrongState(f"{CHANGED_MEANWHILE} It is version {held.version} now.")
    return held
