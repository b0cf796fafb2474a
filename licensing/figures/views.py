"""The page of what every figure means: for the office that writes of them. It counts nothing."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from licensing.figures import presenting
from licensing.figures.forms import FiguresFilterForm
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.suppression import SMALLEST_BASE, SMALLEST_TOLD

figures = Blueprint("figures", __name__)


@figures.get("/figures")
@requires(Permission.FIGURES)
def list_figures() -> ResponseReturnValue:
    form = FiguresFilterForm(request.args)
    form.validate()
    made = list(presenting.parts(form.section.data, form.audience.data))
    return render_template(
        "figures/list_figures.html",
        form=form,
        applied=applied_filters(form),
        parts=made,
        smallest=SMALLEST_TOLD,
        base=SMALLEST_BASE,
    )
