"""How well holders are trained: figures, the lists behind them, and their file."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.downloads import csv_of_list
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register.views import leads_to_people, with_query_of_list
from licensing.training import presenting, queries
from licensing.training.forms import HoldersFilterForm
from licensing.training.rules import Audience, TrainingStatus
from licensing.training.views import training

leads_to_people("training", "training.list_holders", "Back to holders and their training")


@training.get("/training")
@requires(Permission.CASEWORK)
def show_coverage() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.TRAINING)
    user, today = signed_in_user(), dates.today()
    return render_template(
        "training/show_coverage.html",
        rows=presenting.coverage_rows(queries.coverage(today)),
        asked=queries.policy(user.authority.id, Audience.DRIVER, today),
        offers=queries.offers_waiting(),
        today=today,
    )


@training.get("/training/people")
@requires(Permission.CASEWORK)
def list_holders() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.TRAINING)
    form = HoldersFilterForm(request.args)
    wanted, number = _wanted(form), request.args.get("page", 1, int)
    page = queries.holders_page(wanted, dates.today(), number)
    return render_template(
        "training/list_holders.html",
        form=form,
        applied=applied_filters(form),
        rows=presenting.holder_rows(page.items, _address),
        page=page,
    )


def _address(one: queries.Holder) -> str:
    """Their page, from which this list is left as it was narrowed."""
    return with_query_of_list(url_for("register.show_person", person_id=one.person_id), of="training")


@training.post("/training/people.csv")
@requires(Permission.CASEWORK)
@fresh_second_factor
def download_holders() -> ResponseReturnValue:
    """By POST, so that what it was narrowed to is there again after the second factor was asked for."""
    wanted = _wanted(HoldersFilterForm(MultiDict(request.form)))
    audit.record_alone(Action.LISTED, ObjectKind.TRAINING)
    lines = map(presenting.holder_line, queries.all_holders(wanted, dates.today()))
    file, told = csv_of_list("training", presenting.HEADINGS, lines)
    audit.record_alone(Action.EXPORTED, ObjectKind.TRAINING, details=told)
    return file


def _wanted(form: HoldersFilterForm) -> queries.HoldersFilter:
    form.validate()
    lapsing = form.lapsing.data
    return queries.HoldersFilter(form.kind.data, form.status.data, int(lapsing) if lapsing else None)


@adds_figures(Permission.CASEWORK)
def figures() -> list[Figure]:
    """What waits of training, for the home page; nothing where nothing does."""
    offered, lapsed = queries.offers_waiting(), queries.expired(dates.today())
    words = "training record offered by another council" if offered == 1 else "training records offered by others"
    expired = "licence holder whose training expired" if lapsed == 1 else "licence holders whose training expired"
    address = url_for("training.list_holders", status=TrainingStatus.EXPIRED)
    found = [Figure(words, offered, url_for("training.list_offers")), Figure(expired, lapsed, address)]
    return [one for one in found if one.number]
