"""Signals: where something happens again and again, over all districts, so that somebody looks.

Reports, adverse decisions, actions and failed tests are counted per place, operator, vehicle, address and person, over
30, 90 and 365 days, against thresholds that each council may choose for itself. A signal says what was counted and
why; it weighs nothing and ranks nobody. It is dismissed with a reason, and comes back when something new counts.

What counts, and to whom a signal is shown, is decided in the database (signals_found, migration 0075). Start reading at
rules.py.
"""
