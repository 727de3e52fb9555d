"""What stands around a Word file's text: comments, headers, properties, macros, links outwards."""

from app.formats.intake.word.names import child, descend, short, value
from app.formats.intake.word.reading import Reading
from app.formats.intake.word.relations import Relation, read_relations
from app.formats.intake.word.xml_parts import Element

CORE, EXTENDED, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
AUTHORS = ("dc:creator", "cp:lastModifiedBy")
# Properties that the program writes about itself; they tell nothing about anybody.
OF_THE_PROGRAM = """
    Template TotalTime Pages Words Characters Application DocSecurity Lines Paragraphs ScaleCrop
    LinksUpToDate CharactersWithSpaces SharedDoc HyperlinksChanged AppVersion HeadingPairs
    TitlesOfParts revision created modified
"""
NO_PROPERTY = frozenset(OF_THE_PROGRAM.split())
HARMLESS_OUTWARDS = frozenset({"hyperlink", "image"})  # noted where they are met in the text
MACROS = ("vbaproject.bin", "vbadata.xml")
SETTINGS = "word/settings.xml"


def look_around(reading: Reading, main: str, relations: dict[str, Relation]) -> None:
    """Note everything of the file that stands outside its text, and remember its authors."""
    _look_at_comments(reading, relations)
    _look_at_headers(reading, relations)
    _look_at_properties(reading)
    _look_outwards(reading, relations)
    names = [name.lower() for name in reading.package.names]
    reading.notebook.jot("macros", int(any(n.endswith(MACROS) for n in names)), place="")
    _meet_colleagues(reading, relations)


def _parts(relations: dict[str, Relation], kind: str, reading: Reading) -> list[Element]:
    """Return the roots of the parts of a kind that are there."""
    targets = dict.fromkeys(
        relation.target
        for relation in relations.values()
        if relation.kind == kind and not relation.leads_out
    )
    return [
        reading.guard.parse(reading.package.read(target))
        for target in targets
        if reading.package.has(target)
    ]


def _look_at_comments(reading: Reading, relations: dict[str, Relation]) -> None:
    there = 0
    for root in _parts(relations, "comments", reading):
        for comment in descend(root, "w:comment"):
            reading.meet_author(value(comment, "w:author"))
            there += 1
    # Answers to comments have no mark in the text.
    reading.notebook.jot("comment", there - reading.notebook.count("comment"), place="")


def _meet_colleagues(reading: Reading, relations: dict[str, Relation]) -> None:
    for root in _parts(relations, "people", reading):
        for person in descend(root, "w15:person"):
            reading.meet_author(value(person, "w15:author"))


def _look_at_headers(reading: Reading, relations: dict[str, Relation]) -> None:
    roots = _parts(relations, "header", reading) + _parts(relations, "footer", reading)
    full = sum(1 for root in roots if _says_something(root))
    reading.notebook.jot("header-footer", full, place="")


def _says_something(root: Element) -> bool:
    said = "".join(text.text or "" for text in descend(root, "w:t"))
    # A page number alone is missed by nobody.
    has_words = any(letter.isalpha() for letter in said)
    return has_words or any(short(e) in ("w:drawing", "w:pict") for e in root.iter())


def _look_at_properties(reading: Reading) -> None:
    told = 0
    for name in (CORE, EXTENDED, CUSTOM):
        if not reading.package.has(name):
            continue
        root = reading.guard.parse(reading.package.read(name))
        for author in AUTHORS:
            element = child(root, author)
            reading.meet_author(None if element is None else element.text)
        told += sum(1 for element in root if _tells(element))
        for element in root:
            if str(element.tag).endswith("}Manager"):
                reading.meet_author(element.text)
    reading.notebook.jot("properties", told, place="")


def _tells(element: Element) -> bool:
    local = str(element.tag).rpartition("}")[2]
    return local not in NO_PROPERTY and bool("".join(element.itertext()).strip())


def _look_outwards(reading: Reading, relations: dict[str, Relation]) -> None:
    outwards = [relation for relation in relations.values() if relation.leads_out]
    if reading.package.has(SETTINGS):
        settings = read_relations(reading.package, reading.guard, SETTINGS)
        outwards += [relation for relation in settings.values() if relation.leads_out]
    whole = read_relations(reading.package, reading.guard, "")
    outwards += [relation for relation in whole.values() if relation.leads_out]
    strange = [relation for relation in outwards if relation.kind not in HARMLESS_OUTWARDS]
    reading.notebook.jot("external-part", len(strange), place="")
