from collections import Counter
from itertools import islice
from statistics import median

from app.formats.resource_files import ReadingRules, read_resource
from scripts.bench.corpus import COUNTED, Corpus
from scripts.bench.page_files import markdown_of


def test_the_same_seed_gives_the_same_library_and_another_seed_another(corpus, real_text):
    again = Corpus(real_text, corpus._taxonomy)
    other = Corpus(real_text, corpus._taxonomy, seed=1)
    assert list(corpus.documents(5)) == list(again.documents(5))
    assert list(corpus.documents(5)) != list(other.documents(5))


def test_a_small_library_is_the_beginning_of_a_large_one(corpus, documents):
    assert list(islice(corpus.documents(10**9), 120)) == documents


def test_bodies_have_the_length_of_real_ones(documents):
    lengths = [len(document.body.split()) for document in documents]
    assert 500 < median(lengths) < 720
    assert min(lengths) >= 80


def test_every_facet_that_is_counted_has_values_with_a_skew(documents):
    for facet in COUNTED:
        counts = Counter(code for document in documents for code in document.facets[facet])
        assert len(counts) >= 2, facet
        assert counts.most_common(1)[0][1] > min(counts.values()), facet


def test_most_are_public_and_some_are_for_staff(corpus):
    marks = Counter(document.mark for document in corpus.documents(1000))
    assert marks.keys() == {"public", "staff"}
    assert 25 < marks["staff"] < 80


def test_a_document_can_be_loaded_as_a_file(corpus, documents, tmp_path):
    rules = ReadingRules(corpus._taxonomy, {}, (), 2)
    for document in documents[:20]:
        read = read_resource(markdown_of(document).encode(), tmp_path / "file.md", rules)
        assert read.content is not None, read.problems
        assert read.content.school == document.school
        assert document.body.split()[0] in read.content.body
