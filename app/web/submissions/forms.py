"""The guided form: its controls, made from the sections, the facets and the taxonomy."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.domain.audience import Audience
from app.domain.facets import TERM_LISTS
from app.domain.merging import Value
from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.domain.taxonomy import Taxonomy
from app.services.submissions.draft_fields import LEAD, LISTS, OTHER, TAGS, Values, section_field
from app.web.labels import LANGUAGES

KINDS = (
    (str(Kind.CASE_STUDY), "A case study: something that you tried, and what came of it"),
    (
        str(Kind.PROFESSIONAL_LEARNING),
        "Professional learning: a course, reading or toolkit for colleagues",
    ),
)
AUDIENCES = (
    (str(Audience.PUBLIC), "Everyone, also without signing in"),
    (str(Audience.STAFF), "Staff who are signed in"),
    (str(Audience.REGION), "Staff of your region"),
)
LICENCES = {
    "CC-BY-4.0": "Others may use and change it, and say whose it is (CC BY 4.0)",
    "CC-BY-SA-4.0": "The same, and what they make of it stays free too (CC BY-SA 4.0)",
    "CC-BY-NC-4.0": "Others may use and change it, but not to earn money (CC BY-NC 4.0)",
    "CC0-1.0": "Others may do with it what they like (CC0 1.0)",
}
NOT_SAID = "Not said"
LEARNING_ONLY = frozenset({"standard"})  # facets that a case study is seldom filed under
Choices = Iterable[tuple[str, str]]


def _choices(pairs: Choices, none: str = "") -> list[SelectChoice]:
    """Return codes with labels as WTForms wants them; `none` stands for no choice, first."""
    first = [SelectChoice("", none)] if none else []
    return [*first, *(SelectChoice(code, label) for code, label in pairs)]


class KindForm(FlaskForm):
    """What somebody is going to write."""

    kind = RadioField(
        "What are you going to write?",
        [InputRequired("Choose what you are going to write")],
        choices=_choices(KINDS),
    )


def draft_form(kind: Kind, taxonomy: Taxonomy, values: Values) -> FlaskForm:
    """Return the form of a draft that holds these values.

    Its fields are named as those of services/submissions/draft_fields. A choice that was made once
    is offered on, also where its term is retired.
    """
    controls: dict[str, Field] = {
        "title": StringField("Title"),
        "summary": TextAreaField("Summary"),
        LEAD: TextAreaField("Before the first section"),
    }
    for section in SECTIONS[kind]:
        controls[section_field(section.code)] = TextAreaField(section.heading)
    controls[OTHER] = TextAreaField("Anything else")
    controls |= _of_kind(kind, taxonomy, values) | _terms(kind, taxonomy, values)
    controls[TAGS] = TextAreaField("Tags")
    controls |= _last(taxonomy, values)
    form_class = type("DraftForm", (FlaskForm,), controls)
    shown = {**values, TAGS: "\n".join(values[TAGS])}
    return form_class(formdata=None, data=shown)


def fields_sent(kind: Kind, held_tags: tuple[str, ...] = ()) -> dict[str, Value]:
    """Return the fields that the request's form has, as they were typed; others are left out."""
    sent: dict[str, Value] = {}
    for name in names_of(kind):
        if name == TAGS and name in request.form:
            sent[name] = tags_of(request.form.getlist(name), held_tags)
        elif name in request.form:
            texts = tuple(text for text in request.form.getlist(name) if text)
            sent[name] = texts if name in LISTS else request.form[name]
    return sent


def names_of(kind: Kind) -> tuple[str, ...]:
    """Return the names of every field that a form of this kind may have."""
    return (
        *("title", "summary", LEAD, OTHER),
        *(section_field(section.code) for section in SECTIONS[kind]),
        *(facet.name for facet in TERM_LISTS),
        *(TAGS, "learning_type", "duration_minutes", "provider"),
        *("evidence_grade", "evidence_measure", "evidence_cohort", "evidence_cost"),
        *("audience", "language", "licence", "authority"),
    )


def tags_of(texts: Iterable[str], held: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags that stand on lines or between commas; one that has a comma already keeps it."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    parts = [[line] if line in held else line.split(",") for line in lines]
    return tuple(dict.fromkeys(tag.strip() for tags in parts for tag in tags if tag.strip()))


def _of_kind(kind: Kind, taxonomy: Taxonomy, values: Values) -> dict[str, Field]:
    if kind is Kind.CASE_STUDY:
        return {}
    types = _offered(taxonomy, "learning_types", values["learning_type"])
    return {
        "learning_type": SelectField("Type", choices=_choices(types, "Choose a type")),
        "duration_minutes": StringField("How many minutes it takes"),
        "provider": StringField("Who provides it"),
    }


def _terms(kind: Kind, taxonomy: Taxonomy, values: Values) -> dict[str, Field]:
    return {
        facet.name: SelectMultipleField(
            facet.plural, choices=_choices(_offered(taxonomy, facet.vocabulary, values[facet.name]))
        )
        for facet in TERM_LISTS
        if kind is Kind.PROFESSIONAL_LEARNING
        or facet.name not in LEARNING_ONLY
        or values[facet.name]
    }


def _last(taxonomy: Taxonomy, values: Values) -> dict[str, Field]:
    language, licence = str(values["language"]), str(values["licence"])
    grades = _offered(taxonomy, "evidence_grades", values["evidence_grade"])
    costs = _offered(taxonomy, "costs", values["evidence_cost"])
    return {
        "evidence_grade": SelectField("How far it was tried", choices=_choices(grades, NOT_SAID)),
        "evidence_measure": StringField("What you measured"),
        "evidence_cohort": StringField("How many took part"),
        "evidence_cost": SelectField("Cost to start", choices=_choices(costs, NOT_SAID)),
        "audience": RadioField("Who may read it, once published?", choices=_choices(AUDIENCES)),
        "language": SelectField("Language", choices=_choices(_with(LANGUAGES, language))),
        "licence": SelectField(
            "What others may do with it", choices=_choices(_with(LICENCES, licence), NOT_SAID)
        ),
    }


def add_authority(controls: FlaskForm, taxonomy: Taxonomy, region: str, value: Value) -> FlaskForm:
    """Return the form with a choice among the authorities of a region, for who has no school."""
    under = taxonomy.vocabularies["authorities"].under(region)
    held = [(term.code, term.label) for term in under if term.is_offered or term.code == value]
    extended: Any = type(
        "DraftForm",
        (type(controls),),
        {"authority": SelectField("Authority", choices=_choices(held, NOT_SAID))},
    )
    return extended(formdata=None, data={**controls.data, "authority": value})


def _offered(taxonomy: Taxonomy, vocabulary: str, chosen: Value) -> list[tuple[str, str]]:
    return [
        (term.code, term.label)
        for term in taxonomy.vocabularies[vocabulary].terms
        if term.is_offered or term.code in ((chosen,) if isinstance(chosen, str) else chosen)
    ]


def _with(choices: Mapping[str, str], held: str) -> list[tuple[str, str]]:
    """Return the choices, with one more where another is held."""
    return list({**choices, **({held: choices.get(held, held)} if held else {})}.items())
