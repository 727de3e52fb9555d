"""School holidays as a file: what it gives, and what is refused with a sentence."""

from datetime import date

import pytest

from app.domain.errors import InvalidInput
from app.formats.calendar_files import read_calendar
from config import Settings

HEAD = "calendar: school-holidays\n"


def read(folder, text):
    (folder / "school_holidays.yaml").write_text(text)
    return read_calendar(folder, ["angus", "fife"])


def test_the_file_that_comes_with_the_library_can_be_read_and_names_every_authority(taxonomy):
    calendar = read_calendar(Settings().calendar_dir, taxonomy.codes("authorities"))
    assert all(holiday.unverified for holiday in calendar.everywhere), "nothing was looked up"
    text = (Settings().calendar_dir / "school_holidays.yaml").read_text()
    missing = [code for code in taxonomy.codes("authorities") if f"\n  {code}: " not in text]
    assert missing == []


def test_without_a_file_only_bank_holidays_are_known(tmp_path):
    calendar = read_calendar(tmp_path, ["angus"])
    assert calendar.is_working(date(2026, 11, 27))
    assert not calendar.is_working(date(2026, 11, 30))


def test_a_holiday_counts_where_it_is(tmp_path):
    calendar = read(
        tmp_path,
        HEAD + "everywhere: [{first: 2026-12-03, name: A day}]\n"
        "authorities:\n  angus: [{first: 2026-12-07, last: 2026-12-08, name: Snow}]\n  fife: []\n",
    )
    for authority in ("angus", "fife", None):
        assert not calendar.is_working(date(2026, 12, 3), authority)
    assert not calendar.is_working(date(2026, 12, 8), "angus")
    assert calendar.is_working(date(2026, 12, 8), "fife")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a list", "calendar: school-holidays"),
        (HEAD + "everywhere: [", "cannot be read"),
        (HEAD + "everywhere: [{first: 2027-13-01, name: x}]", "cannot be read"),
        (HEAD + "authorities: {atlantis: []}", "no authority “atlantis”"),
        (HEAD + "authorities: [angus]", "must be codes"),
        (HEAD + "everywhere: 2027-01-01", "must be a list"),
        (HEAD + "everywhere: [{first: soon, name: Summer}]", "write days as"),
        (HEAD + "everywhere: [{first: 2027-07-01, last: 2027-06-01, name: x}]", "end after"),
        (HEAD + "everywhere: [{first: 2027-07-01, last: 2028-07-01, name: x}]", "within 70 days"),
        (HEAD + "everywhere: [{first: 2027-07-01}]", "first, last and name"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(tmp_path, text, sentence):
    with pytest.raises(InvalidInput, match=sentence):
        read(tmp_path, text)
