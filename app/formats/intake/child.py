"""The child: reads one file from standard input behind its walls, and says what came of it.

Begun by `door.take_in` only.
"""

import gc
import sys
import traceback

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.door import DAMAGED, TOO_MUCH
from app.formats.intake.kinds import FileKind, tell_kind
from app.formats.intake.messages import read_question, write_answer, write_refusal
from app.formats.intake.values import MOST_PIECES, Intake, IntakeLimits
from app.formats.intake.walls import raise_walls

DEEPEST = 6000  # calls within calls: mammoth needs about 25 to an element within an element


def main() -> None:
    """Read the question, answer it, and end."""
    gc.disable()  # this process lives for one file: a third of its time, saved
    name, data, limits = read_question_behind_walls()
    out = sys.stdout.buffer
    try:
        intake = _in_measure(read_file(name, data, limits))
    except InvalidInput as error:
        write_refusal(out, str(error), isinstance(error, TooLarge))
    except MemoryError:
        write_refusal(out, TOO_MUCH, is_too_large=True)
    except Exception as error:
        write_refusal(out, DAMAGED, is_too_large=False, fault=_place(error))
    else:
        write_answer(out, intake)
    out.flush()


def read_question_behind_walls() -> tuple[str, bytes, IntakeLimits]:
    """Return the question; the limits stand in its first line, which is ours."""
    name, data, limits = read_question(sys.stdin.buffer)
    raise_walls(limits)
    sys.setrecursionlimit(DEEPEST)
    return name, data, limits


def read_file(name: str, data: bytes, limits: IntakeLimits) -> Intake:
    """Return what the file holds, by what it is and not by what it is called.

    Raises:
        TooLarge: it is over a limit.
        InvalidInput: it cannot be taken in.
    """
    kind = tell_kind(name, data)
    if kind is FileKind.WORD:
        from app.formats.intake.word.document import read_word  # noqa: PLC0415 - heavy

        return read_word(name, data, limits)
    if kind is FileKind.PDF:
        from app.formats.intake.pdf import read_pdf  # noqa: PLC0415 - heavy

        return read_pdf(name, data, limits)
    from app.formats.intake.plain import read_plain  # noqa: PLC0415 - only where it is one

    return read_plain(name, data, limits)


def _in_measure(intake: Intake) -> Intake:
    if len(intake.pieces) > MOST_PIECES:
        raise TooLarge("There are thousands of headings: divide the text and try again.")
    return intake


def _place(error: Exception) -> str:
    """Return what went wrong and where in the code, without a word of the file."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {frames[-1].name}, line {frames[-1].lineno}"
