"""Files that mean harm or are badly broken, made by code: a name, what it is called, its bytes.

`hostile_files(port)` points those that reach outwards at a port of this machine, where a test
listens for whoever comes.
"""

from functools import cache

from tests.formats.intake.hostile_others import markdown_files, pdf_files, renamed_files
from tests.formats.intake.hostile_words import outward_files, picture_files, xml_files, zip_files


@cache
def hostile_files(port: int = 9) -> dict[str, tuple[str, bytes]]:
    """Every hostile file by what it tries, as the name it is sent under and its bytes."""
    return {
        **zip_files(),
        **xml_files(port),
        **outward_files(port),
        **picture_files(),
        **renamed_files(),
        **pdf_files(),
        **markdown_files(),
    }
