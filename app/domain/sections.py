"""The sections that a resource is written in: their names, order, hints and examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.resources import Kind


@dataclass(frozen=True)
class Section:
    """One part of a guided form, and of the page that comes of it."""

    code: str  # in the form and in the page's address; never changes
    heading: str
    hint: str  # what belongs here, as a colleague would say it
    example: str  # invented, and short enough to read before writing
    is_wanted: bool  # must be filled before the draft can be submitted


# Wanted is what a reader in another school cannot do without: where it happened, what was done,
# what shows that it worked, what changed, and a role to ask. What went less well, cost and next
# steps are asked for warmly and left free: a sentence written only to get past a form helps nobody.
_CASE_STUDY = (
    Section(
        "context",
        "Context",
        "Where were you starting from? Say a little about your school or setting, and what made "
        "you want to try something. Leave out names, and anything that would point to one child.",
        "We are a two-teacher school with 31 children. By P5 several of them were telling us "
        "that maths was not for them, and we wanted to know why.",
        is_wanted=True,
    ),
    Section(
        "what-we-did",
        "What we did",
        "Take us through it as you would a new colleague: who did what, how often and for how "
        "long. Enough that somebody could try it on Monday.",
        "Every morning for eight weeks the P5/6 class had ten minutes of number talk. One "
        "question, no pencils, and nobody was asked for the answer first.",
        is_wanted=True,
    ),
    Section(
        "how-we-know",
        "How we know",
        "What did you look at, and when? Small and honest is grand: jotters, a short survey, a "
        "colleague watching. Give groups, never a count under five.",
        "We asked the class the same five questions in September and in December, and a colleague "
        "from the next school watched three of the talks.",
        is_wanted=True,
    ),
    Section(
        "impact",
        "Impact",
        "What is different now for learners, families or staff? If it is too early to tell, "
        "say so.",
        "Most of the class now start a problem without waiting for help. We saw no change yet in "
        "written work.",
        is_wanted=True,
    ),
    Section(
        "what-we-would-change",
        "What we would change",
        "What did not work, or not at first? This is the part that other schools thank you for. "
        "Nobody is marked down for it.",
        "We began with two talks a day, and it was too much. The Friday one never settled, so we "
        "dropped it.",
        is_wanted=False,
    ),
    Section(
        "cost-and-time",
        "Cost and time",
        "What did it take in money, hours and cover? Nothing is an answer too.",
        "About £40 for mini whiteboards, and one twilight session to plan it together.",
        is_wanted=False,
    ),
    Section(
        "next-steps",
        "Next steps",
        "Where are you taking it from here? An idea that you have not tried yet is welcome.",
        "P3/4 will start after the October break, and we want families to see a talk "
        "for themselves.",
        is_wanted=False,
    ),
    Section(
        "contact",
        "Contact",
        "Who can a colleague ask? Give a role and the school, not a person’s name, own e-mail or "
        "telephone number.",
        "The principal teacher for numeracy, through the school office.",
        is_wanted=True,
    ),
)

# Wanted is what lets somebody decide and begin. Who it is for is said by the stages and sectors
# too, and a workshop need not have anything to download.
_PROFESSIONAL_LEARNING = (
    Section(
        "what-this-is",
        "What this is",
        "In a few sentences: is it a course, a reading, a toolkit? What will somebody know or be "
        "able to do after it?",
        "An hour-long workshop on asking better questions in maths, with slides and a handout. You "
        "leave with three questions ready for your own class.",
        is_wanted=True,
    ),
    Section(
        "who-it-is-for",
        "Who it is for",
        "Who gets the most from it? Say who might find it too much, or too little.",
        "Probationers and anyone new to composite classes. Support staff have enjoyed it too.",
        is_wanted=False,
    ),
    Section(
        "how-to-use-it",
        "How to use it",
        "How would a busy colleague go about it: alone or together, in one go or in parts, with "
        "what to hand?",
        "Do it in pairs over two lunchtimes. Try one question in between, and bring back what "
        "happened.",
        is_wanted=True,
    ),
    Section(
        "downloads-and-links",
        "Downloads and links",
        "Files and addresses, each with a word on what it is. Please check that others may use "
        "them.",
        "The handout, one side of A4, ready to print in black and white.",
        is_wanted=False,
    ),
)

SECTIONS: Mapping[Kind, tuple[Section, ...]] = {
    Kind.CASE_STUDY: _CASE_STUDY,
    Kind.PROFESSIONAL_LEARNING: _PROFESSIONAL_LEARNING,
}
