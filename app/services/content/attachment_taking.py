"""Take in the files that a text offers for download, each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.resources import AttachmentRef, ResourceContent
from app.formats.attachments import ATTACHMENTS
from app.formats.file_tree import FileTree
from app.models.submissions import Attachment
from app.services.content.tree_files import bytes_of
from app.services.keeping import keep_attachment


@dataclass
class TakenAttachments:
    """What became of the files of one text."""

    content: ResourceContent  # which names them as they are kept, and only those that are
    files: list[Path] = field(default_factory=list)  # where they were found
    missing: dict[str, str] = field(default_factory=dict)  # name -> why, as half a sentence


def take_attachments(
    session: Session,
    content: ResourceContent,
    folder: Path,
    *,
    tree: FileTree,
    held: Mapping[str, Attachment],
    limit_mb: int,
) -> TakenAttachments:
    """Keep the files that the content offers and that lie in attachments/ below `folder`.

    `held` are those that the resource has already, by name: they need no file. One that cannot be
    taken is no longer offered.
    """
    taken = TakenAttachments(content)
    kept: dict[str, AttachmentRef] = {}
    for ref in content.attachments:
        path = folder / ATTACHMENTS / ref.name
        try:
            found = keep_attachment(session, ref.name, bytes_of(path, tree, limit_mb), limit_mb)
            taken.files.append(path)
        except InvalidInput as refusal:
            known = held.get(ref.name)
            if known is None:
                taken.missing[ref.name] = str(refusal)
                continue
            found = known
        kept.setdefault(found.name, AttachmentRef(found.name, ref.label))
    taken.content = replace(content, attachments=tuple(kept.values()))
    return taken
