"""Figures: what leaders, scrutiny and returns are told of licensing, safeguarding and disruption, as counts alone.

One catalogue says what each figure is (catalogue.py); the database counts, as at a moment, and gives no record
(queries.py); what is small of people is withheld (licensing/suppression.py). Start reading in gathering.py.
"""
