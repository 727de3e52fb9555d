"""Which values of a facet to offer beside the results, and in what order."""

from collections.abc import Mapping, Sequence

from app.domain.facets import Facet
from app.domain.taxonomy import Taxonomy


def offered_codes(
    taxonomy: Taxonomy, facet: Facet, counts: Mapping[str, int], chosen: Sequence[str]
) -> list[str]:
    """Return the codes to offer as filters: those with resources, and those chosen.

    In the vocabulary's order; a facet without a vocabulary (years) newest first.
    """
    offered = {code for code, number in counts.items() if number} | set(chosen)
    if not facet.vocabulary:
        return sorted(offered, reverse=True)
    order = taxonomy.codes(facet.vocabulary)
    return [code for code in order if code in offered] + sorted(offered - set(order))
