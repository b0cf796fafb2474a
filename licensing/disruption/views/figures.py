"""What waits for somebody on their home page."""

from flask import url_for

from licensing.accounts.home_figures import Figure, adds_figures
from licensing.disruption import queries
from licensing.permissions import Permission


@adds_figures(Permission.DISRUPT, order=35)
def asked_of_us() -> list[Figure]:
    words = "things that partners ask of your agency"
    return [Figure(words, queries.waiting_for_us(), url_for("disruption.list_partner_tasks"))]
