"""Read the fields of one file's front matter, each of its kind, noting what is the matter."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.taxonomy import Taxonomy, Vocabulary
from app.formats.front_matter import FrontMatter, Value
from app.formats.problems import Problem, Severity
from app.formats.term_reading import find_term

DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)


class Fields:
    """The fields of one file, where defaults stand in for what it does not say.

    What cannot be understood is noted in `problems`; a word that is no term
    we know is kept in `unknown_words`, so that it can become a tag.
    """

    def __init__(self, front: FrontMatter, defaults: Mapping[str, str], taxonomy: Taxonomy) -> None:
        self.problems: list[Problem] = []
        self.unknown_words: list[str] = []
        self._lines = front.lines
        self._taxonomy = taxonomy
        said = {
            key: value for key, value in front.values.items() if value not in (None, "", [], {})
        }
        self._values: dict[str, Value] = {**defaults, **said}
        self._said = said.keys()

    def says(self, key: str) -> bool:
        """Whether the file itself gives the field a value."""
        return key in self._said

    def stands(self, key: str) -> bool:
        """Whether the file has the key, with a value or without."""
        return key in self._lines

    def value(self, key: str) -> Value:
        """Return the field as YAML gave it, or its default."""
        return self._values.get(key)

    def line(self, key: str) -> int:
        """Return the line the field stands on; 1 where the file does not say it."""
        return self._lines.get(key, 1)

    def refuse(self, key: str, sentence: str) -> None:
        """Note a problem that keeps the file out."""
        self.problems.append(Problem(sentence, Severity.REFUSED, self.line(key), key))

    def warn(self, key: str, sentence: str) -> None:
        """Note something that its author should know."""
        self.problems.append(Problem(sentence, Severity.WARNING, self.line(key), key))

    def text(self, key: str) -> str:
        """Return a text without space around it, "" where there is none."""
        value = self.value(key)
        if isinstance(value, list | dict):
            self.refuse(key, f"{key} must be one text, not a list or names and values.")
            return ""
        return (value or "").strip()

    def name(self, key: str, limit: int) -> str:
        """Return a text on one line of at most `limit` characters."""
        text = " ".join(self.text(key).split())
        if len(text) > limit:
            self.refuse(
                key, f"{key} has {len(text)} characters and the limit is {limit}: shorten it."
            )
        return text

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; one text is a list of one, or parted by commas."""
        value = self.value(key)
        if isinstance(value, list):
            return self._checked_texts(key, value)
        text = self.text(key)
        vocabulary = self._taxonomy.vocabularies.get(key)
        if vocabulary and vocabulary.find(text):  # a label may hold a comma
            return [text]
        return [part.strip() for part in text.split(",") if part.strip()]

    def term(self, key: str, vocabulary: str) -> str | None:
        """Return the code of the one term the field names, None where there is none."""
        value = self.value(key)
        texts = self._checked_texts(key, value if isinstance(value, list) else [self.text(key)])
        codes = self._codes(key, texts, vocabulary)
        if len(codes) > 1:
            self.warn(
                key, f"{key} takes one term: {codes[0]} is taken, the others are kept as tags."
            )
            self.unknown_words += codes[1:]
        return codes[0] if codes else None

    def terms(self, key: str, vocabulary: str) -> tuple[str, ...]:
        """Return the codes of the terms the field lists, in its order, each once."""
        return self._codes(key, self.texts(key), vocabulary)

    def term_of(self, key: str, text: str, vocabulary: str) -> str | None:
        """Return the code of the term meant by a text that stands within a field."""
        codes = self._codes(key, [text] if text else [], vocabulary)
        return codes[0] if codes else None

    def day(self, key: str) -> date | None:
        """Return a day written as 2026-10-02, None where there is none."""
        text = self.text(key)
        found = DAY.fullmatch(text)
        try:
            return date.fromisoformat(found[1] if found else text) if text else None
        except ValueError:
            self.refuse(key, f"{key} must be a day such as 2026-10-02, not “{text}”.")
            return None

    def number(self, key: str, limit: int) -> int | None:
        """Return a whole number from 1 to `limit`, None where there is none."""
        text = self.text(key)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:20]) <= limit):
            self.refuse(key, f"{key} must be a whole number from 1 to {limit}, not “{text}”.")
            return None
        return int(text)

    def _codes(self, key: str, texts: Sequence[str], vocabulary: str) -> tuple[str, ...]:
        held = self._taxonomy.vocabularies[vocabulary]
        return tuple(dict.fromkeys(filter(None, (self._code(key, text, held) for text in texts))))

    def _code(self, key: str, text: str, vocabulary: Vocabulary) -> str | None:
        if not text:
            return None
        found = find_term(vocabulary, text)
        if found.code is None:
            self.warn(key, f"{found.remark} The word is kept as a tag.")
            self.unknown_words.append(text)
        elif found.remark:
            self.warn(key, found.remark)
        return found.code

    def _checked_texts(self, key: str, values: Sequence[Value]) -> list[str]:
        texts = [" ".join(value.split()) for value in values if isinstance(value, str)]
        if len(texts) < sum(value is not None for value in values):
            self.refuse(
                key, f"{key} must be a list of texts: no lists within it, no names and values."
            )
        return [text for text in texts if text]
