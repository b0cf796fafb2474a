"""Forms for a narrative ask once where what is typed looks like a child's name with a date of birth or an age."""

import pytest
from flask import Flask

from licensing.decisions.forms import DecideForm
from licensing.decisions.forms import ReviewForm as DecisionReviewForm
from licensing.decisions.powers import DecisionKind, powers_for
from licensing.forms import BaseForm, LongTextField, NarrativeForm
from licensing.register.catalogue import Family, LicenceKind
from licensing.suitability.forms import cases, concerns, shared
from licensing.vetting.forms import CheckForm, CorrectCheckForm

CHILD = "Sample Child, born 3 June 2014, was in the vehicle."
ASKED = "This may name a child"
# Form -> the boxes for words that it asks.
FORMS: dict[type[BaseForm], tuple[str, ...]] = {
    cases.ItemForm: ("words",),
    cases.ConsiderationForm: ("concern",),
    cases.InformationForm: ("from_whom", "summary"),
    cases.RecommendationForm: ("reasons", "departing"),
    cases.ReviewStepForm: ("words",),
    cases.ConvictionForm: ("offence",),
    cases.MarkerForm: ("asked_what", "words"),
    concerns.ComplaintForm: ("summary",),
    concerns.OutcomeForm: ("words",),
    concerns.SelfReportForm: ("words",),
    shared.DayAndWordsForm: ("words",),
    DecideForm: ("reasons", "public_safety", "condition", "not_relied_reason", "departing"),
    DecisionReviewForm: ("words",),
    CheckForm: ("reason",),
    CorrectCheckForm: ("reason", "why"),
}
BOXES = [(form, box) for form, boxes in FORMS.items() for box in boxes]


def said(only_app: Flask, kind: type[BaseForm], **typed: str) -> BaseForm:
    with only_app.test_request_context("/", method="POST", data=typed):
        form = kind(meta={"csrf": False})
        for field in form:
            if getattr(field, "choices", True) is None:
                field.choices = []
        form.validate()
        return form


@pytest.mark.parametrize(("kind", "box"), BOXES, ids=[f"{form.__qualname__}.{box}" for form, box in BOXES])
def test_a_name_with_a_date_of_birth_is_asked_about_and_let_through_when_it_is_said_to_be_none(
    only_app: Flask, kind: type[BaseForm], box: str
) -> None:
    asked = said(only_app, kind, **{box: CHILD})
    assert ASKED in " ".join(asked[box].errors)
    assert asked[box].data == CHILD
    assert asked.in_order()[-2].name == "sure"
    sure = said(only_app, kind, **{box: CHILD, "sure": "y"})
    assert ASKED not in " ".join(sure[box].errors)
    plain = said(only_app, kind, **{box: "The driver was rude to a passenger."})
    assert "sure" not in plain


def test_every_form_of_these_rooms_with_a_long_box_is_asked_about_or_is_none_of_a_person() -> None:
    """What is said of a policy or a court's sentence is about no child."""
    rooms = (cases, concerns, shared)
    found = {
        one
        for room in rooms
        for one in vars(room).values()
        if isinstance(one, type)
        and issubclass(one, BaseForm)
        and one.__module__ == room.__name__
        and any(getattr(field, "field_class", None) is LongTextField for field in vars(one).values())
    }
    assert found - FORMS.keys() == {cases.PolicyForm, concerns.DefendantForm}
    assert all(issubclass(one, NarrativeForm) for one in FORMS)


def test_a_decision_asks_only_what_belongs_to_it_and_still_asks_whether_a_child_is_named(only_app: Flask) -> None:
    kind = DecisionKind.WARNING
    with only_app.test_request_context("/", method="POST", data={"reasons": CHILD}):
        form = DecideForm(meta={"csrf": False})
        powers = powers_for(LicenceKind.PRIVATE_HIRE_DRIVER, kind)
        form.ask_only(kind, Family.DRIVER, powers, suspended_before=False)
        assert "sure" in form
