"""What invented people do is read from a file, whole or not at all."""

import pytest

from app.domain.errors import InvalidInput
from app.domain.people import Role
from app.formats.sample_activity import KINDS, read_activity
from config import PROJECT_DIR


def written(tmp_path, words):
    path = tmp_path / "activity.yaml"
    path.write_text(f"people:\n  ann: {{role: teacher, school: A, authority: angus}}\n{words}")
    return path


def test_the_sample_can_be_read_and_each_kind_is_told():
    activity = read_activity(PROJECT_DIR / "content/sample-activity.yaml")
    assert set(activity.acts) == set(KINDS)
    assert all(activity.acts.values())
    assert activity.people["tayside lead"].role is Role.REGIONAL_LEAD


def test_a_library_without_a_sample_has_none(tmp_path):
    assert not any(read_activity(tmp_path / "none.yaml").acts.values())


@pytest.mark.parametrize(
    ("words", "problem"),
    [("likes: []\n", "no act called likes"), ("tags: [{by: bob}]\n", "nobody is called bob")],
)
def test_what_cannot_be_played_is_told(tmp_path, words, problem):
    with pytest.raises(InvalidInput, match=problem):
        read_activity(written(tmp_path, words))
