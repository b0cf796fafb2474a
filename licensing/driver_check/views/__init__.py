"""The driver check's pages: checks.py, the locator, what officers say of a result, and linking two records."""

from flask import Blueprint

driver_check = Blueprint("driver_check", __name__)

from licensing.driver_check.views import checks, linking, locator, verdicts  # noqa: E402  (they need the blueprint)

_PAGES = (checks, linking, locator, verdicts)  # they add their routes
