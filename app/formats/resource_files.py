"""Read a resource from its Markdown file: what it says, and what of it cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.errors import InvalidInput, TooLarge
from app.domain.facets import TERM_LISTS
from app.domain.resources import ResourceContent
from app.domain.taxonomy import Taxonomy
from app.formats import resource_parts as parts
from app.formats.attachment_fields import attachments
from app.formats.front_matter import FrontMatter, Unreadable, read_front_matter
from app.formats.problems import Problem, Severity
from app.formats.resource_fields import Fields

KEYS = frozenset(
    {
        *("id", "kind", "title", "summary", "notice", "region", "authority", "school", "audience"),
        *(facet.key for facet in TERM_LISTS),
        *("type", "duration_minutes", "provider", "tags", "evidence", "language", "licence"),
        *("published_on", "review_by", "attachments", "adapted_from", "attribution"),
    }
)
NOT_FOR_DEFAULTS = frozenset({"id", "evidence", "attachments", "adapted_from", "attribution"})
SHORT_LIMIT = 60  # characters, of a licence
NAME_LIMIT = 200  # characters, of a school and a provider
ATTRIBUTION_LIMIT = 600  # characters
DURATION_LIMIT = 100_000  # minutes


@dataclass(frozen=True)
class ReadingRules:
    """How files are read: the vocabularies, and what stands in for what a file does not say."""

    taxonomy: Taxonomy
    defaults: Mapping[str, str] = field(default_factory=dict)
    body_keys: tuple[str, ...] = ()
    limit_mb: int = 2


@dataclass(frozen=True)
class ReadResource:
    """What a file gave; `content` is None when the file is refused."""

    content: ResourceContent | None
    id: str | None = None
    problems: tuple[Problem, ...] = ()


def read_resource(data: bytes, name: str, rules: ReadingRules) -> ReadResource:
    """Return the resource that a file holds, with everything to tell about it.

    `name` is the file's name without its ending: the title where nothing else gives one. A word
    that no vocabulary knows becomes a tag; a key that is not ours is kept as it was written. The
    body stays whole, also where its first heading gave the title.
    """
    try:
        front = read_front_matter(data, rules.limit_mb)
    except Unreadable as error:
        return ReadResource(None, problems=(Problem(str(error), line=error.line),))
    except TooLarge as error:
        return ReadResource(None, problems=(Problem(str(error)),))
    fields = Fields(front, rules.defaults, rules.taxonomy)
    resource_id = parts.ulid(fields)
    content = _content(front, fields, name, rules)
    problems = tuple(sorted(fields.problems, key=lambda problem: problem.line))
    if any(problem.severity is Severity.REFUSED for problem in problems):
        return ReadResource(None, resource_id, problems)
    return ReadResource(content, resource_id, problems)


def check_rules(rules: ReadingRules) -> None:
    """Do nothing when the defaults and body keys can be used.

    Raises:
        InvalidInput: one cannot; says which and what to do.
    """
    for key in rules.defaults:
        if key not in KEYS - NOT_FOR_DEFAULTS:
            known = ", ".join(sorted(KEYS - NOT_FOR_DEFAULTS))
            raise InvalidInput(f"There is no default for “{key}”. There is for: {known}.")
    for key in KEYS.intersection(rules.body_keys):
        raise InvalidInput(f"“{key}” has a meaning of its own and cannot be a body key.")
    fields = Fields(FrontMatter(), rules.defaults, rules.taxonomy)
    _content(FrontMatter(), fields, "", rules)
    for problem in fields.problems:
        if problem.key in rules.defaults:
            raise InvalidInput(f"--default {problem.key}: {problem.sentence}")


def _content(front: FrontMatter, fields: Fields, name: str, rules: ReadingRules) -> ResourceContent:
    """Put the fields together; it counts only if nothing was refused."""
    body, moved = parts.body(front, fields, rules.body_keys)
    terms = {facet.name: fields.terms(facet.key, facet.vocabulary) for facet in TERM_LISTS}
    evidence, apart = parts.evidence(fields)
    return ResourceContent(
        kind=parts.kind(fields),
        title=parts.title(fields, body, name),
        body=body,
        region=parts.region(fields, rules.taxonomy),
        audience=parts.audience(fields),
        summary=parts.summary(fields),
        notice=fields.text("notice"),
        authority=fields.term("authority", "authorities"),
        school=fields.name("school", NAME_LIMIT) or None,
        terms={facet: codes for facet, codes in terms.items() if codes},
        evidence=evidence,
        learning_type=fields.term("type", "learning_types"),
        duration_minutes=fields.number("duration_minutes", DURATION_LIMIT),
        provider=fields.name("provider", NAME_LIMIT) or None,
        language=parts.language(fields),
        licence=fields.name("licence", SHORT_LIMIT) or None,
        published_on=fields.day("published_on"),
        review_by=fields.day("review_by"),
        attachments=attachments(fields),
        adapted_from=parts.parent(fields),
        attribution=fields.name("attribution", ATTRIBUTION_LIMIT),
        extra_yaml=parts.kept_yaml(front, KEYS | moved, apart),
        tags=parts.tags(fields),  # last: by now every unknown word has been met
    )
