"""The endpoint where programs read the controlled vocabularies."""

from flask import Response

from app.api.edge import endpoint_for
from app.api.sending import FIVE_MINUTES, send_if_changed
from app.api.taxonomy.answer import answer_taxonomy
from app.domain.permissions import Action
from app.faces.doorstep import parts


@endpoint_for(Action.SEARCH)
def index() -> Response:
    """Read every vocabulary: regions, authorities, stages, themes and the others."""
    return send_if_changed(answer_taxonomy(parts().taxonomy).model_dump_json(), FIVE_MINUTES)
