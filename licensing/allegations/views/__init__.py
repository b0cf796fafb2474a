"""The designated officer's pages. Every view of a case carries `opens_case`: the look is committed before it reads."""

from flask import Blueprint

allegations = Blueprint("allegations", __name__)

from licensing.allegations.views import (  # noqa: E402  (they need the blueprint)
    advice,
    cases,
    closing,
    listing,
    referring,
    released,
    releases,
    sharing,
)

_PAGES = (advice, cases, closing, listing, referring, released, releases, sharing)  # they add their parts
