"""flask demo: what invented people do with the library, for trying it out."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library
from app.cli.invented import invented
from app.db import unit_of_work
from app.domain.concerns import ConcernAbout
from app.domain.errors import NotAllowed
from app.domain.evidence import Outcome
from app.domain.follows import FollowKind
from app.domain.moments import day_in_scotland, utc_now
from app.domain.people import Actor
from app.domain.sharing import SharedWith
from app.faces.doorstep import parts
from app.formats.sample_activity import Act, InventedPerson, read_activity
from app.services import resources
from app.services.adoptions import evaluations, reading, recording
from app.services.adoptions.saying import Told
from app.services.concerns.raising import raise_concern
from app.services.follows import following, saving
from app.services.questions import asking
from app.services.questions.words import Said
from app.services.shares.recipients import Recipient, find_recipient, find_schools
from app.services.shares.sending import send
from app.services.shares.things import ThingKind, read_thing
from app.services.tags import tagging

FILE = "sample-activity.yaml"
DAYS_IN_A_MONTH = 31

demo = AppGroup("demo", help="Let invented people use the library, for trying it out.")


@demo.command("play")
@on_the_library
def play() -> None:
    """Play what the sample activity tells: tags, tries, questions, shares; never in production.

    All of it or nothing. Safe to repeat: what was played is left alone.
    """
    if parts().settings.is_production:
        raise NotAllowed("Invented activity has no place in production.")
    activity = read_activity(parts().settings.content_dir / FILE)
    with unit_of_work() as session:
        cast = _Cast(session, activity.people)
        if not activity.people or _was_played(session, cast, activity.acts["adoptions"]):
            click.echo("Nothing to play: it was played before, or there is no sample activity.")
            return
        for kind, acts in activity.acts.items():
            for act in acts:
                PLAYERS[kind](session, cast, act)
    told = ", ".join(f"{len(acts)} {kind}" for kind, acts in activity.acts.items())
    click.echo(f"Played: {told}.")


class _Cast:
    """Who plays: invented people, each found or made once."""

    def __init__(self, session: Any, people: Mapping[str, InventedPerson]) -> None:
        self._session, self._people = session, people
        self._actors: dict[str, Actor] = {}

    def __getitem__(self, name: str) -> Actor:
        if name not in self._actors:
            told = asdict(self._people[name])
            self._actors[name] = invented(self._session, told.pop("role"), **told)
        return self._actors[name]


def _was_played(session: Any, cast: _Cast, adoptions: tuple[Act, ...]) -> bool:
    first = adoptions[0]
    _, mine = reading.find_mine(session, cast[first["by"]])
    return any(held.adoption.resource.slug == first["resource"] for held in mine)


def _tag(session: Any, cast: _Cast, act: Act) -> None:
    tagging.put_on(session, cast[act["by"]], act["resource"], act["tags"])


def _adopt(session: Any, cast: _Cast, act: Act) -> None:
    actor = cast[act["by"]]
    told = Told(
        stages=tuple(act["stages"]),
        tried_on=_months_ago(act["months_ago"]),
        outcome=Outcome(act["outcome"]),
        would_repeat=act["would_repeat"],
        changes=act["changes"],
    )
    resource = resources.read(session, actor, act["resource"])
    recording.adopt(session, actor, parts().taxonomy, resource, told)


def _evaluate(session: Any, cast: _Cast, act: Act) -> None:
    actor = cast[act["by"]]
    said = {key: act[key] for key in ("title", "evaluator", "source", "found")}
    resource = resources.read(session, actor, act["resource"])
    evaluations.evaluate(session, actor, resource, evaluations.Found(**said))


def _ask(session: Any, cast: _Cast, act: Act) -> None:
    """Ask, answer and accept; days are counted back, so that some wait for too long."""
    actor, asked_at = cast[act["by"]], utc_now() - timedelta(days=act["days_ago"])
    said = Said(act["words"], is_sure=True)
    question = asking.ask(session, actor, act["resource"], said, act["section"])
    question.asked_at = asked_at
    for told in act["answers"]:
        said = Said(told["words"], is_sure=True)
        answer = asking.answer(session, cast[told["by"]], question.id, said)
        answer.answered_at = question.answered_at = asked_at + timedelta(days=1)
        if told.get("accepted"):
            asking.accept(session, actor, answer.id)


def _share(session: Any, cast: _Cast, act: Act) -> None:
    actor = cast[act["by"]]
    kind = ThingKind.COLLECTION if "collection" in act else ThingKind.RESOURCE
    thing = read_thing(session, actor, kind, act[kind])
    send(session, actor, thing, _recipient(session, cast, actor, act["to"]), act["message"])


def _recipient(session: Any, cast: _Cast, actor: Actor, to: Act) -> Recipient:
    if "person" in to:
        one = cast[to["person"]]
        return Recipient(SharedWith.PERSON, "person_id", one.id or 0, one.name)
    taxonomy = parts().taxonomy
    if "region" in to:
        return find_recipient(session, actor, taxonomy, SharedWith.REGION, to["region"])
    named = (to["school"], to["authority"])
    school = next(s for s in find_schools(session) if (s.name, s.authority) == named)
    return find_recipient(session, actor, taxonomy, SharedWith.SCHOOL, str(school.id))


def _follow(session: Any, cast: _Cast, act: Act) -> None:
    kind = FollowKind(act["kind"])
    following.follow(session, cast[act["by"]], parts().taxonomy, kind, act["key"])


def _save(session: Any, cast: _Cast, act: Act) -> None:
    saving.save(session, cast[act["by"]], act["resource"])


def _report(session: Any, cast: _Cast, act: Act) -> None:
    _, tried = reading.find_mine(session, cast[act["of"]])
    thing = next(t.adoption for t in tried if t.adoption.resource.slug == act["resource"])
    raise_concern(session, cast[act["by"]], ConcernAbout(act["about"]), str(thing.id), act["words"])


def _months_ago(months: int) -> date:
    return day_in_scotland(utc_now()) - timedelta(days=DAYS_IN_A_MONTH * months)


PLAYERS: Mapping[str, Callable[[Any, _Cast, Act], None]] = {
    "tags": _tag,
    "adoptions": _adopt,
    "evaluations": _evaluate,
    "questions": _ask,
    "shares": _share,
    "follows": _follow,
    "saved": _save,
    "concerns": _report,
}
