"""Deadlines: the periods that statutes, guidance and councils set, and the clocks that run by them.

A rule is data: how long, in what unit, whether the first day counts, what starts and stops it, by which source, and
from when until when it is the law (catalogue.py; a council's own choice stands beside it in the same table). A clock
is one running of a rule about one record. It is started, met or ceased by the room whose act that is:

    deadlines.changes.start(user, ClockCode.NR3S_ENTRY, (ObjectKind.LICENCE, licence_id), notified_on)
    deadlines.changes.meet(user, ClockCode.NR3S_ENTRY, (ObjectKind.LICENCE, licence_id), keyed_on)

What was missed stays missed: a clock that is met late says so for ever. Start reading at rules.py.
"""
