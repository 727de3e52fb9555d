"""What finds traces of identifiable pupils in a text, before it may be submitted."""

from app.domain.privacy.findings import Finding as Finding
from app.domain.privacy.findings import Risk as Risk
from app.domain.privacy.findings import Surroundings as Surroundings
from app.domain.privacy.judging import find_risks as find_risks
