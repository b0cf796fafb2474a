"""The register's pages: people.py, adding.py (a person with a licence) and premises.py."""

from urllib.parse import urlencode

from flask import Blueprint, request, url_for

register = Blueprint("register", __name__)


def with_query_of_list(address: str) -> str:
    """The address with this request's query: a list gives its filters to a record's page, which gives them back."""
    query = urlencode(list(request.args.items(multi=True)))
    return f"{address}?{query}" if query else address


def back_to(endpoint: str) -> str:
    """The list from which this page was opened, filtered, sorted and turned to as it was left."""
    return with_query_of_list(url_for(endpoint))


from licensing.register.views import adding, people, premises  # noqa: E402, F401  (they add their routes)
