"""What people call the sections of a resource in documents of their own: data, and a look-up."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from app.domain.resources import Kind

# code → the headings that mean it: ours first, then what is seen in schools' own documents and
# council templates, then Gaelic. Without accents, marks or numbers; see `plain_heading`.
CASE_STUDY: Mapping[str, str] = {
    "context": """
        context; background; our context; the context; context and background; background and
        context; setting; our school; our setting; about us; about our school; the school; school
        context; introduction; where we started; starting point; why we did this; why; why we did
        it; rationale; the challenge; the problem; the issue; the need; identified need; need;
        what was the issue; what was the problem; aim; aims; our aim; our aims; purpose;
        aims and objectives; objectives; baseline; cosheacs; co-theacsa; co-theacs; cul-fiosrachadh;
        ro-radh; cul-raon
    """,
    "what-we-did": """
        what we did; our approach; approach; the approach; what did we do; what did you do; what
        we tried; what we have done; what happened; action; actions; action taken; actions taken;
        activity; activities; method; methods; methodology; intervention; the intervention;
        implementation; how we did it; how it worked; process; the process; the work; the project;
        our project; strategy; strategies; delivery; what the children did; what it looked like;
        na rinn sinn; de rinn sinn
    """,
    "how-we-know": """
        how we know; how do we know; evidence; our evidence; the evidence; evidence base; evidence
        of impact; evidence of progress; data; the data; measures; measurement; how we measured it;
        how we measured impact; evaluation; monitoring; monitoring and evaluation; assessment
        information; how will we know; sources of evidence; mar a tha fios againn; fianais
    """,
    "impact": """
        impact; the impact; our impact; outcome; outcomes; results; findings; what changed; what
        was the impact; what difference did it make; the difference it made; difference made;
        impact on learners; impact on children; impact on pupils; impact on staff; impact on
        families; benefits; successes; success; achievements; progress; what worked; what went
        well; buaidh; toraidhean
    """,
    "what-we-would-change": """
        what we would change; what we would do differently; what would we change; what would we do
        differently; what would you do differently; lessons learned; lessons learnt; lessons;
        learning points; key learning; what we learned; what we learnt; reflections; reflection;
        challenges; challenges and barriers; barriers; difficulties; what did not work; what didnt
        work; what went less well; even better if; limitations; hindsight; areas for improvement;
        na dhatharraicheamaid; na dh ionnsaich sinn; dubhlain
    """,
    "cost-and-time": """
        cost and time; time and cost; cost; costs; costs and time; cost and resources; costs and
        resources; resources needed; resources required; resources used; resources and costs;
        resources; resourcing; budget; funding; finance; what you need; what it took; what it cost;
        time; time needed; timescale; timescales; staffing; cosgais; cosgais agus uine; airgead
    """,
    "next-steps": """
        next steps; our next steps; what next; whats next; what is next; what we did next; what
        we will do next; what happens next; where next; future; future plans; plans; going forward;
        moving forward; the future; looking ahead; sustainability; follow up; next; further
        development; ceumannan ri thighinn; na h-ath cheumannan; an ath cheum
    """,
    "contact": """
        contact; contacts; contact us; contact details; get in touch; further information; find out
        more; more information; for more information; who to contact; who to ask; questions; fios
        thugainn; cuir fios; cuir fios thugainn; conaltradh
    """,
}
PROFESSIONAL_LEARNING: Mapping[str, str] = {
    "what-this-is": """
        what this is; what is this; overview; about; about this resource; about this course;
        description; introduction; summary; background; aim; aims; purpose; learning outcomes;
        learning intentions; objectives; content; contents; course content; context; de tha seo;
        gearr-chunntas
    """,
    "who-it-is-for": """
        who it is for; who is it for; who is this for; who this is for; audience; intended
        audience; target audience; participants; who should attend; who should use this; suitable
        for; prerequisites; co dha a tha e; luchd-amais
    """,
    "how-to-use-it": """
        how to use it; how to use this; how to use this resource; using this resource; how it
        works; instructions; guidance; facilitation notes; facilitator notes; notes for
        facilitators; running the session; the session; session plan; activities; activity;
        programme; timings; steps; before you start; mar a chleachdas tu e; stiuireadh
    """,
    "downloads-and-links": """
        downloads and links; downloads; links; useful links; resources; materials; further reading;
        reading; references; bibliography; find out more; further information; slides; handouts;
        appendix; appendices; attachments; sources; ceanglaichean; goireasan
    """,
}
NAMES: Mapping[Kind, Mapping[str, str]] = {
    Kind.CASE_STUDY: CASE_STUDY,
    Kind.PROFESSIONAL_LEARNING: PROFESSIONAL_LEARNING,
}
LONGEST = 80  # characters of a heading that may name a section
NUMBER = re.compile(
    r"^(?:(?:section|part|step)\s+)?(?:\d+(?:[.)]\d*)*|[a-z]\)|[ivx]+[.)])[.):\s-]*", re.I
)


def plain_heading(heading: str) -> str:
    """Return a heading in small letters without accents, numbers before it, and marks."""
    spread = unicodedata.normalize("NFKD", heading[: LONGEST * 2].replace("&", " and "))
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter)).lower()
    bare = NUMBER.sub("", bare.strip(), count=1)
    return " ".join(re.sub(r"[^\w\s-]", "", bare).split())


def section_of(heading: str, kind: Kind) -> str:
    """Return the code of the section that a heading names; "" where it names none."""
    return _codes(kind).get(plain_heading(heading), "")


def names_a_section(heading: str) -> bool:
    """Whether a heading names a section of any kind of resource."""
    return any(section_of(heading, kind) for kind in Kind)


def nearest_section(heading: str, kind: Kind) -> str:
    """Return the section whose names share most words with a heading; "" where none does."""
    words = set(plain_heading(heading).split()) - TOO_COMMON
    if not words:
        return ""
    best, code = max(
        (len(words & set(name.split())) / len(words | set(name.split())), code)
        for name, code in _codes(kind).items()
    )
    return code if best > 0 else ""


COMMON_WORDS = "the a an and of our we it to for in on is was what how this with"
TOO_COMMON = frozenset(COMMON_WORDS.split())


@cache
def _codes(kind: Kind) -> Mapping[str, str]:
    return {
        plain_heading(name): code
        for code, names in NAMES[kind].items()
        for name in " ".join(names.split()).split(";")
    }
