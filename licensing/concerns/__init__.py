"""Concerns: anybody in a council says what they saw or heard, in a short form, and learns what became of it.

A concern about a driver, a vehicle, premises or an operator is delivered to the licensing officers of the council that
is concerned; they acknowledge it, and close it only when something came of it: a complaint or a consideration was
opened, it was referred to the MASH or the designated officer (LADO), passed on, or needs no action for a reason that
they give. Designated officers see a concern when it is referred to them, and not before. What they make of it is
theirs: only a receipt or advice goes back.

Concerns about how licensing staff or councillors do their work go another way, to the one contact whom a council
names, and to nobody else (staff.py in each part).

For other rooms: `queries.referrals.referred_concern(id)` and `changes.referring.acknowledge_referral(user, id)`.
Start reading at rules.py.
"""
