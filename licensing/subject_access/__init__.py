"""Subject access: a person asks their council for everything that it holds on them (UK GDPR, article 15).

The information officer records the request and how the person proved who they are, and a clock of one month runs. What
the council holds is listed by kind, day and reference alone: whoever keeps a record fetches it. For each it is decided
whether it is given, given in part or held, and by which exemption; the letter lists what is given and says the same to
everybody of what is not. Nothing here reads a record of a designated officer. Start reading at rules.py.
"""
