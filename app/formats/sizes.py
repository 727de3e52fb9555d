"""How large a file may be that is taken in."""

from app.domain.errors import TooLarge

MEBIBYTE = 1024 * 1024


def refuse_large(size: int, limit_mb: int) -> None:
    """Do nothing for a Markdown file of a size, in bytes, that can be taken.

    Raises:
        TooLarge: it is over the limit.
    """
    if size > limit_mb * MEBIBYTE:
        raise TooLarge(
            f"The file is {size / MEBIBYTE:.1f} MiB and the limit is {limit_mb}: divide it, or "
            "take the pictures and data out of it."
        )
