"""Forms of asking and answering; what the privacy gate found is shown beside the words."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.domain.errors import InvalidInput, ServiceError
from app.domain.privacy import Finding
from app.services.questions.words import MayIdentify, Said

TOO_MANY, UNFIT = 429, 422  # statuses of a page that is shown again


class WordsForm(FlaskForm):
    """What somebody wishes to say; the box stands there only where the gate found something."""

    is_sure = BooleanField("I have looked: nobody can be identified by these words")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.findings: tuple[Finding, ...] = ()
        self.status = 200

    def said(self) -> Said:
        """Return what was sent."""
        return Said(self.words.data or "", is_sure=bool(self.is_sure.data))

    def refuse(self, problem: ServiceError) -> None:
        """Show a refusal at the words, and what the gate found; nothing that was typed is lost."""
        if isinstance(problem, MayIdentify):
            self.findings = problem.findings
        self.words.errors = [str(problem)]
        self.status = UNFIT if isinstance(problem, InvalidInput) else TOO_MANY

    def answer_status(self) -> int:
        """Return the status of the page that the form stands on."""
        return UNFIT if self.errors and self.status < UNFIT else self.status


class QuestionForm(WordsForm):
    """A question about a resource, or one part of it."""

    words = TextAreaField("Your question", [DataRequired("Write your question")])
    section = SelectField("What it is about", default="", validate_choice=False)

    def offer(self, sections: Mapping[str, str]) -> None:
        """Let the question be about the whole or one of these parts, by their anchors."""
        self.section.choices = [
            SelectChoice("", "The whole"),
            *(SelectChoice(anchor, heading) for anchor, heading in sections.items()),
        ]


class AnswerForm(WordsForm):
    """An answer to a question."""

    words = TextAreaField("Your answer", [DataRequired("Write your answer")])
