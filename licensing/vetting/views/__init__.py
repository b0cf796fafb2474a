"""The pages of vetting."""

from flask import Blueprint

vetting = Blueprint("vetting", __name__)

from licensing.vetting.views import checks, coverage, policies  # noqa: E402  (they need the blueprint)

_PAGES = (checks, coverage, policies)  # they add their routes
