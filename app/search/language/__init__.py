"""Reading what was typed: the language of queries, other names, stages, questions.

A new source of synonyms is a function in synonyms.SOURCES; another way of understanding a class
in Thesaurus.ways of synonyms.py (meanings.Way tells what it must do).
"""
