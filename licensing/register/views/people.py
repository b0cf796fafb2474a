"""Finding people, and one person's page."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import person_page, presenting, queries, timeline
from licensing.register.events import RecordKind
from licensing.register.forms.filters import PeopleFilterForm
from licensing.register.views import back_from_person, register, seek, shared_by_records, sought, with_query_of_list
from licensing.register.warnings import warnings_about


@register.get("/people")
@requires(Permission.REGISTER_READ)
def list_people() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PERSON)
    form = PeopleFilterForm(request.args)
    asked = sought()
    wanted = queries.PeopleFilter(asked["words"], form.kind.data, form.status.data)
    sort, order = request.args.get("sort", "name"), request.args.get("order", "ascending")
    today = dates.today()
    page = queries.people_page(wanted, sort, order == "descending", request.args.get("page", 1, int), today)
    return render_template(
        "register/list_people.html",
        form=form,
        **asked,
        search_action=url_for("register.search_people"),
        search_label="Name, licence or badge number, postcode or reference",
        applied=applied_filters(form),
        page=page,
        rows=presenting.people_rows(page.items, today, with_query_of_list),
        sort=(sort, order),
    )


@register.post("/people/search")
@requires(Permission.REGISTER_READ)
def search_people() -> ResponseReturnValue:
    return seek(ObjectKind.PERSON, "register.list_people")


@register.get("/people/<uuid:person_id>")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.PERSON, "person_id", queries.person_exists)
def show_person(person_id: UUID) -> ResponseReturnValue:
    if kept_id := queries.merged_into(person_id):
        flash(f"{queries.person(person_id).reference} was merged into this record.")
        return redirect(url_for("register.show_person", person_id=kept_id))
    speak_first = warnings_about(person_id, ObjectKind.PERSON, person_id)
    person = queries.person(person_id)
    return render_template(
        "register/show_person.html",
        back=back_from_person(),
        person=person,
        speak_first=speak_first,
        person_rows=presenting.person_rows(person),
        events=timeline.of_person(person),
        merges=queries.merges_of(person_id),
        sections=person_page.sections(person_id),
        **shared_by_records(RecordKind.PERSON, person_id),
    )
