"""Finding what answers a plan, as one reader may see it: shelf, ranking, filters, order.

A new ranking signal goes into ranking.py, where the scores of what is wanted come together.
"""
