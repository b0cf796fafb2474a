"""The designated officer's pages. Every view of a case carries `opens_case`: the look is committed before it reads."""

from flask import Blueprint

allegations = Blueprint("allegations", __name__)

from licensing.allegations.views import (  # noqa: E402  (they need the blueprint)
    access,
    actions,
    alleged,
    cases,
    chronology,
    emergency,
    home,
    listing,
    meetings,
    office,
    referring,
    strands,
    trail,
)

_PAGES = (
    cases,
    listing,
    referring,
    alleged,
    strands,
    trail,
    meetings,
    actions,
    chronology,
    office,
    access,
    emergency,
    home,
)  # they add their parts
