"""Tell Markdown that is knotted beyond reading, before anybody tries to untie it.

Python-Markdown looks for the end of each bracket as far as the block goes, and
for each mark once more: 40 kB of “![” take it half a minute. Nobody writes so
for reading; what is found here is shown as it was typed.
"""

import re
from collections import Counter

DEEPEST = 100  # brackets of one kind open at once in a block
MOST_MARKS = 10_000  # in a block
MOST_DECLARATIONS = 50  # <![CDATA[ and its like, in a text
MOST_REFERENCES = 100  # to one footnote

_BLOCK_END = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"[\[\]()<>&`*_!\\]")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_OPENED_BY = {"]": "[", ")": "(", ">": "<"}


def is_knotted(text: str) -> bool:
    """Say whether turning the Markdown into HTML would take far longer than its length says."""
    if text.count("<!") > MOST_DECLARATIONS:
        return True
    references = Counter(_REFERENCE.findall(text))
    if any(count > MOST_REFERENCES for count in references.values()):
        return True
    return any(_is_knot(block) for block in _BLOCK_END.split(text))


def _is_knot(block: str) -> bool:
    marks = _MARK.findall(block)
    if len(marks) > MOST_MARKS:
        return True
    opened = dict.fromkeys(_OPENED_BY.values(), 0)
    for mark in marks:
        if mark in opened:
            opened[mark] += 1
            if opened[mark] > DEEPEST:
                return True
        elif mark in _OPENED_BY:
            opened[_OPENED_BY[mark]] = max(opened[_OPENED_BY[mark]] - 1, 0)
    return False
