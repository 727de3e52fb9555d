"""Which part a part points to: its relationships, read and never followed outwards."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from app.formats.intake.word.names import descend
from app.formats.intake.word.package import Package
from app.formats.intake.word.xml_parts import XmlGuard


@dataclass(frozen=True)
class Relation:
    """One relationship: its kind is the last word of its type, such as image or hyperlink."""

    id: str
    kind: str
    target: str  # the part's name, or the address where it leads out
    leads_out: bool


def read_relations(package: Package, guard: XmlGuard, part: str) -> dict[str, Relation]:
    """Return the relationships of a part by id; "" asks for those of the whole file."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if not package.has(listed):
        return {}
    found = {}
    for element in descend(guard.parse(package.read(listed)), "rel:Relationship"):
        leads_out = element.get("TargetMode") == "External"
        target = element.get("Target") or ""
        found[element.get("Id") or ""] = Relation(
            id=element.get("Id") or "",
            kind=(element.get("Type") or "").rpartition("/")[2],
            target=target if leads_out else _part_name(folder, target),
            leads_out=leads_out,
        )
    return found


def find_target(relations: dict[str, Relation], kind: str) -> str:
    """Return the first part of a kind; "" where there is none."""
    for relation in relations.values():
        if relation.kind == kind and not relation.leads_out:
            return relation.target
    return ""


def _part_name(folder: str, target: str) -> str:
    target = unquote(target.partition("#")[0])
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")
