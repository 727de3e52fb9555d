"""Terms written in the browser: see what it comes to, save, meet it everywhere, take it back."""

import re
from datetime import date

import pytest

from app.formats.taxonomy_files import read_taxonomy
from app.models.terms import TermChange
from tests.builders import a_draft, a_person, a_resource
from tests.web.terms.sending import EDIT, as_form, saved, term_of


def test_what_was_checked_is_marked_no_longer(keeper, folder):
    saved(keeper, folder, "early", "levels", checked="label_gd")
    assert term_of(folder, "early", "levels").unverified == ()


def test_a_change_is_shown_before_it_is_saved(keeper, session, folder):
    a_resource(session, terms={"theme": ("attendance",)})
    form = as_form(folder, label="Being at school", aliases="attendance\nturning up")
    page = keeper.send(EDIT, form, page=EDIT).text
    text = re.sub(r"\s+", " ", page)
    assert "Nothing is saved yet" in text
    assert "1 published resource is filed under it" in text
    assert "It is indexed anew" in text
    assert "say “Being at school” instead of “Attendance and engagement”" in text
    assert re.search(r"Now finds what is filed under it: [^<]*turning up", text)
    assert re.search(r"Goes on finding it: [^<]*Attendance and engagement", text)
    assert term_of(folder).label == "Attendance and engagement"
    assert session.query(TermChange).count() == 0


def test_a_name_that_another_term_has_is_told_at_its_field(keeper, folder):
    form = as_form(folder, aliases="attendance\nPEF")
    answer = keeper.send(EDIT, form, page=EDIT)
    assert answer.status_code == 422
    assert "“PEF” is a name of Pupil Equity Funding (PEF) (pef) already" in answer.text
    assert 'id="aliases-error"' in answer.text


def test_names_that_are_taken_away_are_told(keeper, folder):
    form = as_form(folder, aliases="")
    assert "No longer leads to it" in keeper.send(EDIT, form, page=EDIT).text


def test_what_was_written_goes_on_from_the_preview_to_the_form_and_to_saving(keeper, folder):
    form = as_form(folder, label="Being at school", do="preview")
    page = keeper.send(EDIT, form, page=EDIT).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert hidden["label"] == "Being at school"
    again = keeper.send(EDIT, {**hidden, "do": "edit"}, page=EDIT)
    assert 'value="Being at school"' in again.text
    done = keeper.send(EDIT, {**hidden, "do": "save"}, page=EDIT)
    assert done.location == "/terms/themes#term-attendance"
    assert term_of(folder).label == "Being at school"


def test_a_new_name_is_met_everywhere_at_once(keeper, client, session, folder, index):
    a_resource(session, terms={"theme": ("attendance",)})
    index()
    saved(keeper, folder, label="Being at school")
    index()
    assert "Being at school" in client.get("/browse/theme").text
    assert "Being at school" in client.get("/search?q=outdoor").text
    assert "Being at school" in client.get("/api/v1/taxonomy").text
    assert "Outdoor numeracy" in client.get("/search?q=being+at+school").text


def test_the_old_name_goes_on_finding(keeper, client, session, folder, index):
    a_resource(session, terms={"theme": ("attendance",)})
    index()
    saved(keeper, folder, label="Being at school")
    index()
    assert "Outdoor numeracy" in client.get("/search?q=attendance+and+engagement").text
    assert "Attendance and engagement" in term_of(folder).aliases


def test_a_mistaken_name_need_not_be_kept(keeper, folder):
    saved(keeper, folder, label="Being at school", keep_old="")
    assert "Attendance and engagement" not in term_of(folder).aliases


def test_another_name_finds_at_once_without_a_new_index(keeper, client, session, folder, index):
    a_resource(session, terms={"theme": ("attendance",)})
    index()
    assert "Outdoor numeracy" not in client.get("/search?q=skiving").text
    saved(keeper, folder, aliases="skiving")
    assert "Outdoor numeracy" in client.get("/search?q=skiving").text


def test_a_retired_term_leads_on_and_goes_on_finding(keeper, client, session, folder, index):
    a_resource(session, terms={"theme": ("attendance",)})
    index()
    saved(keeper, folder, replaced_by="pef")
    page = client.get("/browse/theme/attendance").text
    assert "Outdoor numeracy" in page
    assert "It has become" in page
    assert 'href="/browse/theme/pef"' in page
    assert "no longer given; now Pupil Equity Funding (PEF)" in client.get("/browse/theme").text
    assert "Outdoor numeracy" in client.get("/search?q=attendance").text


@pytest.mark.parametrize("sent", [{"replaced_by": "pef"}, {"valid_from": "2999-08-01"}])
def test_what_is_retired_or_still_to_come_is_not_offered_to_writers(
    keeper, as_person, session, folder, sent
):
    teacher = a_person(session)
    draft = a_draft(session, teacher)
    writer, path = as_person(teacher), f"/submissions/{draft.id}/edit"
    offered = 'value="attendance"'
    assert offered in writer.get(path).text
    saved(keeper, folder, **sent)
    assert offered not in writer.get(path).text


def test_a_retired_term_without_resources_stands_in_no_list(keeper, client, folder):
    saved(keeper, folder, valid_to="2020-07-31")
    assert "Attendance and engagement" not in client.get("/browse/theme").text


@pytest.mark.parametrize("do", ["preview", "save"])
def test_the_second_of_two_sees_both_and_can_send_it_again(keeper, session, folder, do):
    mine = as_form(folder, label="Mine", do=do)
    saved(keeper, folder, label="Theirs")
    answer = keeper.send(EDIT, mine, page=EDIT)
    assert answer.status_code == 409
    assert "Somebody else changed this term" in answer.text
    assert "Theirs" in answer.text
    assert 'value="Mine"' in answer.text
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', answer.text)[1]
    assert keeper.send(EDIT, {**mine, "seen": seen, "do": "save"}, page=EDIT).status_code == 302
    assert term_of(folder).label == "Mine"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"label": ""}, "Enter a name in English."),
        ({"valid_to": "yesterday"}, "Enter a real day"),
        ({"valid_from": "2026-02-02", "valid_to": "2026-02-01"}, "must not be before the first"),
        ({"replaced_by": "nothing"}, "Choose a successor from those offered."),
        ({"broader": "nothing"}, "Choose from those offered."),
        ({"aliases": "x" * 200}, "150 characters or fewer"),
        ({}, "nothing to save"),
    ],
)
@pytest.mark.parametrize("do", ["preview", "save"])
def test_what_is_wrong_is_told_and_nothing_is_lost(keeper, folder, sent, told, do):
    form = as_form(folder, **{"note": "Kept." if sent else "", **sent, "do": do})
    answer = keeper.send(EDIT, form, page=EDIT)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Kept." in answer.text or not sent


def test_a_term_is_added_and_offered(keeper, client, session, folder):
    path = "/terms/themes/new"
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', keeper.get(path).text)[1]
    form = {
        "seen": seen,
        "code": "beach-schools",
        "label": "Beach schools",
        "broader": "curriculum",
        "behind": "pef",
        "do": "save",
    }
    refused = keeper.send(path, {**form, "code": "Beach Schools"}, page=path)
    assert refused.status_code == 422
    assert "small letters, digits and hyphens" in refused.text
    taken = keeper.send(path, {**form, "code": "pef"}, page=path)
    assert "is the code of Pupil Equity Funding" in taken.text
    assert (
        "A new term with the code" in keeper.send(path, {**form, "do": "preview"}, page=path).text
    )
    assert keeper.send(path, form, page=path).status_code == 302
    codes = read_taxonomy(folder).codes("themes")
    assert codes[codes.index("pef") + 1] == "beach-schools"
    assert "Beach schools" in client.get("/browse/theme").text


def test_kinds_are_renamed_but_none_is_added(keeper, folder):
    assert "Add a term" not in keeper.get("/terms/kinds").text
    assert keeper.get("/terms/kinds/new").location == "/terms/kinds"
    assert saved(keeper, folder, "case-study", "kinds", label="Story").status_code == 302
    assert term_of(folder, "case-study", "kinds").label == "Story"


def test_a_change_is_listed_and_taken_back(keeper, session, folder):
    before = (folder / "themes.yaml").read_bytes()
    saved(keeper, folder, label="Being at school", label_gd="San sgoil")
    page = keeper.get("/terms/changes").text
    assert "Invented Keeper" in page
    path = re.search(r'href="(/terms/changes/\d+/undo)"', page)[1]
    assert "becomes what it was before" in keeper.get(path).text
    assert keeper.send(path).location == "/terms/changes"
    assert (folder / "themes.yaml").read_bytes() == before
    assert "taken back" in keeper.get("/terms/changes").text
    assert "taken back already" in keeper.get(path).text


def test_a_change_beneath_a_later_one_is_not_taken_back(keeper, session, folder):
    saved(keeper, folder, label="One")
    first = session.query(TermChange).one().id
    saved(keeper, folder, label="Two")
    page = keeper.get(f"/terms/changes/{first}/undo")
    assert "changed again since" in page.text
    assert "Take this change back</button>" not in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', keeper.get("/terms/changes").text)[1]
    answer = keeper.post(f"/terms/changes/{first}/undo", data={"csrf_token": token})
    assert answer.status_code == 409


def test_an_authority_moves_to_another_region(keeper, folder):
    assert saved(keeper, folder, "angus", "authorities", broader="south-east").status_code == 302
    assert term_of(folder, "angus", "authorities").broader == ("south-east",)


def test_a_region_that_ends_tells_of_the_authorities_in_it(keeper, folder):
    path = "/terms/regions/tayside/edit"
    form = as_form(folder, "tayside", "regions", replaced_by="south-east")
    assert "3 terms in use belong to it" in keeper.send(path, form, page=path).text


def test_a_file_changed_by_hand_is_met_too_and_a_broken_one_is_told(
    keeper, client, app, folder, session
):
    path = folder / "themes.yaml"
    text = path.read_text()
    path.write_text(text.replace("Attendance and engagement", "By hand"))
    app.extensions["parts"].look_again()
    assert "By hand" in client.get("/browse/theme").text
    path.write_text("vocabulary: [")
    app.extensions["parts"].look_again()
    assert "By hand" in client.get("/browse/theme").text
    assert "cannot be read" in keeper.get("/terms").text
    path.write_text(text)
    app.extensions["parts"].look_again()
    assert "cannot be read" not in keeper.get("/terms").text


def test_a_folder_that_cannot_be_written_is_said_plainly(keeper, folder, monkeypatch):
    monkeypatch.setattr("app.formats.vocabulary_turns.os.access", lambda *_: False)
    assert "cannot be written by this server" in keeper.get("/terms").text
    page = keeper.get("/terms/themes").text
    assert "cannot be written by this server" in page
    assert "/edit" not in page


def test_a_file_that_cannot_be_written_loses_nothing(keeper, folder, session):
    # In the place of the first note lies a folder: nothing can be written there.
    (folder / ".themes.yaml.1.done.was").mkdir()
    answer = saved(keeper, folder, label="Mine")
    assert answer.status_code == 409
    assert "cannot be written" in answer.text
    assert 'value="Mine"' in answer.text
    assert session.query(TermChange).count() == 0


def test_a_last_day_that_is_to_come_is_told(keeper, folder):
    form = as_form(folder, valid_to=date(2999, 7, 31))
    assert "offered until 31 July 2999" in keeper.send(EDIT, form, page=EDIT).text
