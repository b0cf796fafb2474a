"""Sharing between licensing authorities: what the law asks before, beside and after the national register NR3S.

Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022, England. A search before a driver's licence is
granted or renewed (s.3(1)); an entry for each adverse decision that relies on relevant information, kept right for
eleven years (s.2); written requests and their answers (s.3(2) to (4)); reports of what a driver licensed elsewhere did
(s.5) and the replies to them (s.6); and a log of everything that was told to anybody.

This is a companion, and NOT NR3S itself: nothing is sent there from here. Start reading at rules.py.
"""
