"""Word files that mean harm: bombs, knots, links outwards, pictures that are not what they say."""

import io
import struct
import warnings
import zipfile
import zlib
from functools import cache

from tests.formats.intake.word_files import W, body_of, picture, realistic, with_parts

Files = dict[str, tuple[str, bytes]]
MIB = 1024 * 1024
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = f'<w:document xmlns:w="{W}"><w:body>{{}}</w:body></w:document>'
MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
SAID = "<w:p><w:r><w:t>What we did</w:t></w:r></w:p>"


@cache
def zip_files() -> Files:
    """Archives that unpack to far more, lie about it, or lead out of themselves."""
    zeros = b"\0" * MIB
    inner = _zipped([("inner.bin", zeros * 50)])
    return {
        "a bomb in the text": ("a.docx", _package(_padded(150))),
        "a bomb beside the text": ("a.docx", _with(("word/media/big.bin", zeros * 150))),
        "bombs within a bomb": ("a.docx", _with(("word/embeddings/a.zip", inner * 20))),
        "parts over one another": ("a.docx", _overlapping()),
        "ten thousand entries": ("a.docx", _with(*((f"x/{i}", b"") for i in range(10_001)))),
        "three thousand entries": ("a.docx", _with(*((f"x/{i}", b"") for i in range(3000)))),
        "a size that lies": ("a.docx", _lying(_package(_padded(30)))),
        "names that lead out": ("a.docx", _with(("../../etc/cron.d/x", b"x"))),
        "a name with a NUL": ("a.docx", _with_nul_in_name()),
        "two parts of one name": ("a.docx", _doubled()),
        "cut off": ("a.docx", realistic()[:-2000]),
        "only its beginning": ("a.docx", realistic()[:300]),
        "flipped bytes": ("a.docx", _flipped(realistic())),
        "no text at all": ("a.docx", _zipped([("[Content_Types].xml", b"<Types/>")])),
        "an empty archive": ("a.docx", b"PK\x05\x06" + b"\0" * 18),
    }


@cache
def xml_files(port: int) -> Files:
    """XML that grows, fetches, or goes down without end."""
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>' + _said("&l9;")
    here = f"http://127.0.0.1:{port}/x.dtd"
    return {
        "a billion laughs": ("a.docx", _package(declared)),
        "a file as entity": ("a.docx", _package(_entity("file:///etc/passwd") + _said("&x;"))),
        "an address as entity": ("a.docx", _package(_entity(here) + _said("&x;"))),
        "an outer DTD": ("a.docx", _package(f'<!DOCTYPE x SYSTEM "{here}">' + _said("x"))),
        "tables 5,000 deep": ("a.docx", _package(_deep("tbl", "tr", "tc"))),
        "runs 20,000 deep": (
            "a.docx",
            _package(DOCUMENT.format("<w:r>" * 20_000 + "</w:r>" * 20_000)),
        ),
        "tags 5,000 deep": ("a.docx", _package(DOCUMENT.format(_deep_smart_tags()))),
        "an attribute of 100 MB": ("a.docx", _package(_long_attribute(100))),
        "a million elements": ("a.docx", _package(DOCUMENT.format("<w:p/>" * 1_000_000))),
        "words of the wrong kind": ("a.docx", _package("this is no XML <<<")),
        "a style based on itself": ("a.docx", _circular_styles()),
        "relations in a circle": ("a.docx", _circular_relations()),
        "a wrong encoding": ("a.docx", _package('<?xml version="1.0" encoding="utf-99"?><x/>')),
    }


def outward_files(port: int) -> Files:
    """Files that would have a program fetch something, or carry something out."""
    here = f"http://127.0.0.1:{port}"
    blip = (
        "<w:p><w:r><w:t>See</w:t><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic>"
        '<pic:blipFill><a:blip r:{}="rOut"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    dde = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe '
        '"/k calc"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>'
        'shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    said = SAID[5:-6]
    include = (
        f"<w:p><w:fldSimple w:instr='INCLUDEPICTURE \"{here}/p.png\"'>{said}</w:fldSimple></w:p>"
    )
    return {
        "a picture by http": (
            "a.docx",
            _related(body_of(blip.format("link")), "image", f"{here}/a.png"),
        ),
        "a picture by file": (
            "a.docx",
            _related(body_of(blip.format("link")), "image", "file:///etc/passwd"),
        ),
        "an embedded picture by http": (
            "a.docx",
            _related(body_of(blip.format("embed")), "image", here),
        ),
        "a picture by UNC": (
            "a.docx",
            _related(body_of(blip.format("link")), "image", r"\\127.0.0.1\s\a.png"),
        ),
        "a template by http": ("a.docx", _templated(f"{here}/t.dotm")),
        "an OLE link": ("a.docx", _related(body_of(SAID), "oleObject", f"{here}/x.xls")),
        "a field that starts a program": ("a.docx", body_of(dde)),
        "a field that fetches": ("a.docx", body_of(include)),
        "a page within": ("a.docx", _chunk(f'<html><img src="{here}/x"><script>1</script></html>')),
        "macros": (
            "a.docm",
            with_parts(realistic(), {"word/vbaProject.bin": b"\xd0\xcf" * 99}, {}),
        ),
        "a link that runs a script": ("a.docx", _script_link()),
    }


@cache
def picture_files() -> Files:
    """Pictures that unpack to gigabytes, or are something else."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    return {
        "a picture of 60,000 by 60,000": ("a.docx", _pictured(_huge_png(60_000, 60_000))),
        "a picture that unpacks to 3 GB": (
            "a.docx",
            _pictured(_huge_png(30_000, 30_000, whole=True)),
        ),
        "an SVG with a script": ("a.docx", _pictured(svg)),
        "a picture that is a program": ("a.docx", _pictured(b"MZ" + b"\x90" * 3000)),
        "a picture cut off": ("a.docx", _pictured(picture(1, "JPEG", (900, 900))[:1500])),
        "a metafile": ("a.docx", _pictured(b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60)),
        "five hundred pictures": ("a.docx", _many_pictures(500)),
    }


def _said(text: str) -> str:
    return DOCUMENT.format(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def _entity(address: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "{address}">]>'


def _package(document: str | bytes) -> bytes:
    part = document if isinstance(document, bytes) else document.encode()
    return with_parts(body_of(), {MAIN: part}, {})


def _with(*parts: tuple[str, bytes]) -> bytes:
    return with_parts(realistic(), dict(parts), {})


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def _padded(size_mb: int) -> bytes:
    return DOCUMENT.format("{}").encode().replace(b"{}", SAID.encode() + b" " * (size_mb * MIB))


def _overlapping() -> bytes:
    """An archive whose list names the bytes of one part ten times (after Fifield, 2019)."""
    data = _zipped([("word/document.xml", _padded(1)), ("a", b"a")])
    start = struct.unpack("<L", data[-6:-2])[0]
    listed, end = data[start:-22], data[-22:]
    entry = listed[: 46 + len("word/document.xml")]
    copies = b"".join(
        entry.replace(b"word/document.xml", f"word/documen{i:02d}.xml".encode()[:17])
        for i in range(10)
    )
    counts = struct.pack("<HHL", 12, 12, len(listed) + len(copies))
    return data[:start] + listed + copies + end[:8] + counts + end[16:]


def _lying(data: bytes) -> bytes:
    """The same archive, with every entry said to be 100 bytes when unpacked."""
    changed, position = bytearray(data), 0
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        position = data.find(mark)
        while position >= 0:
            changed[position + offset : position + offset + 4] = struct.pack("<L", 100)
            position = data.find(mark, position + 4)
    return bytes(changed)


def _with_nul_in_name() -> bytes:
    return _with(("word/evilX.xml", b"x")).replace(b"word/evilX.xml", b"word/evil\0.xml")


def _doubled() -> bytes:
    out = io.BytesIO(realistic())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(MAIN, _said("another text"))
    return out.getvalue()


def _flipped(data: bytes) -> bytes:
    changed = bytearray(data)
    for position in range(2000, len(changed) - 3000, 97):
        changed[position] ^= 0x55
    return bytes(changed)


def _deep(*names: str) -> str:
    opened = "".join(f"<w:{name}>" for name in names) * 5000
    closed = "".join(f"</w:{name}>" for name in reversed(names)) * 5000
    return DOCUMENT.format(opened + SAID + closed)


def _deep_smart_tags() -> str:
    return "<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>"


def _long_attribute(size_mb: int) -> bytes:
    long = b'<w:p w:rsidR="' + b"A" * (size_mb * MIB) + b'"/>'
    return DOCUMENT.format("{}").encode().replace(b"{}", long)


def _circular_styles() -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    styles = style.format("A", "B") + style.format("B", "A")
    part = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode()
    block = SAID.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>')
    return with_parts(body_of(block), {"word/styles.xml": part}, {})


def _circular_relations() -> bytes:
    relation = f'<Relationship Id="rOut" Type="{OFFICE}/footnotes" Target="document.xml"/>'
    again = relation.replace("rOut", "rAgain").replace("footnotes", "header")
    return with_parts(
        body_of(SAID), {}, {RELATIONS: ("</Relationships>", relation + again + "</Relationships>")}
    )


def _related(data: bytes, kind: str, target: str) -> bytes:
    relation = (
        f'<Relationship Id="rOut" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return with_parts(data, {}, {RELATIONS: ("</Relationships>", f"{relation}</Relationships>")})


def _templated(address: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = (
        f'<Relationships xmlns="{space}"><Relationship Id="r1" Type="{OFFICE}/attachedTemplate" '
        f'Target="{address}" TargetMode="External"/></Relationships>'
    )
    return _with(("word/_rels/settings.xml.rels", relations.encode()))


def _chunk(page: str) -> bytes:
    data = body_of('<w:altChunk r:id="rOut"/>', SAID)
    relation = f'<Relationship Id="rOut" Type="{OFFICE}/aFChunk" Target="chunk.html"/>'
    return with_parts(
        data,
        {"word/chunk.html": page.encode()},
        {RELATIONS: ("</Relationships>", f"{relation}</Relationships>")},
    )


def _script_link() -> bytes:
    block = '<w:p><w:hyperlink r:id="rOut"><w:r><w:t>press me</w:t></w:r></w:hyperlink></w:p>'
    return _related(body_of(block), "hyperlink", "javascript:alert(1)")


def _pictured(data: bytes) -> bytes:
    """A file whose one picture is these bytes."""
    with zipfile.ZipFile(io.BytesIO(realistic())) as archive:
        name = next(name for name in archive.namelist() if name.startswith("word/media/"))
    return with_parts(realistic(), {name: data}, {})


def _many_pictures(count: int) -> bytes:
    parts = {f"word/media/many{i}.png": picture(1) for i in range(count)}
    relation = '<Relationship Id="m{0}" Type="{1}/image" Target="media/many{0}.png"/>'
    relations = "".join(relation.format(i, OFFICE) for i in range(count))
    shown = "".join(
        "<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="m{i}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
        for i in range(count)
    )
    data = body_of(f"<w:p><w:r><w:t>Pictures</w:t>{shown}</w:r></w:p>")
    return with_parts(
        data, parts, {RELATIONS: ("</Relationships>", f"{relations}</Relationships>")}
    )


def _huge_png(width: int, height: int, *, whole: bool = False) -> bytes:
    """A PNG that says it is huge; where whole, its pixels are all there."""
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = 1000 if whole else 1
    packer = zlib.compressobj(1)
    row = b"\0" * (width * 3 + 1)
    pixels = b"".join([*(packer.compress(row) for _ in range(rows)), packer.flush()])
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    )
