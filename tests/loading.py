"""Take Markdown texts into a test's library, as the command would."""

from app.db import unit_of_work
from app.domain.people import OPERATOR
from app.services.content.load_files import begin, read_file, rules_for
from app.services.content.loading import take_in
from tests.content_app import TAXONOMY


def take_in_texts(library, *texts, folder="loaded"):
    """Write each text to its own file and load it; return the results."""
    rules = rules_for(TAXONOMY, {}, (), 2)
    results = []
    for number, text in enumerate(texts):
        path = library.put(f"{folder}/{number}.md", text)
        run = begin(path, library.content_dir, rules, 2)
        with unit_of_work() as session:
            results.append(take_in(session, OPERATOR, run, read_file(path, rules)).result)
    return results
