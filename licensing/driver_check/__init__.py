"""Is this person known to any of our councils? The check, its explanation and its receipt.

How people are compared is in licensing/matching; what another council may be told is in disclosure.py and,
again, in the database's own functions (migration 0004). It is not an NR3S search. Start reading at rules.py.
"""
