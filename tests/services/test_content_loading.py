"""Taking files in: new, changed, unchanged, refused; nothing lost and nothing silent."""

import os
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, NotAllowed
from app.domain.people import OPERATOR, VISITOR
from app.domain.workflow import State
from app.models.outbox import OutboxEvent
from app.models.pictures import Picture
from app.models.resources import FormerSlug, Resource, Revision
from app.services.content import loading
from app.services.content.load_files import begin, read_file, refusals, rules_for
from app.services.content.loading import take_in
from tests.content_app import IDS, SVG, TAXONOMY, a_file


@pytest.fixture
def load(library):
    """Load the tree `files`, or another, and return (name, result, sentences) of each file."""

    def load(where="files", body_keys=(), **defaults):
        rules = rules_for(TAXONOMY, defaults, body_keys, 2)
        run = begin(library.folder / where, library.content_dir, rules, 1)
        told = [(o.path, o.result, o.problems) for o in refusals(run)]
        for path in run.tree.files:
            file = read_file(path, rules)
            with unit_of_work() as session:
                outcome = take_in(session, OPERATOR, run, file)
            told.append((path, outcome.result, outcome.problems))
        load.run = run
        return [(path.name, str(result), [p.sentence for p in ps]) for path, result, ps in told]

    return load


def all_of(model):
    with reading() as session:
        return session.scalars(select(model)).all()


def only(model):
    [one] = all_of(model)
    return one


def published():
    with reading() as session:
        rows = session.execute(
            select(Resource.slug, Revision.title, Revision.number)
            .join(Revision)
            .where(Revision.state == State.PUBLISHED)
            .order_by(Resource.slug)
        )
        return [tuple(row) for row in rows]


def test_a_new_file_is_published_and_told_to_every_follower(library, load):
    library.put("files/talks.md", a_file(published_on="2026-03-02"))
    assert load() == [("talks.md", "new", [])]
    assert published() == [("number-talks", "Number talks", 1)]
    assert len(all_of(OutboxEvent)) == 2
    assert len(only(Resource).id) == 26


def test_loading_twice_changes_nothing(library, load):
    library.put("files/a.md", a_file("One"))
    library.put("files/b.md", a_file("Two", id=IDS[0]))
    load()
    assert [result for _, result, _ in load()] == ["unchanged", "unchanged"]
    assert len(all_of(Revision)) == 2
    assert len(all_of(OutboxEvent)) == 4


def test_a_changed_file_becomes_a_new_revision_and_the_old_one_stays_on_record(library, load):
    file = library.put("files/a.md", a_file(body="Old.\n"))
    load()
    file.write_text(a_file(body="New.\n"))
    assert load() == [("a.md", "changed", [])]
    with reading() as session:
        rows = session.execute(select(Revision.number, Revision.state, Revision.body_markdown))
        assert [tuple(row) for row in rows] == [
            (1, State.SUPERSEDED, "Old.\n"),
            (2, State.PUBLISHED, "New.\n"),
        ]


def test_a_file_that_says_no_day_is_published_today_and_keeps_that_day(library, load):
    file = library.put("files/a.md", a_file())
    load()
    assert only(Revision).published_on == datetime.now(UTC).date()
    with unit_of_work() as session:
        session.scalars(select(Revision)).one().published_on = datetime(2025, 1, 2, tzinfo=UTC)
    file.write_text(a_file(body="New.\n"))
    load()
    assert {str(revision.published_on) for revision in all_of(Revision)} == {"2025-01-02"}


def test_a_file_is_known_by_its_id_wherever_it_lies(library, load):
    library.put("files/a.md", a_file(id=IDS[0]))
    load()
    library.put("others/b.md", a_file("Other title", id=IDS[0]))
    assert load("others") == [("b.md", "changed", [])]
    assert published() == [("number-talks", "Other title", 2)]


def test_a_file_without_an_id_is_known_by_its_place_or_by_its_words(library, load):
    library.put("files/a.md", a_file("One"))
    load()
    library.put("moved/z.md", a_file("One"))
    assert load("moved") == [("z.md", "unchanged", [])]
    library.put("files/a.md", a_file("Another title", body="Other words.\n"))
    assert load() == [("a.md", "changed", [])]
    assert len(all_of(Resource)) == 1


def test_the_same_words_twice_are_taken_once_and_told(library, load):
    library.put("files/a.md", a_file())
    library.put("files/b.md", a_file())
    [_, (name, result, [sentence])] = load()
    assert (name, result) == ("b.md", "unchanged")
    assert sentence.endswith("a.md: taken once.")
    assert len(all_of(Resource)) == 1


def test_an_id_twice_in_one_run_is_refused_and_names_the_first(library, load):
    library.put("files/a.md", a_file("One", id=IDS[0]))
    library.put("files/b.md", a_file("Two", id=IDS[0]))
    library.put("files/c.md", a_file("Three"))
    (a, b, c) = load()
    assert (a[1], b[1], c[1]) == ("new", "refused", "new")
    assert "a.md" in b[2][0]
    assert [title for _, title, _ in published()] == ["One", "Three"]


def test_a_refusal_names_the_line_of_its_key(library, load):
    library.put("files/a.md", a_file("One", id=IDS[0]))
    library.put("files/b.md", a_file("Two", id=IDS[0]))
    rules = rules_for(TAXONOMY, {}, (), 2)
    run = begin(library.folder / "files", library.content_dir, rules, 1)
    with unit_of_work() as session:
        outcomes = [take_in(session, OPERATOR, run, read_file(p, rules)) for p in run.tree.files]
    assert [problem.line for problem in outcomes[1].problems] == [5]


def test_titles_alike_get_addresses_of_their_own_and_this_is_told(library, load):
    library.put("files/a.md", a_file(body="One.\n"))
    library.put("files/b.md", a_file(body="Two.\n"))
    (_, (_, _, [sentence])) = load()
    assert "“number-talks” is another's: this one is “number-talks-2”" in sentence
    assert [slug for slug, _, _ in published()] == ["number-talks", "number-talks-2"]


def test_a_file_in_its_kind_s_folder_names_the_address(library, load):
    library.put("files/case-studies/talk-and-number.md", a_file())
    library.put("files/case-studies/Not a slug.md", a_file("Another title"))
    load()
    assert [slug for slug, _, _ in published()] == ["another-title", "talk-and-number"]


def test_a_title_without_letters_still_gets_an_address(library, load):
    library.put("files/a.md", a_file("🎉"))
    library.put("files/🎉.md", a_file("🎈"))
    load()
    slugs = [slug for slug, _, _ in published()]
    assert slugs[0] == "a"
    assert slugs[1].startswith("resource-")


def test_a_new_title_changes_no_address_and_a_renamed_file_redirects(library, load):
    old = library.put("files/case-studies/talks.md", a_file(id=IDS[0]))
    load()
    old.write_text(a_file("Quite another", id=IDS[0]))
    load()
    assert published()[0][0] == "talks"
    old.rename(old.with_name("new-talks.md"))
    [(_, result, [sentence])] = load()
    assert result == "changed"
    assert "“talks” redirects" in sentence
    assert only(FormerSlug).slug == "talks"
    old.with_name("new-talks.md").rename(old)
    load()
    assert only(FormerSlug).slug == "new-talks"


def test_a_file_cannot_take_the_address_that_another_had_before(library, load):
    first = library.put("files/case-studies/talks.md", a_file(id=IDS[0]))
    load()
    first.rename(first.with_name("moved.md"))
    load()
    library.put("files/case-studies/talks.md", a_file("New", id=IDS[1]))
    load()
    assert [slug for slug, _, _ in published()] == ["moved", "talks-2"]


def test_the_kind_of_a_resource_cannot_change(library, load):
    library.put("files/a.md", a_file(id=IDS[0]))
    load()
    library.put("files/a.md", a_file(id=IDS[0], kind="professional-learning"))
    [(_, result, [sentence])] = load()
    assert result == "refused"
    assert "a kind cannot change" in sentence


def test_a_withdrawn_resource_is_not_brought_back_by_loading(library, load):
    library.put("files/a.md", a_file(id=IDS[0]))
    load()
    with unit_of_work() as session:
        session.scalars(select(Revision)).one().state = State.WITHDRAWN
    [(_, result, [sentence])] = load()
    assert result == "refused"
    assert "restore it" in sentence


def test_a_refused_file_leaves_the_rest_and_no_trace(library, load):
    library.put("files/a.md", a_file("One"))
    library.put("files/b.md", "---\ntitle: [\n---\n")
    library.put("files/c.md", b"caf\xe9")
    library.put("files/d.md", b"x" * (3 * 1024 * 1024))
    library.put("files/notes.txt", "left alone")
    told = load()
    assert [result for _, result, _ in told] == ["new", "refused", "refused", "refused"]
    assert "3.0 MiB and the limit is 2" in told[3][2][0]
    assert load.run.left_alone == 1
    assert len(all_of(Resource)) == 1


def test_names_that_are_no_text_are_taken_and_known_again(library, load):
    for name in (b"d\xff/a\xff.md", b"d\xff/a\xfe.md"):
        library.put(f"files/{os.fsdecode(name)}", a_file(title=None, body=f"Words of {name!r}.\n"))
    assert [result for _, result, _ in load()] == ["new", "new"]
    assert [result for _, result, _ in load()] == ["unchanged", "unchanged"]


def test_a_fault_of_ours_refuses_one_file_and_the_rest_is_loaded(library, load, monkeypatch):
    library.put("files/a.md", a_file("One"))
    library.put("files/b.md", a_file("Two"))
    faults = iter([ZeroDivisionError, None])  # for the first file only
    own = loading.find_same_words
    monkeypatch.setattr(
        loading, "find_same_words", lambda *given: own(*given) if not next(faults) else 1 // 0
    )
    [(_, first, [sentence]), (_, second, _)] = load()
    assert (first, second, "a fault of the product" in sentence) == ("refused", "new", True)


def test_only_whoever_keeps_the_library_may_load(library):
    rules = rules_for(TAXONOMY, {}, (), 2)
    file = read_file(library.put("files/a.md", a_file()), rules)
    run = begin(library.folder / "files", library.content_dir, rules, 1)
    with pytest.raises(NotAllowed), unit_of_work() as session:
        take_in(session, VISITOR, run, file)


def test_the_library_s_own_folder_is_read_by_its_kinds_and_no_guide_is_taken(library, load):
    library.put("content/case-studies/a.md", a_file())
    library.put("content/help/10-guide.md", "# Guide\n")
    assert [name for name, _, _ in load("content")] == ["a.md"]


def test_nothing_at_the_path_is_told(library, load):
    with pytest.raises(InvalidInput, match="no file or folder"):
        load("nowhere")


class TestPictures:
    """Pictures come along under one name each, and the words point at them."""

    def test_a_picture_is_kept_and_the_words_point_at_it(self, library, load):
        library.put("files/img/My plan.svg", SVG)
        body = (
            "![A](<img/My plan.svg>)\n\n![B][b]\n\n<img src='img/My%20plan.svg'>\n\n"
            "[b]: img/My%20plan.svg\n"
        )
        library.put("files/a.md", a_file(body=body))
        assert load() == [("a.md", "new", [])]
        assert only(Picture).name == "my-plan.svg"
        assert only(Revision).body_markdown == (
            "![A](<pictures/my-plan.svg>)\n\n![B][b]\n\n<img src='pictures/my-plan.svg'>\n\n"
            "[b]: pictures/my-plan.svg\n"
        )
        assert load.run.left_alone == 0
        assert load() == [("a.md", "unchanged", [])]

    def test_a_name_that_another_picture_has_is_marked_by_its_hash(self, library, load):
        library.put("files/one/plan.svg", SVG)
        library.put("files/two/plan.svg", SVG.replace(b"9", b"8"))
        library.put("files/one/a.md", a_file("One", body="![x](plan.svg)\n"))
        library.put("files/two/b.md", a_file("Two", body="![x](plan.svg)\n"))
        load()
        names = sorted(picture.name for picture in all_of(Picture))
        assert names[1] == "plan.svg"
        assert len(names[0]) == len("plan-12345678.svg")
        assert [result for _, result, _ in load()] == ["unchanged", "unchanged"]

    def test_the_same_picture_is_held_once(self, library, load):
        library.put("files/one/plan.svg", SVG)
        library.put("files/two/other.svg", SVG)
        library.put("files/a.md", a_file(body="![x](one/plan.svg) ![y](two/other.svg)\n"))
        load()
        assert only(Picture).name == "plan.svg"
        assert only(Revision).body_markdown == "![x](pictures/plan.svg) ![y](pictures/plan.svg)\n"

    @pytest.mark.parametrize(
        ("reference", "why"),
        [
            ("none.png", "no such file"),
            ("a%00b.png", "cannot be opened"),
            ("../secret.svg", "outside the tree"),
            ("link.svg", "outside the tree"),
            ("text.png", "not a PNG"),
            ("active.svg", "<script>"),
            ("large.png", "over 1 MiB"),
        ],
    )
    def test_a_picture_that_cannot_be_taken_is_told_and_the_words_stay(
        self, library, load, reference, why
    ):
        library.put("secret.svg", SVG)
        library.put("files/text.png", b"hello")
        library.put("files/active.svg", SVG.replace(b"<title>t</title>", b"<script/>"))
        library.put("files/large.png", b"\x89PNG\r\n\x1a\n" + b"x" * 1024 * 1024)
        (library.folder / "files/link.svg").symlink_to(library.folder / "secret.svg")
        library.put("files/a.md", a_file(body=f"Words.\n\n![x]({reference})\n"))
        told = {name: (result, sentences) for name, result, sentences in load()}
        result, [sentence] = told["a.md"]
        assert result == "new"
        assert why in sentence
        assert f"({reference})" in only(Revision).body_markdown
        assert all_of(Picture) == []

    def test_a_picture_already_held_needs_no_file(self, library, load):
        library.put("files/pictures/plan.svg", SVG)
        library.put("files/a.md", a_file(id=IDS[0], body="![x](pictures/plan.svg)\n"))
        load()
        library.put("alone/a.md", a_file(id=IDS[0], body="More. ![x](pictures/plan.svg)\n"))
        assert load("alone") == [("a.md", "changed", [])]
        with reading() as session:
            newest = select(Revision).where(Revision.state == State.PUBLISHED)
            assert len(session.scalars(newest).one().pictures) == 1

    def test_a_web_address_is_left_as_it_is(self, library, load):
        library.put("files/a.md", a_file(body="![x](https://elsewhere.example/p.png)\n"))
        assert load() == [("a.md", "new", [])]
