"""One address for each kind of page that there is."""

KINDS_OF_PAGES = {
    "home": "/",
    "results": "/search?q=reading",
    "results with filters": "/search?q=numeracy&kind=case-study&stage=p5&stage=p6",
    "everything": "/search",
    "corrected": "/search?q=numercy",
    "understood": "/search?q=P5+maths+PEF+nurture&home=tayside",
    "asked back": "/search?q=Year+5+SLT",
    "taken off": "/search?q=P5+maths&plain=P5&home=tayside&outward=0",
    "too long": "/search?q=" + "+".join(f"outdoor{n}+learning" for n in range(30)),
    "nothing": "/search?q=zzzzqqqq&region=tayside",
    "browse": "/browse",
    "browse themes": "/browse/theme",
    "browse authorities by region": "/browse/region",
    "browse a term": "/browse/stage/p5",
    "help": "/help",
    "help page": "/help/searching",
    "about": "/about",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "not found": "/no-such-page",
}
