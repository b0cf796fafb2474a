"""The pages of accounts: signing_in.py (and home), links.py (mailed links), own_account.py, stepping_up.py."""

from flask import Blueprint

accounts = Blueprint("accounts", __name__)

from licensing.accounts.views import links, own_account, signing_in, stepping_up  # noqa: E402, F401  (they add their routes)
