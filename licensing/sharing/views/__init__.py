"""The pages of sharing: entries, searches, requests and reports both ways, disclosures, and who may search."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask as page_of_form
from licensing.forms import BaseForm, ChoiceField, options
from licensing.permissions import Permission
from licensing.sharing.clocks import may_be_imposed
from licensing.sharing.forms.exchanges import ConcernForm, ReceiveForm
from licensing.sharing.queries import searches

sharing = Blueprint("sharing", __name__)


def ask(form: BaseForm, title: str, back: str, **more: Any) -> ResponseReturnValue:
    """The page of a form, which says that this is not NR3S. `more`: caption, intro."""
    return page_of_form(form, title, back, template="sharing/ask.html", **more)


def ask_whether_imposed(form: ConcernForm | ReceiveForm) -> None:
    """A licence is suspended by another authority's officer only once that law is in force: before, nobody is asked."""
    if not may_be_imposed(signed_in_user().authority.id, dates.today()):
        del form.suspended_on


def offer_colleagues(field: ChoiceField, permission: Permission) -> None:
    """The colleagues who hold a permission, as choices."""
    found = searches.colleagues(signed_in_user().authority.id, permission)
    field.choices = options((str(one), name) for one, name in found)


from licensing.sharing.views import (  # noqa: E402  (they need the blueprint)
    answering,
    asking,
    disclosing,
    entries,
    figures,
    searching,
    sections,
    users,
)

_PAGES = (answering, asking, disclosing, entries, figures, searching, sections, users)  # they add their parts
