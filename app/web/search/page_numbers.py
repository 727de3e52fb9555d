"""Which page numbers a list of results offers."""

AROUND = 1  # pages offered on each side of the present one


def page_numbers(page: int, total: int, per_page: int) -> list[int | None]:
    """Return the page numbers to offer, in order; None stands for a gap. Empty for one page."""
    last = -(-total // per_page)
    if last < 2:  # noqa: PLR2004 - one page needs no numbers
        return []
    near = set(range(page - AROUND, page + AROUND + 1)) | {1, last}
    offered: list[int | None] = []
    for number in sorted(n for n in near if 1 <= n <= last):
        if offered and offered[-1] is not None and number - offered[-1] > 1:
            offered.append(None)
        offered.append(number)
    return offered


def page_asked(words: str) -> int:
    """Return the page that an address asks for; the first where it is none."""
    return max(1, int(words[:6])) if words.isascii() and words.isdecimal() else 1
