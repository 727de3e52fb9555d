"""Read what a file's front matter says of the files that it offers for download."""

from app.domain.resources import ATTACHMENTS_LIMIT, LABEL_LIMIT, AttachmentRef
from app.formats.front_matter import Value
from app.formats.resource_fields import Fields

KEY = "attachments"
SAYS = frozenset({"file", "label"})
HOW = "write attachments: [{file: planner.docx, label: Our planner}]"


def attachments(fields: Fields) -> tuple[AttachmentRef, ...]:
    """Return the files offered for download, in the file's order; a bare name is its own label.

    A file's name is taken as it stands: it lies in the folder attachments/ beside the text.
    """
    value = fields.value(KEY)
    items = value if isinstance(value, list) else [value]
    found = [ref for item in items if item is not None and (ref := _read(fields, item))]
    if len({ref.name for ref in found}) < len(found):
        fields.refuse(KEY, "attachments names a file twice: keep one.")
    if len(found) > ATTACHMENTS_LIMIT:
        fields.refuse(KEY, f"There are {len(found)} attachments: {ATTACHMENTS_LIMIT} is the most.")
    return tuple(found)


def _read(fields: Fields, item: Value) -> AttachmentRef | None:
    said = {"file": item} if isinstance(item, str) else item
    if not isinstance(said, dict) or said.keys() - SAYS:
        fields.refuse(KEY, f"An attachment has a file and a label: {HOW}.")
        return None
    name, label = (_line(said.get(key)) for key in ("file", "label"))
    if not name or "/" in name or "\\" in name or name.startswith("."):
        fields.refuse(KEY, f"“{name}” is no file name: put the file into attachments/ and {HOW}.")
        return None
    if len(label) > LABEL_LIMIT:
        fields.refuse(KEY, f"The label of {name} is over {LABEL_LIMIT} characters: shorten it.")
    return AttachmentRef(name, label or name)


def _line(value: Value) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
