"""The words by which the rules know pupils, stages, staff and unusual circumstances."""

import re

from app.domain.privacy.findings import fold
from app.domain.privacy.word_lists import read_words

STAGE = (
    r"(?:[Pp]\.?\s?[1-7]|[Ss]\.?\s?[1-6]|[Pp]rimary [1-7]|[Ss]econdary [1-6]|[Nn]ursery|"
    r"Primary (?:One|Two|Three|Four|Five|Six|Seven))(?=s?\b)"
)
PUPIL = (
    r"(?:[Pp]upil|[Cc]hild|[Ll]earner|[Bb]oy|[Gg]irl|[Ll]ad|[Ll]ass|[Ll]assie|[Bb]airn|"
    r"[Ss]tudent|[Cc]andidate|[Yy]oungster|young person|toddler|[Pp]upil librarian)"
)
PUPILS = (
    r"(?:pupils?|child(?:ren)?|learners?|boys?|girls?|lads?|lass(?:es)?|bairns?|"
    r"students?|candidates?|"
    r"youngsters?|young (?:people|persons?)|toddlers?|siblings?|twins|P[1-7]s?|"
    r"S[1-6]s?|leavers?)\b"
)
KIN = (
    r"(?:mum|mam|mother|dad|father|gran|granny|grandad|grandmother|grandfather|"
    r"parents?|carers?|aunt|auntie|uncle|sister|brother|"
    r"siblings?|family|twin|cousin|key worker|foster carers?|foster mum|social worker)"
)
FRIEND = (
    r"(?:sister|brother|twin|twin sister|twin brother|cousin|son|daughter|friend|"
    r"best friend|pal|partner|buddy|classmate|neighbour)"
)
# Who is named with one of these is an adult at work, in public, or a character.
ROLE = (
    r"(?:author|poet|illustrator|writer|novelist|artist|musician|singer|composer|"
    r"scientist|inventor|activist|athlete|footballer|"
    r"teacher|teachers|headteacher|head teacher|head|depute|deputy|principal|"
    r"probationer|lecturer|tutor|assistant|PSA|practitioner|"
    r"janitor|cook|secretary|clerk|librarian|technician|officer|coordinator|"
    r"co-ordinator|lead|manager|director|chair|colleague|"
    r"vet|nurse|doctor|plumber|coder|farmer|builder|engineer|fisherman|minister|"
    r"chaplain|councillor|provost|constable|"
    r"historian|researcher|professor|psychologist|therapist|worker|coach|instructor|"
    r"trainer|volunteer|storyteller|"
    r"king|queen|saint|hero|heroine|character|bear|dog|cat|robot|scarecrow|puppet|"
    r"teddy|staff|team)"
)
TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Lord|Dame|Rev|Revd|Father|PC|Cllr|"
    r"Councillor|Saint|St|King|Queen|Prince|Princess|Auntie|Uncle|Granny)\.?"
)
ADULT_AT_STAGE = (
    r"(?:\s+(?:class|stage))?\s+(?:[Tt]eacher|staff|assistant|parents?|mums?|dads?|lead|"
    r"team|leader of|practitioner|tutor|colleague|probationer|classroom|room|class\b)"
)

_CONDITION = (
    r"(?:ASN|additional support needs|complex needs|learning difficult\w+|"
    r"learning disabilit\w+|autism|autistic|ASD|Asperger\w*|ADHD|ADD|dyslexi\w+|"
    r"dyscalculi\w+|dyspraxi\w+|DCD|Down[’']?s syndrome|Down syndrome|Tourette\w*|"
    r"cerebral palsy|epilep\w+|diabet\w+|leukaemia|cancer|cystic fibrosis|"
    r"muscular dystrophy|asthma|an[ao]phyla\w+|anorexia|eating disorders?|anxiety|"
    r"depression|PTSD|trauma|selective\w* mut\w+|"
    r"(?:visual|hearing|sight|physical) (?:impairments?|loss|disabilit\w+)|"
    r"visually impaired|hearing impaired|disabilit\w+|disabled|deaf|blind|"
    r"wheelchairs?|hearing aids?|cochlear implants?|non[- ]?verbal|"
    r"f(?:o)?etal alcohol\w*|FASD|global delay|developmental delay|stammers?|"
    r"foster care|"
    r"brain injur\w+|gastrostomy|tube[- ]fed|child[’']?s plans?|"
    r"co-ordinated support plans?|CSPs?)"
)
_LIFE = (
    r"(?:care[- ]experience[d]?|looked[- ]after|kinship care|in care|adopted|"
    r"young carers?|child protection|at risk of harm|"
    r"free (?:school )?meals|FSM|SIMD 1|refugees?|asylum[- ]seek\w+|unaccompanied|"
    r"homeless|temporary accommodation|in (?:a )?refuge|women[’']s refuge|"
    r"Gyps(?:y|ies)(?:[/ -]Travellers?)?|Travellers?|Roma|transgender|trans|"
    r"non-binary|gay|lesbian|bisexual|pregnant|bereaved|bereavement|"
    r"in prison|imprison\w+|on remand|excluded|part-time timetables?|self-harm\w*|"
    r"suicid\w+|school refus\w+|forces|service families)"
)
_ORIGIN = (
    r"(?:EAL|English as an additional language|new to English|"
    r"without (?:any )?English|no English|little English|Syrian|Ukrainian|Polish|"
    r"Afghan|Iraqi|Iranian|"
    r"Kurdish|Eritrean|Ethiopian|Somali|Sudanese|Nigerian|Ghanaian|Pakistani|Indian|"
    r"Bangladeshi|Chinese|Vietnamese|Filipino|Romanian|"
    r"Bulgarian|Lithuanian|Latvian|Russian|Turkish|Arab|African|Black|Asian|Muslim|"
    r"Jewish|Sikh|Hindu|Jehovah[’']s Witness\w*|"
    r"Syria|Ukraine|Poland|Afghanistan|Iraq|Iran|Eritrea|Ethiopia|Somalia|Sudan|"
    r"Nigeria|Pakistan|India|Bangladesh|China|Vietnam|Romania|Bulgaria|Hong Kong)"
)
_ATTAINMENT = r"(?:not on track|below (?:the )?expected level|off track)"
CIRCUMSTANCE = rf"(?:{_CONDITION}|{_LIFE}|{_ORIGIN}|{_ATTAINMENT})(?!\w)"

NOT_NAMES = read_words("words_that_are_no_names.txt")

_TO_TWENTY = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: n for n, word in enumerate(re.split(" ", _TO_TWENTY))} | {
    "thirty": 30,
    "forty": 40,
}


def number_of(words: str) -> int | None:
    """Return the number that digits or words say, or None: 23, eleven, twenty-three."""
    plain = fold(words)
    if plain.isdecimal():
        return int(plain)
    tens, _, ones = plain.replace(" ", "-").partition("-")
    if tens not in NUMBERS or (ones and ones not in NUMBERS):
        return None
    return NUMBERS[tens] + (NUMBERS[ones] if ones else 0)
