"""The taxonomy as the API sends it."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from app.domain.facets import FACETS
from app.domain.taxonomy import Taxonomy


class TermAnswer(BaseModel):
    """One value of a vocabulary. The code never changes; the label may."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    label: str
    label_gd: str | None
    aliases: list[str]
    broader: list[str] = Field(description="Codes: a stage's levels, an authority's region.")
    valid_from: date | None
    valid_to: date | None = Field(description="The last day it may be given to a resource.")
    replaced_by: str | None = Field(description="The code of its successor.")
    note: str | None
    unverified: list[str] = Field(description="Which of these fields are yet to be checked.")


class VocabularyAnswer(BaseModel):
    """The terms of one controlled list, in their order."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    label: str
    label_gd: str | None
    source: str
    caveats: list[str]
    groups: list[TermAnswer] = Field(
        description="What `broader` names, where that is no vocabulary of its own."
    )
    terms: list[TermAnswer] = Field(description="Retired ones too: they keep finding.")


class TaxonomyAnswer(BaseModel):
    """Every vocabulary, by name."""

    vocabularies: list[VocabularyAnswer]
    facets: dict[str, str] = Field(
        description="The name of the vocabulary whose codes a search parameter takes."
    )


def answer_taxonomy(taxonomy: Taxonomy) -> TaxonomyAnswer:
    """Return the taxonomy as it goes out."""
    return TaxonomyAnswer(
        vocabularies=[
            VocabularyAnswer.model_validate(vocabulary)
            for vocabulary in taxonomy.vocabularies.values()
        ],
        facets={facet.name: facet.vocabulary for facet in FACETS if facet.vocabulary},
    )
