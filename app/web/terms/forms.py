"""The form of a term, and how it becomes one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.domain.terms import (
    FIELD_LABELS,
    FIXED_VOCABULARIES,
    WrongTerm,
    broader_choices,
    keep_old_names,
    version_of,
)

NO_DAY = "Enter a real day, such as 31 August 2027 (2027-08-31)."


class DayField(DateField):
    """A day; what is no day is told in a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day as the browser sends it."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DAY) from None


class TermForm(FlaskForm):
    """A term, in the words of whoever keeps the vocabularies."""

    code = StringField(FIELD_LABELS["code"])
    label = StringField(FIELD_LABELS["label"])
    label_gd = StringField(FIELD_LABELS["label_gd"])
    keep_old = BooleanField("Let the old name go on finding, as another name", default=True)
    aliases = TextAreaField(FIELD_LABELS["aliases"])
    broader = SelectMultipleField(FIELD_LABELS["broader"], validate_choice=False)
    behind = SelectField("Place in the list", default="", validate_choice=False)
    note = TextAreaField(FIELD_LABELS["note"])
    valid_from = DayField(FIELD_LABELS["valid_from"], [Optional()])
    valid_to = DayField(FIELD_LABELS["valid_to"], [Optional()])
    replaced_by = SelectField(FIELD_LABELS["replaced_by"], default="", validate_choice=False)
    checked = SelectMultipleField("Checked against their source", validate_choice=False)
    seen = HiddenField()

    def fill(self, taxonomy: Taxonomy, vocabulary: Vocabulary, before: Term | None) -> None:
        """Offer what may be chosen; a field with nothing to choose is gone."""
        groups = broader_choices(taxonomy, vocabulary)
        held = before.broader if before else ()
        offered = [one for one in groups if one.is_offered or one.code in held]
        self.broader.choices = _choices(offered)
        others = [one for one in vocabulary.terms if before is None or one.code != before.code]
        successor = before.replaced_by if before else None
        ahead = [one for one in others if one.is_offered or one.code == successor]
        self.replaced_by.choices = [SelectChoice("", "None"), *_choices(ahead)]
        self.behind.choices = [
            SelectChoice("", "At the end"),
            *(SelectChoice(one.code, f"After {one.label}") for one in vocabulary.terms),
        ]
        unverified = before.unverified if before else ()
        self.checked.choices = [SelectChoice(n, FIELD_LABELS.get(n, n)) for n in unverified]
        gone = {
            "broader": not groups,
            "checked": not unverified,
            "code": before is not None,
            "behind": before is not None,
            "keep_old": before is None,
            "valid_from": vocabulary.name in FIXED_VOCABULARIES,
            "valid_to": vocabulary.name in FIXED_VOCABULARIES,
            "replaced_by": vocabulary.name in FIXED_VOCABULARIES or before is None,
        }
        for name in (name for name, is_gone in gone.items() if is_gone):
            del self[name]

    def show(self, before: Term | None) -> None:
        """Put a term into the form, with the version that is seen."""
        self.seen.data = version_of(before)
        if before is None:
            return
        for name in ("label", "label_gd", "note", "valid_from", "valid_to", "replaced_by"):
            if name in self:
                self[name].data = getattr(before, name)
        self.aliases.data = "\n".join(before.aliases)
        if "broader" in self:
            self.broader.data = list(before.broader)

    def term(self, before: Term | None) -> Term:
        """Return the term as it was written."""
        base = before or Term(_line(self.code.data), "")
        written: dict[str, Any] = {
            "label": _line(self.label.data),
            "label_gd": _line(self.label_gd.data) or None,
            "aliases": tuple(dict.fromkeys(_lines(self.aliases.data))),
            "note": _line(self.note.data) or None,
        }
        if "broader" in self:
            known = [choice.value for choice in self.broader.choices]
            chosen = self.broader.data or []
            odd = [code for code in chosen if code not in known]
            written["broader"] = (*(code for code in known if code in chosen), *odd)
        for name in ("valid_from", "valid_to", "replaced_by"):
            if name in self:
                written[name] = self[name].data or None
        term = replace(base, **written)
        if before is not None and self.keep_old.data and term.label:
            term = keep_old_names(before, term)
        checked = set(self.checked.data or ()) if "checked" in self else set()
        unverified = (n for n in term.unverified if n not in checked and getattr(term, n, None))
        return replace(term, unverified=tuple(unverified))

    def tell(self, problem: WrongTerm) -> None:
        """Put each sentence at its field; at the top where the form has none."""
        for name, sentence in problem.fields.items():
            if name in self:
                self[name].errors = [sentence]
        self.form_errors = [said for name, said in problem.fields.items() if name not in self]


def _choices(terms: Iterable[Term]) -> list[SelectChoice]:
    return [SelectChoice(one.code, one.label) for one in terms]


def _line(text: str | None) -> str:
    return " ".join((text or "").replace("\0", "").split())


def _lines(text: str | None) -> list[str]:
    return [line for line in map(_line, (text or "").splitlines()) if line]
