"""The register's pages: people.py, adding.py (a person with a licence) and premises.py."""

from flask import Blueprint

register = Blueprint("register", __name__)

from licensing.register.views import adding, people, premises  # noqa: E402, F401  (they add their routes)
