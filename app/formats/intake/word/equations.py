"""Equations of Word (OMML) on one line, as somebody would type them."""

from app.formats.intake.word.names import child, short, value
from app.formats.intake.word.xml_parts import Element

# Parts that say how an equation looks, and hold nothing of it.
ABOUT = frozenset({"ctrlPr", "rPr", "argPr", "oMathParaPr"})


def equation_text(element: Element) -> str:
    """Return an equation as text on one line: (a+b)/(c), x^2, √(y)."""
    name = short(element)
    local = name.partition(":")[2]
    if local in ABOUT or local.endswith("Pr") or name == "w:del":
        return ""
    writer = WRITERS.get(name)
    if writer:
        return writer(element)
    return _inside(element)


def _inside(element: Element) -> str:
    if short(element) in ("m:t", "w:t"):
        return element.text or ""
    return "".join(equation_text(inner) for inner in element)


def _part(element: Element, name: str) -> str:
    part = child(element, f"m:{name}")
    return "" if part is None else _inside(part).strip()


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _raised(element: Element) -> str:
    lowered = _part(element, "sub")
    return (
        _part(element, "e")
        + (f"_{_grouped(lowered)}" if lowered else "")
        + (f"^{_grouped(raised)}" if (raised := _part(element, "sup")) else "")
    )


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"{degree}√({_part(element, 'e')})"


def _sum(element: Element) -> str:
    sign = _sign(element, "m:naryPr", "m:chr", "∫")
    low, high = _part(element, "sub"), _part(element, "sup")
    bounds = (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")
    return f"{sign}{bounds} {_part(element, 'e')}"


def _brackets(element: Element) -> str:
    opens = _sign(element, "m:dPr", "m:begChr", "(")
    closes = _sign(element, "m:dPr", "m:endChr", ")")
    inner = ", ".join(_inside(part).strip() for part in element if short(part) == "m:e")
    return f"{opens}{inner}{closes}"


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _rows(element: Element) -> str:
    rows = (part for part in element if short(part) in ("m:mr", "m:e"))
    return "; ".join(
        ", ".join(_inside(cell).strip() for cell in row) if short(row) == "m:mr" else _inside(row)
        for row in rows
    )


def _sign(element: Element, about: str, name: str, otherwise: str) -> str:
    holder = child(element, about, name)
    if holder is None:
        return otherwise
    return value(holder, "m:val")


WRITERS = {
    "m:f": _fraction,
    "m:sSup": _raised,
    "m:sSub": _raised,
    "m:sSubSup": _raised,
    "m:rad": _root,
    "m:nary": _sum,
    "m:d": _brackets,
    "m:func": _function,
    "m:m": _rows,
    "m:eqArr": _rows,
}
