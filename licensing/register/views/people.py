"""Finding people, and one person's page."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import drafts, person_page, presenting, queries, timeline
from licensing.register.drafts import DraftKind
from licensing.register.events import RecordKind
from licensing.register.forms.filters import PeopleFilterForm, WordsForm
from licensing.register.views import back_to, register, shared_by_records, with_query_of_list


@register.get("/people")
@requires(Permission.REGISTER_READ)
def list_people() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PERSON)
    form = PeopleFilterForm(request.args)
    search = request.args.get("search", type=UUID)
    words = (drafts.find(search, DraftKind.SEARCH) or {}).get("words", "")
    wanted = queries.PeopleFilter(words, form.kind.data, form.status.data)
    sort, order = request.args.get("sort", "name"), request.args.get("order", "ascending")
    today = dates.today()
    page = queries.people_page(wanted, sort, order == "descending", request.args.get("page", 1, int), today)
    return render_template(
        "register/list_people.html",
        form=form,
        search=search,
        words=words,
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
    search = drafts.keep(signed_in_user(), DraftKind.SEARCH, {"words": WordsForm().words.data or ""})
    audit.record(Action.SEARCHED, ObjectKind.PERSON, search)
    db.session.commit()
    return redirect(url_for("register.list_people", search=search))


@register.get("/people/<uuid:person_id>")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.PERSON, "person_id", queries.person_exists)
def show_person(person_id: UUID) -> ResponseReturnValue:
    person = queries.person(person_id)
    if person.merged_into_id:
        flash(f"{person.reference} was merged into this record.")
        return redirect(url_for("register.show_person", person_id=person.merged_into_id))
    return render_template(
        "register/show_person.html",
        back=back_to("register.list_people"),
        person=person,
        person_rows=presenting.person_rows(person),
        events=timeline.of_person(person),
        merges=queries.merges_of(person_id),
        sections=person_page.sections(person_id),
        **shared_by_records(RecordKind.PERSON, person_id),
    )
