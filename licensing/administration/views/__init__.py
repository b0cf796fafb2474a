"""The pages of user administration: users.py, and reviewing.py for the review of who has access."""

from flask import Blueprint

administration = Blueprint("administration", __name__)

from licensing.administration import role_grants  # noqa: E402, F401  (declares what approvals carry out)
from licensing.administration.views import reviewing, users  # noqa: E402, F401  (they add their routes)
