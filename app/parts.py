"""What one running app is made of, for the faces and the followers to reach."""

from dataclasses import dataclass

from app.domain.taxonomy import Taxonomy
from app.domain.working_days import NO_HOLIDAYS, Calendar
from app.formats.live_taxonomy import LiveTaxonomy
from app.search.port import SearchEngine
from config import Settings


@dataclass(frozen=True)
class Parts:
    """The parts that `create_app` put together, in `app.extensions["parts"]`."""

    settings: Settings
    search: SearchEngine
    live: LiveTaxonomy
    calendar: Calendar = NO_HOLIDAYS

    @property
    def taxonomy(self) -> Taxonomy:
        """The vocabularies as they were read last: ask each time, and keep nothing."""
        return self.live.taxonomy

    def look_again(self) -> bool:
        """Take up vocabularies that changed on disk; return whether there was something new."""
        return self.live.look(self._use)

    def taxonomy_now(self) -> Taxonomy:
        """Return the vocabularies as they are on disk at this moment."""
        self.look_again()
        return self.taxonomy

    def glance(self) -> bool:
        """Do so where nobody did within the last half second; for every request."""
        return self.live.glance(self._use)

    def _use(self, taxonomy: Taxonomy) -> None:
        self.search.learn(taxonomy)
