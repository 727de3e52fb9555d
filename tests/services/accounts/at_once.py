"""Many who try at the same moment, each in a thread and a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.db import unit_of_work
from app.domain.errors import TooManyTries, WrongState
from app.domain.moments import utc_now
from app.domain.people import OPERATOR, Role
from app.services.accounts import people
from app.services.accounts.delays import Caller
from app.services.accounts.places import RolePlace
from app.services.accounts.sign_in import open_attempt


def all_at_once(deeds):
    """Run the deeds together; return what each returned."""
    start = Barrier(len(deeds))

    def run(deed):
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def tries_let_through(count):
    """Return how many of so many tries at once, for one name from many addresses, get through."""
    now = utc_now()

    def try_from(address):
        try:
            with unit_of_work() as session:
                open_attempt(session, Caller("head@sample.example", address, "key"), now)
        except TooManyTries:
            return False
        return True

    return sum(all_at_once([lambda n=n: try_from(f"192.0.2.{n}") for n in range(count)]))


def administrators_left():
    """Let two administrators disable each other at once; return how many are left."""
    with unit_of_work() as session:
        ids = [
            people.add(
                session, OPERATOR, name=f"Keeper {n}", email=f"{n}@sample.example",
                role_place=RolePlace(Role.ADMINISTRATOR), password=None, now=utc_now(),
            ).id
            for n in range(2)
        ]  # fmt: skip

    def disable(person_id):
        try:
            with unit_of_work() as session:
                people.disable(session, OPERATOR, person_id, utc_now())
        except WrongState:
            return 1
        return 0

    return sum(all_at_once([lambda i=i: disable(i) for i in ids]))
