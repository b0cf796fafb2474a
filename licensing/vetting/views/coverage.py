"""How well holders are covered, and the lists behind each figure."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from licensing import dates
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.downloads import csv_of_list
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register.views import leads_to_people, with_query_of_list
from licensing.vetting import coverage, holders, presenting, queries
from licensing.vetting.asked import Bucket
from licensing.vetting.forms import HoldersFilterForm
from licensing.vetting.views import vetting

leads_to_people("vetting", "vetting.list_holders", "Back to holders and their checks")


@vetting.get("/vetting")
@requires(Permission.CASEWORK)
def show_coverage() -> ResponseReturnValue:
    counted = coverage.lines(queries.policies(), dates.today())
    kinds = list(dict.fromkeys(line.licence for line in counted))
    tables = [(kind, [line for line in counted if line.licence is kind]) for kind in kinds]
    return render_template(
        "vetting/show_coverage.html",
        tables=[(kind, found, [presenting.coverage_row(line) for line in found]) for kind, found in tables],
        today=dates.today(),
    )


@vetting.get("/vetting/holders")
@requires(Permission.CASEWORK)
def list_holders() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.VETTING_CHECK)
    form, number = HoldersFilterForm(request.args), request.args.get("page", 1, int)
    page = holders.holders_page(queries.policies(), form.wanted(), dates.today(), number)
    return render_template(
        "vetting/list_holders.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=[presenting.holder_row(one, _address(one)) for one in page.items],
        back=url_for("vetting.show_coverage"),
    )


def _address(one: holders.Holder) -> str:
    """Their page, from which this list is left as it was narrowed."""
    return with_query_of_list(url_for("register.show_person", person_id=one.person_id), of="vetting")


@vetting.post("/vetting/holders.csv")
@requires(Permission.CASEWORK)
@fresh_second_factor
def download_holders() -> ResponseReturnValue:
    """By POST, so that what it was narrowed to is there again after the second factor was asked for."""
    wanted = HoldersFilterForm(MultiDict(request.form)).wanted()
    audit.record_alone(Action.LISTED, ObjectKind.VETTING_CHECK)
    lines = map(presenting.file_line, holders.all_holders(queries.policies(), wanted, dates.today()))
    file, told = csv_of_list("vetting", presenting.FILE_HEADINGS, lines)
    audit.record_alone(Action.EXPORTED, ObjectKind.VETTING_CHECK, details=told)
    return file


@adds_figures(Permission.CASEWORK)
def figures() -> list[Figure]:
    """How many checks of holders are overdue, for the home page; nothing where none is."""
    number = coverage.overdue(queries.policies(), dates.today())
    words = "check of a licence holder overdue" if number == 1 else "checks of licence holders overdue"
    address = url_for("vetting.list_holders", bucket=Bucket.OVERDUE)
    return [Figure(words, number, address)] if number else []
