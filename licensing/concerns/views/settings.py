"""Who receives a council's concerns about staff and councillors."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.asking import ask
from licensing.concerns import staff_queries as queries
from licensing.concerns.changes import staff as changes
from licensing.concerns.forms import ContactForm
from licensing.concerns.views import concerns, done
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.saving import saved


@concerns.get("/settings/staff-concerns")
@requires(Permission.SETTINGS_CHANGE)
def show_contact() -> ResponseReturnValue:
    return _asked(_form())


@concerns.post("/settings/staff-concerns")
@requires(Permission.SETTINGS_CHANGE)
@fresh_second_factor
def name_contact() -> ResponseReturnValue:
    form, user = _form(), signed_in_user()
    if (
        form.contact.choices
        and form.validate_on_submit()
        and saved(form, lambda: changes.name_contact(user, UUID(form.contact.data)))
    ):
        return done("They receive concerns about staff from now on.", url_for("concerns.show_contact"))
    return _asked(form)


def _form() -> ContactForm:
    form, user = ContactForm(), signed_in_user()
    form.contact.choices = options(
        (str(one), name) for one, name in queries.who_may_be_contact(user.authority.id, user.id)
    )
    return form


def _asked(form: ContactForm) -> ResponseReturnValue:
    more: dict[str, Any] = {} if form.contact.choices else {"questions": []}
    return ask(
        form,
        "Contact for concerns about staff",
        url_for("administration.list_users"),
        template="concerns/show_contact.html",
        contacts=queries.contacts(),
        **more,
    )
