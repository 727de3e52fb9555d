"""Taking in what somebody wrote elsewhere: a Word, PDF or Markdown file becomes pieces of Markdown.

A file is read in a limited process of its own (`child.py`), begun by `take_in`. Nothing here opens
an address, and nothing of the file is carried out.
"""

from app.formats.intake.door import take_in
from app.formats.intake.values import Concern, Intake, IntakeLimits, Note, Piece, TakenPicture

__all__ = ["Concern", "Intake", "IntakeLimits", "Note", "Piece", "TakenPicture", "take_in"]
