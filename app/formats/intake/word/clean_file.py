"""The clean Word file that mammoth reads: written here, out of nothing but what was copied."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

from lxml import etree

from app.formats.intake.word.names import SPACES, full
from app.formats.intake.word.reading import Reading
from app.formats.intake.word.xml_parts import Element

OFFICE = SPACES["r"]
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="name" ContentType="image/png"/></Types>"""
RELATIONS = '<Relationships xmlns="{space}">{inner}</Relationships>'
RELATION = '<Relationship Id={id} Type="{kind}" Target={target}{outwards}/>'
STYLES = f"""<w:styles xmlns:w="{SPACES["w"]}">{
    "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        "</w:style>"
        for level in range(1, 7)
    )
}<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style></w:styles>"""
LEVELS = {
    kind: "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(9)
    )
    for kind in ("bullet", "decimal")
}
NUMBERING = f"""<w:numbering xmlns:w="{SPACES["w"]}">
<w:abstractNum w:abstractNumId="1">{LEVELS["bullet"]}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{LEVELS["decimal"]}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""
MAIN = "word/document.xml"
NOTES = ("footnotes", "endnotes")


def new_part(name: str) -> Element:
    """Return an empty root such as w:document."""
    return etree.Element(
        full(name), nsmap={key: SPACES[key] for key in ("w", "r", "wp", "a", "pic")}
    )


def write_clean_file(reading: Reading, body: Element, notes: dict[str, Element]) -> io.BytesIO:
    """Return a Word file with the copied body and notes; each picture in it is only its name."""
    document = new_part("w:document")
    document.append(body)
    relations = _relations(reading)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as clean:
        clean.writestr("[Content_Types].xml", TYPES)
        clean.writestr("word/styles.xml", STYLES)
        clean.writestr("word/numbering.xml", NUMBERING)
        clean.writestr(MAIN, etree.tostring(document))
        clean.writestr("word/_rels/document.xml.rels", relations)
        for kind, root in notes.items():
            clean.writestr(f"word/{kind}.xml", etree.tostring(root))
            clean.writestr(f"word/_rels/{kind}.xml.rels", relations)
        for name, picture_id in reading.shown.items():
            clean.writestr(f"word/media/{picture_id}.name", name)
    out.seek(0)
    return out


def _relations(reading: Reading) -> str:
    links = [
        RELATION.format(
            id=quoteattr(link_id),
            kind=f"{OFFICE}/hyperlink",
            target=quoteattr(address),
            outwards=' TargetMode="External"',
        )
        for address, link_id in reading.links.items()
    ]
    pictures = [
        RELATION.format(
            id=quoteattr(picture_id),
            kind=f"{OFFICE}/image",
            target=quoteattr(f"media/{picture_id}.name"),
            outwards="",
        )
        for picture_id in reading.shown.values()
    ]
    return RELATIONS.format(space=SPACES["rel"], inner="".join(links + pictures))
