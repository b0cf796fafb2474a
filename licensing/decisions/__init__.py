"""Decisions about licences: made, notified, in effect, appealed.

From a recommendation or an application to the decision with its power, grounds and reasons (Local Government
(Miscellaneous Provisions) Act 1976 s.60 to s.62, s.68, s.77; Licensing Act 2003; Taxis and Private Hire Vehicles
(Safeguarding and Road Safety) Act 2022), the notice from a reviewed template, its service, appeals and reviews. What
a decision does to the licence is an event of the register; whether it is in effect is derived there. Reasons are
sealed. Start reading at powers.py, then rules.py.
"""
