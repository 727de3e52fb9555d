"""A client that looks at every page the way a reader does."""

from collections import Counter
from html.parser import HTMLParser

from flask.testing import FlaskClient

LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


class Page(FlaskClient):
    """Checks, on each HTML answer, what every page of ours must have."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            check(response.text)
        return response


class Reader(HTMLParser):
    """Notes the parts of a page that promises are made about."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.title = ""
        self.headings = []
        self.levels = []
        self.ids = Counter()
        self.labels_for = set()
        self.described_by = set()
        self.controls = []
        self.pictures_without_text = []
        self.inline_code = []
        self._open = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "label":
            self.labels_for.add(given.get("for"))
        if tag in LABELLED and given.get("type") not in NEEDS_NO_LABEL:
            self.controls.append(given)
        if tag == "img" and "alt" not in given:
            self.pictures_without_text.append(given.get("src"))
        if "style" in given or any(name.startswith("on") for name in given) or tag == "style":
            self.inline_code.append((tag, given))
        if tag == "script" and "src" not in given and given.get("type") != "application/ld+json":
            self.inline_code.append((tag, given))
        for name in ("aria-describedby", "aria-labelledby"):
            self.described_by |= set((given.get(name) or "").split())
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.levels.append(int(tag[1]))
        if tag in {"h1", "title"}:
            self._open.append(tag)
            if tag == "h1":
                self.headings.append("")

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        if not self._open:
            return
        if self._open[-1] == "h1":
            self.headings[-1] += data
        else:
            self.title += data


def check(html):
    reader = Reader()
    reader.feed(html)
    assert reader.language, "the page says its language"
    assert len(reader.headings) == 1, f"a page has one h1, not {reader.headings}"
    heading = " ".join(reader.headings[0].split())
    assert " ".join(reader.title.split()).startswith(heading), "the title begins with the h1"
    assert [i for i, n in reader.ids.items() if n > 1] == [], "no id is used twice"
    missing = reader.described_by - set(reader.ids)
    assert not missing, f"nothing is described by what is not there: {missing}"
    unlabelled = [
        c for c in reader.controls if c.get("id") not in reader.labels_for and "aria-label" not in c
    ]
    assert unlabelled == [], "every control has a label"
    assert reader.pictures_without_text == [], "every picture has a text for those who do not see"
    assert reader.inline_code == [], "nothing inline that the content security policy refuses"
    jumps = [b for a, b in zip(reader.levels, reader.levels[1:], strict=False) if b > a + 1]
    assert jumps == [], "no heading level is skipped"
