"""How signals are called elsewhere: on the home page of those who look at them."""

from flask import url_for

from licensing.accounts.home_figures import Figure, adds_figures
from licensing.permissions import Permission
from licensing.signals import queries


@adds_figures(Permission.DISRUPT, order=37)
def to_look_at() -> list[Figure]:
    number = len(queries.signals(queries.SignalsFilter()))
    return [Figure("signals that nobody looked at", number, url_for("signals.list_signals"))]
