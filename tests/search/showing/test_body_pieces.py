"""The piece cut from a body holds the densest window, and says whether it is the whole."""

import random

import pytest

from app.search.analysis import phrase_of, words
from app.search.finding.shelf import Shelf
from app.search.finding.snapshot import Snapshot
from app.search.language.synonyms import Wording
from app.search.segments.memory_segment import segment_of
from app.search.showing.body_pieces import BodyPieces
from app.search.showing.snippets import LEAD_WORDS, SNIPPET_WORDS, marker_for
from tests.search.documents import PUBLIC, a_document

FILLING = ("taigh", "Gàidhlig", "sgoil", "naïve", "日本", "the", "children’s", "e\u0301cole", "1+2")
WINDOW = SNIPPET_WORDS - LEAD_WORDS


def a_marker(*texts):
    return marker_for([Wording(text, phrase_of(words(text))) for text in texts])


def piece_of(body, *texts):
    """Return the piece of the second of three documents."""
    documents = [
        a_document(id_, body=text) for id_, text in (("a", "otter"), ("b", body), ("c", ""))
    ]
    shelf = Shelf(Snapshot([(segment_of(documents), None)]), PUBLIC)
    return BodyPieces(a_marker(*texts), shelf).of(1)


def densest(text, forms):
    """Return the most different matches, and matches, that any window of a text holds."""
    places = [(word.place, word.form) for word in words(text) if word.form in forms]
    worths = [(0, 0)]
    for first, _ in places:
        inside = [form for place, form in places if first <= place < first + WINDOW]
        worths.append((len(set(inside)), len(inside)))
    return max(worths)


@pytest.mark.parametrize("seed", range(80))
def test_the_piece_holds_the_densest_window_of_any_text(seed):
    chance = random.Random(seed)
    found = chance.choices(FILLING, k=chance.randint(0, 400))
    for word in chance.choices(("otter", "owls", "heron"), k=chance.randint(0, 12)):
        found.insert(chance.randint(0, len(found)), word)
    body = chance.choice(("", "— ", "¶ ")) + "  ".join(found) + chance.choice(("", " …", "."))
    piece = piece_of(body, "otter", "owl", "heron")
    assert piece.text in body
    assert densest(piece.text, {"otter", "owl", "heron"}) == densest(
        body, {"otter", "owl", "heron"}
    )
    assert piece.is_from_start == body.startswith(piece.text)
    assert piece.is_to_end == body.endswith(piece.text)


def test_a_short_body_is_its_own_piece():
    piece = piece_of("Gàidhlig aig an otter", "otter")
    assert (piece.text, piece.is_from_start, piece.is_to_end) == (
        "Gàidhlig aig an otter",
        True,
        True,
    )


def test_a_piece_is_short_however_long_the_body():
    body = " ".join(["taigh"] * 5000 + ["otter"] + ["sgoil"] * 5000)
    piece = piece_of(body, "otter")
    assert "otter" in piece.text
    assert (piece.is_from_start, piece.is_to_end) == (False, False)
    assert len(piece.text.split()) < 3 * SNIPPET_WORDS


def test_words_side_by_side_are_looked_for_as_they_stand():
    body = " ".join(["otter"] + ["taigh"] * 200 + ["otter", "owl"] + ["sgoil"] * 200)
    assert "otter owl" in piece_of(body, "otter owl").text


def test_a_body_without_a_match_is_shown_from_its_beginning():
    piece = piece_of(" ".join(["taigh"] * 200), "otter")
    assert (piece.is_from_start, piece.is_to_end) == (True, False)
