"""Briefings: two pages that a leader can act on, approved by a second person, frozen, and read.

Drafted from the figures by a briefing author, commented, approved by somebody else, published to named readers and from
then on the same for ever: another version supersedes it. Start reading in rules.py (who may do what, when) and page.py
(what stands on the two pages, for the PDF and the page on the web alike).
"""
