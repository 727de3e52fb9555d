"""What a licence lets others make of a work, and what they must then keep."""

from collections.abc import Mapping

# SPDX -> as the line that says so has it. Each lets others change the work; what they make of it
# keeps the same licence here, so that a chain of schools never promises more than the first did.
ADAPTABLE: Mapping[str, str] = {
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-NC-4.0": "CC BY-NC 4.0",
    "CC-BY-NC-SA-4.0": "CC BY-NC-SA 4.0",
    "CC0-1.0": "CC0 1.0",
    "OGL-UK-3.0": "Open Government Licence 3.0",
}
FORBIDS = (
    "Its licence does not let others change it (“no derivatives”). Ask the school whether you may "
    "build on it all the same."
)
UNSTATED = (
    "It does not say what others may do with it. Ask the school: when it publishes a version with "
    "a licence, you can build on it."
)
UNKNOWN = "We do not know its licence, {}. Ask the school whether you may build on it."


def why_not_build_on(licence: str | None) -> str:
    """Return the sentence that says why nobody may build on such a work; empty where they may."""
    if not licence:
        return UNSTATED
    if licence in ADAPTABLE:
        return ""
    return FORBIDS if "-ND" in licence.upper() else UNKNOWN.format(licence)


def licence_asked_for(attribution: str) -> str | None:
    """Return the licence that a line of attribution ends with; None where it names none of ours."""
    ends = (spdx for spdx, label in ADAPTABLE.items() if attribution.endswith(f", {label}"))
    return next(ends, None)


def without_title(attribution: str) -> str:
    """Return the line for those who may not read what it names, or no longer may."""
    before, opened, rest = attribution.partition("“")
    _, closed, after = rest.rpartition("”")
    return f"{before}a resource{after}" if opened and closed else attribution


def attribution_of(
    title: str, school: str, authority: str, number: int, licence: str | None
) -> str:
    """Return the line that says what something was built on; empty parts are left out."""
    label = ADAPTABLE.get(licence or "", "")
    named = f"“{title}”" if title else "a resource"
    places = ", ".join(filter(None, (school, authority)))
    parts = [named, places, f"version {number}", label]
    return f"Built on {', '.join(filter(None, parts))}"
