"""How much one search may ask for, whichever door it comes through."""

LONGEST_QUERY = 300  # characters
MOST_WORDS = 16  # different ones
PER_PAGE = 20  # where nobody says
MOST_PER_PAGE = 100
LAST_PAGE = 1000
MOST_VALUES = 50  # of one facet
MOST_PLAIN = 16  # words taken off their chips; no more chips than words
LONGEST_PLAIN = 100  # characters of one of them
