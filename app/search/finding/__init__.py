"""Finding what answers a plan, as one reader may see it: shelf, ranking, filters, order, spelling.

A new ranking signal goes into ranking.py, where the scores of what is wanted come together; how
much a field weighs stands in app/search/fields.py.
"""
