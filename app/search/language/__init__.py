"""Reading what was typed: the language of queries, other names, stages, spelling.

A new source of synonyms is a function in synonyms.SOURCES; another way of understanding a class
in Thesaurus.ways (meanings.Way).
"""
