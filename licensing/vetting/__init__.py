"""Vetting: what is checked of a licensed person, with what result, and when next.

A check is looked at and written down: its day, its result and when it ends, never what a certificate says (statutory
taxi and private hire vehicle standards, 2020: a certificate is kept for six months at most). Which checks a licence
needs, and how often, are rows of data: the national ones of catalogue.py, and each council's own from a day. What
stands of a person follows from the two. Start at rules.py; `queries.standing` is what other rooms ask.
"""
