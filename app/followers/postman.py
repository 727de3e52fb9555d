"""Keep carrying letters, beside everything else: a slow mail server holds up nobody.

In a thread of its own and from a place of its own: a server that answers after
20 seconds must not keep a publication from the index. The thread mostly waits,
so it costs the readers nothing.
"""

import logging
import threading

from app.domain.errors import AlreadyRunning, MailAway, ServiceError
from app.domain.moments import utc_now
from app.followers.handed_over import HandedOver
from app.followers.letters import LIBRARY, Desk
from app.followers.mail import Delays, Round, catch_up
from app.followers.place import Place
from app.outside.mail import Letter, Mailer
from app.outside.mailers import address_of, hindrance_of, mailer_for
from app.parts import Parts
from config import Settings

log = logging.getLogger(__name__)

LOOK_S = 1.0  # between two looks at the outbox
TAKE_OVER_S = 5.0  # between two tries for the place, while another process has it
FIRST_DELAY_S = 5.0  # before a mail server that is away is tried again
LONGEST_DELAY_S = 300.0
STOP_S = 5.0  # that a stop waits for the letter in hand
NAME = "mail.lock"
HANDED = "mail.handed-over"  # what a mail server took, until the database knows it
TAKEN = (
    "Another process carries letters already (the server does by itself): stop it, or leave the "
    "work to it."
)


class Postman:
    """Carries letters, from one place at a time.

    `start` carries in a thread of this process (start it after forking);
    `follow` carries in the calling thread; `carry` takes what waits now.
    """

    def __init__(self, parts: Parts, mailer: Mailer | None = None) -> None:
        self._settings = settings = parts.settings
        self._mailer = mailer or mailer_for(settings)
        self._hindrance = "" if self._mailer else hindrance_of(settings)
        self._desk = Desk(address_of(settings), settings.secret_key)
        self._delays = Delays()
        self._handed_at = settings.index_dir / HANDED
        self._failures = 0
        self.place = Place(settings.index_dir, NAME, TAKEN)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def where(self) -> str:
        """Where letters go, in words."""
        settings = self._settings
        if self._mailer is None:
            return f"nowhere, they wait: {self._hindrance}"
        if settings.smtp_host:
            return f"to {settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
        return f"into {settings.mail_folder}"

    def start(self) -> None:
        """Carry in the background; where another process does, wait to take over."""
        if self._mailer is None:
            if not self._stop.is_set():
                log.warning("letters wait: %s", self._hindrance)
                self._stop.set()  # told once
        elif self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after the letter in hand; harmless where nothing was started."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(STOP_S)
            self._thread = None
        self.place.leave()

    def follow(self) -> None:
        """Carry in this thread until `stop` is called.

        Raises:
            AlreadyRunning: another process carries letters.
            MailAway: the settings name no mail server.
        """
        self._require_mailer()
        self.place.take()
        self._run()

    def carry(self) -> Round:
        """Carry what waits now, each letter tried once.

        Raises:
            AlreadyRunning: another process carries letters.
            MailAway: nothing is taken now.
        """
        mailer = self._require_mailer()
        self.place.take()
        try:
            ended = put_off = 0
            while (now := self._catch_up(mailer)) != Round(0, 0):
                ended, put_off = ended + now.ended, put_off + now.put_off
            return Round(ended, put_off)
        finally:
            self.place.leave()

    def _catch_up(self, mailer: Mailer) -> Round:
        # Read anew each time: another process may have had the place meanwhile.
        return catch_up(mailer, self._desk, self._delays, HandedOver(self._handed_at))

    def _require_mailer(self) -> Mailer:
        if self._mailer is None:
            raise MailAway(f"Letters wait: {self._hindrance}.")
        return self._mailer

    def _run(self) -> None:
        pause = 0.0
        while not self._stop.wait(pause):
            pause = self._look()

    def _look(self) -> float:
        """Carry some letters; return for how many seconds nothing more need be done."""
        try:
            self.place.take()
            carried = self._catch_up(self._require_mailer()) != Round(0, 0)
        except AlreadyRunning:
            return TAKE_OVER_S
        except (ServiceError, OSError) as hindrance:
            return self._put_off(hindrance)
        except Exception as fault:
            log.exception("a letter could not be carried")
            return self._put_off(fault)
        self._failures = 0
        return 0.0 if carried else LOOK_S

    def _put_off(self, hindrance: Exception) -> float:
        self._failures += 1
        delay_s = min(FIRST_DELAY_S * 2.0 ** min(self._failures - 1, 10), LONGEST_DELAY_S)
        log.warning("letters wait %.0f s: %s", delay_s, hindrance)
        return delay_s


def send_trial(settings: Settings, address: str) -> None:
    """Send a letter by which somebody sees that the settings are right.

    Raises:
        MailAway: the mail server, or the folder, cannot be used.
        LetterPutOff: not now.
        LetterRefused: not to this address.
    """
    mailer = mailer_for(settings)
    if mailer is None:
        raise MailAway(f"Letters wait: {hindrance_of(settings)}.")
    desk = Desk(address_of(settings), settings.secret_key)
    headers = {"Message-ID": desk.message_id("trial", 0, utc_now())}
    text = (
        f"This letter tries the mail settings of {desk.address}\n\n"
        "You get this mail because the person who keeps the library asked for it.\n"
    )
    try:
        mailer.send(Letter(address, f"A trial letter from {LIBRARY}", text, headers))
    finally:
        mailer.rest()
