"""A client that looks at every page the way a reader does."""

import itertools
import re
from collections import Counter
from html.parser import HTMLParser

from flask.testing import FlaskClient

LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
DATA = "application/ld+json"
CSRF = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class Page(FlaskClient):
    """Checks, on each HTML answer, what every page of ours must have."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **{"buffered": True} | kwargs)
        is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
        if is_page and "Content-Encoding" not in response.headers:
            check(response.text)
        return response

    def send(self, path, data=None, *, page=None, **more):
        """Send a form as a browser does: with the secret of the page that it stands on."""
        shown = self.get(page or path)
        found = CSRF.search(shown.text)
        assert found, f"no form on {page or path} ({shown.status_code})"
        return self.post(path, data={"csrf_token": found[1], **(data or {})}, **more)


class Reader(HTMLParser):
    """Notes every tag with its attributes, and what h1 and title say."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.said = {"h1": [], "title": []}
        self._open = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag in self.said and (tag == "h1" or not self.said[tag]):
            self._open = tag
            self.said[tag].append("")

    def handle_endtag(self, tag):
        if tag == self._open:
            self._open = None

    def handle_data(self, data):
        if self._open:
            self.said[self._open][-1] += data

    def all(self, *tags):
        return [attributes for tag, attributes in self.tags if not tags or tag in tags]


def check(html):
    reader = Reader(html)
    check_words(reader)
    check_ids(reader)
    check_controls(reader)
    check_pictures_and_code(reader)


def check_words(reader):
    assert reader.all("html")[0].get("lang"), "the page says its language"
    assert len(reader.said["h1"]) == 1, f"a page has one h1, not {reader.said['h1']}"
    heading, title = (" ".join(reader.said[tag][0].split()) for tag in ("h1", "title"))
    assert title.startswith(heading), "the title begins with the h1"
    levels = [int(tag[1]) for tag, _ in reader.tags if tag in HEADINGS]
    jumps = [b for a, b in itertools.pairwise(levels) if b > a + 1]
    assert jumps == [], "no heading level is skipped"


def check_ids(reader):
    ids = Counter(given["id"] for given in reader.all() if "id" in given)
    assert [i for i, n in ids.items() if n > 1] == [], "no id is used twice"
    pointed_at = {
        name
        for given in reader.all()
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for name in (given.get(attribute) or "").split()
    }
    assert pointed_at <= set(ids), f"nothing points at what is not there: {pointed_at - set(ids)}"


def check_controls(reader):
    labelled = {given.get("for") for given in reader.all("label")}
    controls = [c for c in reader.all(*LABELLED) if c.get("type") not in NEEDS_NO_LABEL]
    bare = [c for c in controls if c.get("id") not in labelled and "aria-label" not in c]
    assert bare == [], "every control has a label"


def check_pictures_and_code(reader):
    mute = [given.get("src") for given in reader.all("img") if "alt" not in given]
    assert mute == [], "every picture has a text for those who do not see it"
    inline = [given for given in reader.all() if "style" in given or any(map(is_handler, given))]
    inline += reader.all("style")
    inline += [s for s in reader.all("script") if "src" not in s and s.get("type") != DATA]
    assert inline == [], "nothing inline that the content security policy refuses"


def is_handler(attribute):
    return attribute.startswith("on")
