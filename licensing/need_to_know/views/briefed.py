"""Whoever was briefed, when, on what, and how they acknowledged it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.downloads import csv_of_list
from licensing.need_to_know import briefed, presenting
from licensing.need_to_know.views import WRITERS, need_to_know
from licensing.permissions import requires


@need_to_know.get("/need-to-know/briefed")
@requires(*WRITERS)
def list_briefed() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NEED_TO_KNOW)
    page = briefed.page(request.args.get("page", 1, int))
    return render_template("need_to_know/list_briefed.html", page=page, rows=presenting.briefed_rows(page.items))


@need_to_know.post("/need-to-know/briefed.csv")
@requires(*WRITERS)
@fresh_second_factor
def download_briefed() -> ResponseReturnValue:
    file, told = csv_of_list("briefed", presenting.HEADINGS, presenting.briefed_lines(briefed.everybody()))
    audit.record_alone(Action.EXPORTED, ObjectKind.NEED_TO_KNOW, details=told)
    return file
