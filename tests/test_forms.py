"""Forms: answers tidied and kept, errors that say what to mend and lead to the box."""

from datetime import date
from enum import StrEnum

import pytest
import time_machine
import wtforms
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensing import web
from licensing.asking import questions_of
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    EmailField,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    WholeNumberField,
    in_the_past,
    not_in_the_future,
    not_in_the_past,
    tidy,
)
from licensing.forms.dates import month_number
from licensing.permissions import public


class Band(StrEnum):
    FULL = "full"
    PART = "part"


BANDS = [("full", "Full"), ("part", "Part")]


class Row(wtforms.Form):
    held_on = DateField("Date held", required="Enter the date held")


class Everything(BaseForm):
    name = TextField("Full name", required="Enter the full name", longest=20)
    email = EmailField("Email address")
    born = DateField("Date of birth", required="Enter the date of birth", hint="Like 27 3 1980")
    notes = LongTextField("Notes", longest=10)
    drivers = WholeNumberField("Number of drivers", least=1, most=50)
    band = RadioField("Band", choices=BANDS, coerce=Band)
    council = ChoiceField("Council", choices=BANDS, required="Select a council", coerce=Band)
    areas = CheckboxesField("Areas", choices=BANDS)
    seen = TickBoxField("I have seen it", required="Confirm that you have seen it")
    rows = wtforms.FieldList(wtforms.FormField(Row))
    save = SubmitField("Save")


GOOD = {
    "name": "Tomasz Sampleton",
    "born-day": "27",
    "born-month": "3",
    "born-year": "1980",
    "council": "part",
    "seen": "y",
}


@pytest.fixture(scope="module")
def app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY="for tests only", WTF_CSRF_ENABLED=False)
    app.add_url_rule("/", "home", public("A page for tests")(lambda: ""))
    web.init_app(app)
    return app


@pytest.fixture
def send(app):
    """Post answers over good ones (None leaves one out) and give the validated form."""

    def post(**answers: str | list[str] | None) -> Everything:
        answers = {key.replace("__", "-"): value for key, value in answers.items()}
        data = {k: v for k, v in {**GOOD, **answers}.items() if v is not None}
        with app.test_request_context(method="POST", data=data):
            form = Everything()
            form.validate()
            return form

    return post


def shown(app, field):
    with app.test_request_context():
        return str(field())


def test_good_answers_come_through_in_their_types(send):
    form = send(email=" a@example.com ", drivers="12", band="full", areas=["full", "part"])
    assert not form.errors
    assert form.born.data == date(1980, 3, 27)
    assert form.band.data is Band.FULL
    assert form.council.data is Band.PART
    assert form.email.data == "a@example.com"
    assert form.drivers.data == 12
    assert form.areas.data == ["full", "part"]


def test_questions_without_required_may_stay_blank(send):
    form = send(email="  ", notes="", drivers=" ")
    assert not form.errors
    assert (form.email.data, form.notes.data, form.drivers.data) == (None, None, None)
    assert form.band.data is None
    assert form.areas.data == []


def test_errors_stand_in_the_order_in_which_the_page_asks(app):
    class Shared(BaseForm):
        reason = TextField("Reason", required="Enter the reason")

    class Special(Shared):
        asked_first = ("name",)
        name = TextField("Name", required="Enter the name")
        submit = SubmitField("Save")

    with app.test_request_context(method="POST", data={}):
        form = Special()
        assert not form.validate_on_submit()
        assert [link["text"] for link in form.error_links()] == ["Enter the name", "Enter the reason"]
        assert [one.name for one in questions_of(form)] == ["name", "reason", "submit"]


def test_each_unanswered_question_shows_its_own_message(send):
    form = send(name=" ", council="", seen=None, **{"born-day": "", "born-month": "", "born-year": ""})
    assert form.error_links() == [
        {"text": "Enter the full name", "href": "#name"},
        {"text": "Enter the date of birth", "href": "#born-day"},
        {"text": "Select a council", "href": "#council"},
        {"text": "Confirm that you have seen it", "href": "#seen"},
    ]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": "x" * 21}, "Full name must be 20 characters or fewer"),
        ({"notes": "x" * 11}, "Notes must be 10 characters or fewer"),
        ({"drivers": "many"}, "Number of drivers must be a whole number, like 12"),
        ({"drivers": "51"}, "Number of drivers must be between 1 and 50"),
        (
            {"email": "nobody"},
            "Enter an email address in the correct format, like name@example.com",
        ),
        ({"band": "none of them"}, "Band: select one of the options listed"),
        ({"council": "none of them"}, "Select a council"),
        ({"areas": ["full", "none of them"]}, "Areas: select one of the options listed"),
    ],
)
def test_an_answer_that_cannot_be_taken_says_what_to_do(send, answers, message):
    assert [link["text"] for link in send(**answers).error_links()] == [message]


def test_a_line_break_counts_as_one_character(send):
    assert not send(notes="1234\r\n6789").errors


@pytest.mark.parametrize(
    ("day", "month", "year", "message", "box"),
    [
        ("27", "3", "", "must include a year", "year"),
        ("", "3", "1980", "must include a day", "day"),
        ("", "", "1980", "must include a day and month", "day"),
        ("27", "", "", "must include a month and year", "month"),
        ("31", "2", "1980", "must be a real date", "day"),
        ("29", "2", "1900", "must be a real date", "day"),
        ("27", "13", "1980", "must be a real date", "month"),
        ("27", "Smarch", "1980", "must be a real date", "month"),
        ("0", "3", "1980", "must be a real date", "day"),
        ("27", "3", "80", "must include a year of 4 numbers", "year"),
        ("27", "3", "٢٠٢٥", "must include a year of 4 numbers", "year"),
        ("27", "3", "1080", "must have a year from 1900 to 2100", "year"),
    ],
)
def test_a_date_error_says_which_part_and_leads_to_its_box(send, day, month, year, message, box):
    form = send(born__day=day, born__month=month, born__year=year)
    assert form.error_links() == [{"text": f"Date of birth {message}", "href": f"#born-{box}"}]
    assert form.born.typed() == [day, month, year]


def test_only_the_wrong_box_of_a_date_is_marked(app, send):
    html = shown(app, send(born__year="").born)
    assert html.count("govuk-input--error") == 1
    assert 'aria-describedby="born-hint born-error"' in html


def test_boxes_left_out_or_sent_twice_do_not_shift_the_others(send):
    missing = send(born__day=None)
    assert missing.born.typed() == ["", "3", "1980"]
    doubled = send(born__day=["27", "28"], born="1 1 2001")
    assert doubled.born.data == date(1980, 3, 27)


def test_a_date_held_is_shown_in_its_boxes(app):
    with app.test_request_context():
        html = str(Everything(born=date(1980, 3, 7)).born())
    assert 'value="7"' in html
    assert 'value="3"' in html
    assert 'value="1980"' in html


@given(typed=st.lists(st.text(max_size=12), min_size=3, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_for_a_date_is_kept_and_answered_or_refused(send, typed):
    form = send(born__day=typed[0], born__month=typed[1], born__year=typed[2])
    assert form.born.typed() == typed
    assert (form.born.data is None) == bool(form.born.errors)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)), written=st.sampled_from("Bbm"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_date_can_be_typed_with_the_month_in_words_or_numbers(send, day, written):
    month = str(day.month) if written == "m" else day.strftime(f"%{written}")
    form = send(born__day=str(day.day), born__month=month, born__year=str(day.year))
    assert form.born.data == day


@pytest.mark.parametrize(
    ("typed", "month"),
    [("Sept.", 9), ("JUN", 6), ("july", 7), ("09", 9), ("ma", None), ("", None), ("mays", None)],
)
def test_a_month_is_known_by_its_number_or_the_start_of_its_name(typed, month):
    assert month_number(typed) == month


# In England it is already 3 June, by the clock of the server still the day before.
@time_machine.travel("2026-06-02T23:40:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("rule", "day", "error"),
    [
        (in_the_past, "2", None),
        (in_the_past, "3", "Start date must be in the past"),
        (not_in_the_future, "3", None),
        (not_in_the_future, "4", "Start date must be today or in the past"),
        (not_in_the_past, "3", None),
        (not_in_the_past, "2", "Start date must be today or in the future"),
    ],
)
def test_a_date_is_held_against_today_in_england(app, rule, day, error):
    class Dated(BaseForm):
        on = DateField("When did it start?", called="Start date", validators=[rule])

    data = {"on-day": day, "on-month": "June", "on-year": "2026"}
    with app.test_request_context(method="POST", data=data):
        form = Dated()
        form.validate()
    assert list(form.on.errors) == ([error] if error else [])


def test_errors_in_the_rows_of_a_table_lead_to_their_own_boxes(send):
    form = send(**{"rows-0-held_on-day": "3", "rows-1-held_on-day": ""})
    assert form.error_links() == [
        {"text": "Date held must include a month and year", "href": "#rows-0-held_on-month"},
        {"text": "Enter the date held", "href": "#rows-1-held_on-day"},
    ]


def test_a_broken_rule_stands_beside_its_field_or_above_the_form(send):
    form = send()
    form.add_error("The driver is already suspended")
    form.add_error("Date of birth must match the certificate", "born")
    form.add_error("The vehicle is not licensed", "no_such_field")
    assert form.error_links() == [
        {"text": "The driver is already suspended"},
        {"text": "The vehicle is not licensed"},
        {"text": "Date of birth must match the certificate", "href": "#born-day"},
    ]


def test_a_page_open_for_too_long_is_explained_without_a_link(app):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        with app.test_request_context(method="POST", data=GOOD):
            form = Everything()
            form.validate()
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert form.error_links() == [{"text": "This page was open for too long. Check your answers and send them again"}]


def test_no_field_asks_the_browser_to_check_or_remember_it(app, send):
    form = send()
    html = "".join(shown(app, field) for field in form if field.name != "rows")
    assert "required" not in html
    assert html.count('type="text"') + html.count('type="email"') == html.count('autocomplete="off"')


def test_an_empty_hint_leaves_no_trace(app, send):
    assert "hint" not in shown(app, send().seen) + shown(app, send().name)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Ana  ", "Ana"),
        ("A\x00na\u202e", "Ana"),
        ("cafe\u0301", "café"),
        ("cafe\u200b\u0301", "café"),
        ("one\r\ntwo", "one\ntwo"),
        (" \u200b\ufeff", None),
        (None, None),
    ],
)
def test_text_is_tidied_but_not_changed(text, kept):
    assert tidy(text) == kept


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)
