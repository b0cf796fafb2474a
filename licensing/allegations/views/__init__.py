"""The designated officer's pages. Every view of a case carries `opens_case`: the look is committed before it reads."""

from flask import Blueprint

allegations = Blueprint("allegations", __name__)

from licensing.allegations.views import (  # noqa: E402  (they need the blueprint)
    access,
    actions,
    advice,
    alleged,
    cases,
    chronology,
    closing,
    emergency,
    home,
    identifying,
    listing,
    meetings,
    noticed,
    office,
    referring,
    released,
    releases,
    reviewing,
    sharing,
    strands,
    trail,
)

# They add their parts to the page of a case, and its neighbours.
_OF_A_CASE = (alleged, strands, sharing, closing, meetings, actions, chronology, reviewing, access, releases)
_AROUND = (advice, cases, emergency, home, identifying, listing, noticed, office, referring, released, trail)
