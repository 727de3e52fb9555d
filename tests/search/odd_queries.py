"""Odd things to type: what broke or stalled other parsers, and what people paste."""

import random

_PIECES = ("", '"', '""', "((", ")", "-", "--", "*", "**", "*ing", "a*", ":", "::", "[", "[a TO]")
_PIECES += (
    "NOT",
    "AND OR",
    "title:",
    "title:*",
    'title:"',
    "region:",
    "stage:p5:",
    "-region:",
    "\\",
)
_PIECES += (
    "\x00",
    "\ud800",
    "\u2029",
    "“",
    "‘’",
    "´",
    "é",
    "e\u0301",
    "日本語",
    "🙂",
    "\t\n",
    "<b>",
    "&amp;",
)
_PIECES += (
    "'; DROP TABLE resources; --",
    "../../etc/passwd",
    "%00",
    "${7*7}",
    "{{7*7}}",
    "date:[",
    "~",
    "^2",
)

# Other scripts and directions, what is no character, numbers and marks without end.
_MALICE = (
    *(
        "\u202e\u202dnumeracy",
        "\u200f",
        "مدرسة",
        "שלום numeracy",
        "\ud83d",
        "\udc00\ud800",
        "\ufeff",
    ),
    *(
        "👩‍👩‍👧‍👦",
        "\ufffe\uffff",
        "\U0010ffff",
        "\x1b[31m",
        "\x85",
        "ẞ",
        "İı",
        "ﬁ½②",
        "num\u200beracy",
    ),
    *(
        "ﷺ" * 300,
        "ͅ" * 200,
        "e" + "\u0301" * 299,
        "\u0301" * 300,
        "\u00a0" * 300,
        "'" * 300,
        "a'" * 150,
    ),
    *(
        "1." * 150,
        "9" * 299 + ".1",
        "1+" * 150,
        "-".join("ab" * 100),
        "a-" * 150,
        "-a" * 150,
        "a:" * 150,
    ),
    *(
        "title:" * 50,
        "-title:*",
        '-title:"num talks"',
        "-the",
        '-""',
        "title:-num",
        "year:" + "9" * 20,
    ),
    *("stage:p5 " * 37, "-region:tayside " * 18, "PEF " * 75, "numercy " * 37, "numercy" * 40),
    *(
        "pef* sen* asn* gir* cur* num* lit* att* pup* tea* sch* lea* sup* nee* equ* fun*",
        "num*" * 75,
    ),
    *('""""', '"a "b" c"', "“a ”b“", "()" * 150, ")(" * 150, "xyzzy" * 60, "ab " * 100, "_" * 300),
    *(
        "mark:staff",
        "document:x",
        "words:staff",
        "id:1",
        "__class__",
        "' OR 1=1 --",
        "%0d%0aSet-Cookie: a",
    ),
    *(
        "<svg/onload=1>",
        "]]>",
        "${jndi:ldap://x}",
        "$(id)",
        "..%2f..%2f",
        "file:///etc/passwd",
        "a~2 b^2",
    ),
    "".join(chr(0x4E00 + n) for n in range(300)),
    "".join(map(chr, range(1, 300))),
)

ODD_QUERIES = (
    *_MALICE,
    *_PIECES,
    *(f"{left}{right}" for left in _PIECES for right in ('"((', "maths", "-", "*")),
    *(f"{piece} numeracy {piece}" for piece in _PIECES),
    *(f"numeracy{piece}" for piece in _PIECES),
    *(f"-{piece}" for piece in _PIECES),
    *(f'"{piece}' for piece in _PIECES),
    "numeracy NOT",
    "(" * 5000,
    '"' * 5000,
    "*" * 5000,
    "-" * 5000,
    "a" * 1_000_000,
    "numeracy " * 20_000,
    " ".join(f"w{n}" for n in range(5000)),
    "-".join("abcdefgh" * 40),
    "aaa* " * 500,
    "published_on:[20260101 TO 20269999]",
)


def by_chance(typed, number, seed=7):
    """Yield odd queries put together by chance from what is odd and from the library's words."""
    chance = random.Random(seed)
    marks = ('"', "-", "*", "(", ")", ":", " ", " ", "\u2029", "+", "'")
    for _ in range(number):
        way = chance.randrange(5)
        if way == 0:
            yield "".join(chance.choices(marks, k=chance.randrange(1, 40)))
        elif way == 1:
            yield "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 80)))
        elif way == 2:
            yield chance.choice((*_PIECES, *typed)) * chance.randrange(2, 90)
        else:
            pieces = chance.choices((*_PIECES, *typed, *typed, *marks), k=chance.randrange(1, 25))
            yield chance.choice((" ", "", chance.choice(marks))).join(pieces)
