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
    emergency,
    home,
    listing,
    meetings,
    office,
    referring,
    reviewing,
    strands,
    trail,
)

# They add their parts to the page of a case.
_PAGES = (cases, listing, referring, alleged, strands, meetings, actions, chronology, reviewing)
_AROUND = (advice, office, access, emergency, home, trail)
