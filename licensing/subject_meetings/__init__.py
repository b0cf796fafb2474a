"""Meetings about places, operators, vehicles and people of concern: agencies that sit down together and decide.

A meeting is planned with a day, a place and the agencies invited; what it talks about is put on the agenda, from a
signal or by name. Before it, whoever goes prints one page about each, with what they themselves may know. After it the
decisions are typed back as tasks with owners, and the minute is kept sealed.

A meeting is known to the agencies that are invited, and to nobody else (known_meetings, migration 0052). Start reading
at rules.py.
"""
