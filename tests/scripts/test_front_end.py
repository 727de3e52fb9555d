import pytest

from scripts.setup.front_end import Group, find_npm
from scripts.setup.stamps import Stamp

FILES = {"looks.css": "looks/dist/looks.css", "font.woff2": "font/font.woff2"}


@pytest.fixture
def packages(tmp_path):
    folder = tmp_path / "node_modules"
    for name, content in {
        "looks/dist/looks.css": b"a{color:red}/*# sourceMappingURL=looks.css.map */\n",
        "font/font.woff2": b"\x00//# sourceMappingURL=x",
    }.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def group(tmp_path):
    return Group(tmp_path / "vendor", FILES, Stamp(tmp_path / "stamp"))


def test_files_that_were_brought_stand(group, packages):
    assert not group.stands()
    group.bring_from(packages)
    assert group.stands()


def test_a_file_that_was_deleted_is_brought_again(group, packages):
    group.bring_from(packages)
    (group.folder / "font.woff2").unlink()
    assert not group.stands()


def test_a_copy_broken_off_does_not_stand(group, packages):
    group.bring_from(packages)
    (packages / "font/font.woff2").unlink()
    with pytest.raises(FileNotFoundError):
        group.bring_from(packages)
    assert not group.stands()


def test_no_style_names_a_source_map_that_is_not_there(group, packages):
    group.bring_from(packages)
    assert (group.folder / "looks.css").read_text() == "a{color:red}\n"
    assert (group.folder / "font.woff2").read_bytes() == b"\x00//# sourceMappingURL=x"


@pytest.mark.parametrize(
    ("says", "usable"), [("11.19.1", True), ("7.0.0", True), ("6.14.8", False)]
)
def test_an_npm_that_cannot_read_the_pins_is_passed_over(programs, says, usable):
    npm = programs("npm", says)
    assert find_npm() == (str(npm) if usable else None)


def test_without_npm_none_is_found(programs):
    assert find_npm() is None
