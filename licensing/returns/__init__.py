"""Returns and requests: what departments ask of a council each year or each week, and what the public asks.

The taxi survey of the Department for Transport, the file of the national register of taxis and private hire vehicles,
what is owed to NR3S, and answers under the Freedom of Information Act 2000. Every number is one of the figures
(licensing/figures); nothing is counted here. Start reading in catalogue.py; of vehicles in national_register.py.
"""
