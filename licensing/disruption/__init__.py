"""Disruption: what councils and their partners do about people, premises and vehicles of concern, and whether it works.

Powers are data (powers.csv, written by `flask setup`): the law, who may use it, on what, from which threshold, for how
long. An action uses one power on one or more targets, led by one agency and joined by others; how it stands follows
from dated events. A look after 30 and 90 days asks whether it worked. A partner is asked for a task, and sees that task
alone.

Who may know of an action is decided by agencies: those that lead it or join it, and, for what is directed at premises,
the agencies of the council whose place it is. Start reading at rules.py.
"""
