"""The registers: people, their driver licences, and premises, each row belonging to one authority.

A licence's status is never stored by hand: it follows from dated events (rules.py), and is kept as periods
so that lists can ask for the status on any day. What each kind of licence is, and by which law, stands in
catalogue.py. Start reading at rules.py.
"""
