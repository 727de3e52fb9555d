"""Markdown on a page: safe, reachable by keyboard, and nothing fetched from elsewhere."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from app.formats.html_tree import VOID
from app.formats.markdown import SHOWN, TAGS, picture_sources, plain_text, render_markdown


def shown(text, **given):
    return str(render_markdown(text, **given).html)


def our_pictures(name):
    return f"/pictures/{name}" if name.endswith(".svg") else None


class Seen(HTMLParser):
    """What a browser would be given: every tag, attribute, id."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.open = set(), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, name):
        return [value for _, called, value in self.attributes if called == name]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x]( vbscript:x)",
    "<java\nscript:x>",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](https://elsewhere.example/p.png"onload="x)',
    "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<iframe src="https://elsewhere.example"></iframe>',
    "<form action=x><input name=q><button>go</button></form>",
    '<p style="background:url(https://elsewhere.example)">x</p>',
    "<style>@import 'https://elsewhere.example'</style>",
    '<div role="main" tabindex="5" aria-label="x" class="ds_wrapper" id="main">x</div>',
    '<a id="main" href="#main">x</a>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "# <b onclick=x>a</b>",
    "[^1]\n\n[^1]: <script>x</script>",
    "|<script>a|b|\n|-|-|\n|<img src=x onerror=x>|[x](javascript:x)|",
    "```<script>\n</code></pre><script>alert(1)</script>\n```",
    "::: <script>x</script>",
    "![a](b){alt='\"><script>alert(1)</script>'}",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<base href=https://elsewhere.example><link rel=stylesheet href=x><meta http-equiv=refresh>",
]


def is_safe(html):
    seen = Seen(html)
    assert seen.open == []
    assert seen.tags <= TAGS | {"section"}
    for tag, name, value in seen.attributes:
        assert name in SHOWN.get(tag, set()) | SHOWN["*"]
        if name in ("href", "src"):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*)\s*:", value, re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in ("http", "https", "mailto")
    assert all(source.startswith("/pictures/") for source in seen.all("src"))
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    assert "main" not in ids


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_comes_out_harmless(text):
    is_safe(shown(text, picture_url=our_pictures))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE, "\n", "\n\n", "> ", "* ", "# ", "`", "<", "&#x6a;"])))
def test_no_mixture_of_hostile_pieces_gets_through(pieces):
    is_safe(shown("".join(pieces), picture_url=our_pictures))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>\"'()[]!#&;:/=\\`~*_-| \n\tabonjs", max_size=200))
def test_any_text_at_all_can_be_shown_and_indexed(text):
    is_safe(shown(text))
    plain_text(text)


def test_what_comes_out_is_markup_and_words_are_escaped():
    rendered = render_markdown("Fish & chips < £5")
    assert isinstance(rendered.html, Markup)
    assert rendered.html == "<p>Fish &amp; chips &lt; £5</p>"


def test_a_thousand_levels_are_shown_as_typed_and_break_nothing():
    for text in ("> " * 1200 + "deep", "<div>" * 1200 + "deep", "- " * 1200 + "deep"):
        assert "deep" in shown(text)
        assert "deep" in plain_text(text)


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 4000, "![" * 4000, "[a](" * 4000, "[a][b " * 4000, "<a " * 8000, "[a](<" * 4000),
        *("<![CDATA[" * 2000, "<![CDATA[\n\n" * 2000, "[" * 4000 + "]" * 4000, "&amp;" * 100_000),
        "[^1]" * 4000 + "\n\n[^1]: A note.\n",
    ],
    ids=lambda text: text[:9],
)
def test_a_knot_is_shown_as_typed_and_soon(text):
    began = time.perf_counter()
    assert "<pre>" in shown(text)
    assert plain_text(text).strip()
    assert picture_sources(text) == []
    assert time.perf_counter() - began < 2


def test_long_and_lively_markdown_is_no_knot():
    rows = "".join(f"| [{n}](https://a.example/{n}) | *b* (c) |\n" for n in range(600))
    notes = "".join(f"Words[^{n}] [a] (b).\n\n[^{n}]: Note.\n\n" for n in range(150))
    html = shown("| A | B |\n|---|---|\n" + rows + "\n" + notes + "x < y\n" * 50)
    assert html.count("<tr>") == 601
    assert "<pre>" not in html


def test_headings_nest_below_the_page_s_own_without_a_gap():
    rendered = render_markdown("# One\n\n### Two\n\n# Three\n\n## Four\n\n#### Five")
    assert [(s.level, s.text) for s in rendered.sections] == [
        (2, "One"),
        (3, "Two"),
        (2, "Three"),
        (3, "Four"),
        (4, "Five"),
    ]
    assert "<h1" not in rendered.html


def test_headings_have_ids_of_their_own():
    rendered = render_markdown("## What we did\n\n## What we did\n\n## Search\n\n## 🎉")
    assert [s.id for s in rendered.sections] == [
        "what-we-did",
        "what-we-did-2",
        "search-2",
        "section",
    ]


def test_a_link_within_the_body_finds_its_heading_by_the_name_the_author_knows():
    html = shown("[there](#search) and [note](#my-note)\n\n## Search\n\n<p id='my-note'>x</p>")
    assert 'href="#search-2"' in html
    assert 'href="#text-my-note"' in html
    assert 'id="text-my-note"' in html


def test_a_first_heading_that_repeats_the_title_is_left_out_and_another_is_not():
    assert "Numeracy" not in shown("# Numeracy!\n\nWords", title="numeracy!")
    assert "Numeracy" in shown("# Numeracy\n\nWords", title="Literacy")
    assert "Numeracy" in shown("Words\n\n# Numeracy", title="Numeracy")


def test_a_heading_with_a_footnote_or_without_words_keeps_the_contents_list_clean():
    rendered = render_markdown("## Impact[^1]\n\n## \n\n[^1]: Small.")
    assert [(s.text, s.id) for s in rendered.sections] == [("Impact", "impact")]


def test_a_table_scrolls_by_itself_is_reached_by_keyboard_and_names_its_header_cells():
    html = shown("## Cost\n\n| | Hours |\n|---|--:|\n| Prep | 2 |\n")
    assert '<div class="table-scroll" role="region" tabindex="0" aria-label="Table 1: Cost">' in (
        " ".join(html.split())
    )
    assert '<th class="align-right" scope="col">Hours</th>' in html
    assert html.count("<th") - html.count("<thead") == 1  # the empty cell heads nothing


def test_header_cells_in_the_side_of_a_table_head_their_row():
    assert '<th scope="row">Prep</th>' in shown("<table><tr><th>Prep</th><td>2</td></tr></table>")


def test_our_own_picture_is_shown_with_its_words():
    html = shown("![A cycle](pictures/plan.svg)", picture_url=our_pictures)
    assert '<img alt="A cycle" src="/pictures/plan.svg" loading="lazy">' in html


def test_a_picture_from_elsewhere_becomes_a_link():
    html = shown("![A cat](https://elsewhere.example/c.png)", picture_url=our_pictures)
    assert "<img" not in html
    assert 'href="https://elsewhere.example/c.png"' in html
    assert ">Picture: A cat</a>" in html


def test_a_picture_from_elsewhere_inside_a_link_leaves_one_link():
    html = shown("[![DOI](https://elsewhere.example/d.svg)](https://doi.example/1)")
    assert html.count("<a ") == 1
    assert "Picture: DOI" in html


def test_a_picture_that_we_do_not_hold_becomes_a_note():
    assert '<span class="missing-picture">Picture: plan.png</span>' in shown("![](fig/plan.png)")


def test_a_link_to_one_of_our_pictures_leads_to_it():
    assert 'href="/pictures/a.svg"' in shown("[big](pictures/a.svg)", picture_url=our_pictures)


def test_the_note_behind_a_picture_gives_its_alternative_text_and_is_not_shown():
    html = shown(
        "![Photo: me](pictures/a.svg){alt='A ship' width=\"60px\"} x", picture_url=our_pictures
    )
    assert 'alt="A ship"' in html
    assert "Photo: me x" in html
    assert "width" not in html


def test_footnotes_can_be_followed_there_and_back():
    html = shown("Words[^a].\n\n[^a]: Source.")
    there = re.search(r'href="#([^"]+)"[^>]*aria-label="Footnote 1"', html)
    back = re.search(r'href="#([^"]+)"[^>]*aria-label="Back to footnote 1 in the text"', html)
    assert f'id="{there[1]}"' in html
    assert f'id="{back[1]}"' in html
    assert 'role="doc-endnotes"' in html


def test_a_tick_list_shows_boxes_that_can_be_heard():
    html = shown("- [ ] Glue\n- [x] Card\n")
    assert 'aria-label="To do" class="tick" role="img">☐</span> Glue' in html
    assert 'aria-label="Done" class="tick" role="img">☑</span> Card' in html


def test_a_fenced_div_shows_its_name_and_no_colons():
    html = shown("::::::: discussion\n\n## Names\n\n:::::::\n\n```\n::: kept\n```")
    assert "<strong>Discussion</strong>" in html
    assert "::::" not in html
    assert "::: kept" in html


def test_only_links_to_others_hide_where_the_reader_came_from():
    html = shown("[a](https://education.gov.scot) [b](/resources/b) [c](mailto:a@b.example)")
    assert html.count("noopener noreferrer") == 1


def test_plain_text_keeps_words_and_alternative_text_and_drops_marks_and_urls():
    text = (
        "# Title\n\n*Hard* **words** [the site](https://x.example/a), ![A plan](pictures/a.svg)"
        "[^1]\n\n| a | b |\n|---|---|\n| 1 | `code` |\n\nSee https://y.example/b?c=d now\n\n"
        "<script>bad()</script>\n\n[^1]: The *note*."
    )
    assert plain_text(text).split("\n") == [
        "Title",
        "Hard words the site, A plan",
        "a",
        "b",
        "1",
        "code",
        "See now",
        "The note.",
    ]
