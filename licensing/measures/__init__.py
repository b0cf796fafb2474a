"""Measures: a few figures by quarter, each with a target, a tolerance, a trend, an owner and what the owner says of it.

The figures are those of the catalogue (licensing/figures). What a council aims at is data with a day from which it
holds, who chose it and why. Start reading in rules.py.
"""
