"""What a person may say about their digest."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from app.domain.follows import Rhythm


class RhythmForm(FlaskForm):
    """How often the digest of what somebody follows comes."""

    rhythm = RadioField(
        "How often shall it come?",
        choices=[SelectChoice(one.value, one.about) for one in Rhythm],
        validate_choice=True,
    )

    @property
    def chosen(self) -> Rhythm:
        """What is chosen."""
        return Rhythm(self.rhythm.data)
