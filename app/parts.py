"""What one running app is made of, for the faces and the followers to reach."""

from dataclasses import dataclass

from app.domain.taxonomy import Taxonomy
from app.domain.working_days import NO_HOLIDAYS, Calendar
from app.search.port import SearchEngine
from config import Settings


@dataclass(frozen=True)
class Parts:
    """The parts that `create_app` put together, in `app.extensions["parts"]`."""

    settings: Settings
    search: SearchEngine
    taxonomy: Taxonomy
    calendar: Calendar = NO_HOLIDAYS
