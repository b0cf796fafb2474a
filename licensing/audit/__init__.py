"""Who did or saw what, when, to which record. Append only, and never lost.

A look is committed before the record is read; a change's entry is in the change's own transaction; a
refusal is written in a transaction of its own. Entries carry no narrative and no search terms.
Start reading at changes.py.
"""
