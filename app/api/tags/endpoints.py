"""The table of the endpoints of tags."""

from app.api.endpoint import Endpoint
from app.api.problems import RefusedProblem
from app.api.tags import views
from app.api.tags.answer import (
    ChangeAnswer,
    ChangesAnswer,
    OneTagAnswer,
    TaggedAnswer,
    TagsAnswer,
)
from app.api.tags.bodies import (
    MergeBody,
    PageParameters,
    RenameBody,
    TagsBody,
    TagsParameters,
)

ALL = "/api/v1/tags"
ONE = f"{ALL}/<slug>"
ON_ONE = "/api/v1/resources/<address>/tags"
CHANGES = "/api/v1/tag-changes"
REFUSED = {422: RefusedProblem}

ENDPOINTS = (
    Endpoint("tags", ALL, views.index, TagsAnswer, query=TagsParameters, tells=REFUSED),
    Endpoint(
        "tag", ONE, views.show, OneTagAnswer,
        query=PageParameters, problems=(404,), tells=REFUSED,
    ),
    Endpoint(
        "put_tags_on", ON_ONE, views.put_on, TaggedAnswer,
        method="POST", takes=TagsBody, problems=(404, 429), tells=REFUSED, needs_token=True,
    ),
    Endpoint(
        "take_tag_off", f"{ON_ONE}/<slug>", views.take_off, None,
        method="DELETE", status=204, problems=(404, 409), needs_token=True,
    ),
    Endpoint(
        "merge_tag", f"{ONE}/merge", views.merge, ChangeAnswer,
        method="POST", takes=MergeBody, problems=(404,), tells=REFUSED, needs_token=True,
    ),
    Endpoint(
        "rename_tag", f"{ONE}/rename", views.rename, ChangeAnswer,
        method="POST", takes=RenameBody, problems=(404,), tells=REFUSED, needs_token=True,
    ),
    Endpoint(
        "retire_tag", f"{ONE}/retire", views.retire, ChangeAnswer,
        method="POST", problems=(404,), tells=REFUSED, needs_token=True,
    ),
    Endpoint("tag_changes", CHANGES, views.change_log, ChangesAnswer, needs_token=True),
    Endpoint(
        "undo_tag_change", f"{CHANGES}/<int:change_id>/undo", views.undo, ChangeAnswer,
        method="POST", problems=(404, 409), needs_token=True,
    ),
)  # fmt: skip
