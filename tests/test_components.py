"""The macros every page is made of, and the files they need."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, flash, render_template, render_template_string

from docs.vendor_frontend import council_css
from licensing import web
from licensing.forms import BaseForm, SubmitField, TextField
from licensing.permissions import public
from tests.pages import check_page

ROOT = Path(__file__).parent.parent
SIGNED_IN = SimpleNamespace(
    is_authenticated=True,
    name="Asha Rowan",
    authority=SimpleNamespace(name="Northvale City Council"),
)
SIGNED_OUT = SimpleNamespace(is_authenticated=False)


@pytest.fixture(scope="module")
def app():
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config["SECRET_KEY"] = "for tests only"
    app.add_url_rule("/", "home", public("A page for tests")(lambda: ""))
    web.init_app(app)
    return app


@pytest.fixture
def render(app):
    """Render a template from text at an address, as nobody in particular or as the user given."""

    def render(source: str, path: str = "/list", user=SIGNED_OUT, **context) -> str:
        with app.test_request_context(path):
            return render_template_string(source, current_user=user, **context)

    return render


PAGE = """{% extends "base.html" %}{% from "components/errors.html" import error_summary %}
{% block title %}Sign in{% endblock %}
{% block content %}{% if form %}{{ error_summary(form) }}{% endif %}<h1>{{ self.title() }}</h1>
{% if form %}
<form method="post" novalidate>{{ form.hidden_tag() }}{{ form.name }}{{ form.save }}</form>
{% endif %}{% endblock %}"""

CONTEXT = {
    "navigation": [{"text": "Home", "href": "/", "active": True}],
    "sign_out_url": "/sign-out",
    "stay_signed_in_url": "/stay",
    "session_idle_seconds": 900,
    "search_url": "/search",
    "sample_data": True,
}


class NameForm(BaseForm):
    name = TextField("Name", required="Enter the name")
    save = SubmitField("Save")


@pytest.mark.parametrize("user", [SIGNED_IN, SIGNED_OUT])
def test_the_base_page_is_sound_for_anybody(render, user):
    html = render(PAGE, user=user, **CONTEXT)
    check_page(html)
    assert ("Asha Rowan" in html) == user.is_authenticated
    assert ("Stay signed in" in html) == user.is_authenticated


def test_a_page_with_errors_says_so_in_its_title(app):
    with app.test_request_context(method="POST", data={"name": ""}):
        form = NameForm()
        form.validate()
        html = render_template_string(PAGE, form=form, current_user=SIGNED_OUT)
    check_page(html)
    assert "<title>Error: Sign in - " in html
    assert 'href="#name">Enter the name' in html


def test_a_flashed_message_is_shown_once(app):
    with app.test_request_context():
        flash("Licence <suspended>", "success")
        flash("Tell the holder")
        html = render_template_string(PAGE, current_user=SIGNED_IN, **CONTEXT)
    check_page(html)
    assert "Licence &lt;suspended&gt;" in html
    assert html.index("Success") < html.index("Important")


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 422, 429, 500, 503, 418, 502])
def test_every_error_has_a_page_with_its_reference(app, code):
    with app.test_request_context():
        html = render_template("errors/error.html", code=code, reference="7F3A09C1", current_user=SIGNED_IN)
    check_page(html)
    assert "7F3A09C1" in html


def test_an_error_page_can_do_without_knowing_who_is_looking(app):
    class Unreachable:
        def __getattr__(self, name):
            raise RuntimeError("the database is away")

    with app.test_request_context():
        html = render_template(
            "errors/error.html",
            code=503,
            reference="7F3A09C1",
            bare=True,
            current_user=Unreachable(),
        )
    check_page(html)


HERE = '{% from "components/links.html" import here %}{{ here(page=2, order=none) }}'


def test_a_link_to_another_page_keeps_the_rest_of_the_query(render):
    html = render(HERE, "/list?status=in_force&status=revoked&order=ascending&page=1")
    assert html == "/list?status=in_force&amp;status=revoked&amp;page=2"


def test_a_query_cannot_lead_a_link_off_the_site(render):
    html = render(HERE, "/list?_external=1&_scheme=javascript&q=%22%3E%3Cscript%3E")
    assert html.startswith("/list?_external=1&amp;_scheme=javascript&amp;q=%22%3E%3Cscript%3E")


TABLE = """{% from "components/tables.html" import results_table %}
{{ results_table("Licences", columns, rows, ("name", "ascending"), "No licences yet.") }}"""
COLUMNS = [
    {"key": "name", "text": "Name", "sortable": True},
    {"key": "born", "text": "Born", "sortable": True},
    {"key": "days", "text": "Days", "numeric": True},
]


def test_a_table_says_how_it_is_sorted_and_offers_the_other_way(render):
    rows = [{"name": "Ana <b>", "born": None, "days": 0}]
    html = render(TABLE, "/list?page=3", columns=COLUMNS, rows=rows)
    assert 'aria-sort="ascending"' in html
    assert 'aria-sort="none"' in html
    assert 'href="/list?sort=name&amp;order=descending"' in html
    assert 'href="/list?sort=born&amp;order=ascending"' in html
    assert "Ana &lt;b&gt;" in html
    assert "Not recorded" in html
    assert "<div>0</div>" in html


def test_an_empty_table_is_a_sentence(render):
    html = render(TABLE, columns=COLUMNS, rows=[])
    assert "No licences yet." in html
    assert "<table" not in html


def test_a_card_says_what_is_not_recorded_and_whose_its_links_are(render):
    html = render(
        """{% from "components/cards.html" import summary_card %}
        {{ summary_card("Licence 1", [("Medical", none), ("Address", "1 Example Street",
           [{"text": "Change", "href": "/c"}])], [{"text": "Suspend", "href": "/s"}]) }}"""
    )
    assert '<span class="not-recorded">Not recorded</span>' in html
    assert 'Change<span class="govuk-visually-hidden"> address</span>' in html
    assert 'Suspend<span class="govuk-visually-hidden"> (Licence 1)</span>' in html


def test_a_timeline_writes_its_days_and_moments_in_words(render):
    entries = [
        {"title": "Suspended", "at": datetime(2026, 6, 3, 13, 5, tzinfo=UTC), "by": "Asha Rowan"},
        {"title": "Granted", "on": date(2025, 6, 3)},
    ]
    html = render(
        '{% from "components/timeline.html" import timeline %}{{ timeline(entries) }}',
        entries=entries,
    )
    assert '<time datetime="2025-06-03">3 June 2025</time>' in html
    assert "</time>, Asha Rowan" in html


@pytest.mark.parametrize(
    ("status", "colour", "words"),
    [
        ("in_force", "green", "In force"),
        ("Revoked", "red", "Revoked"),
        ("never_heard_of", "grey", "Never heard of"),
    ],
)
def test_a_status_is_always_in_words(render, status, colour, words):
    html = render('{% from "components/tags.html" import status_tag %}{{ status_tag(status) }}', status=status)
    assert f"govuk-tag--{colour}" in html
    assert f">{words}<" in html


def test_the_words_of_a_comparison_carry_a_sign_of_their_own(render):
    html = render(
        """{% from "components/tags.html" import comparison_tag %}
        {% for word in ("agrees", "close", "differs", "not_recorded") %}{{ comparison_tag(word) }}
        {% endfor %}"""
    )
    for sign, words in (("✓", "Agrees"), ("≈", "Close"), ("✗", "Differs"), ("–", "Not recorded")):
        assert f"{sign}</span> {words}" in html


def test_a_filter_can_be_taken_off_without_losing_the_others(render):
    html = render(
        """{% from "components/filters.html" import filter_panel %}
        {% call filter_panel([{"text": "In force", "key": "status"}]) %}{% endcall %}""",
        "/list?status=in_force&kind=dual&sort=name&order=ascending&page=4",
    )
    assert 'href="/list?kind=dual&amp;sort=name&amp;order=ascending"' in html
    assert 'name="sort" value="name"' in html


def test_pagination_is_absent_from_a_single_page(render):
    page = SimpleNamespace(pages=1, total=2, first=1, last=2)
    html = render('{% from "components/pagination.html" import pagination %}{{ pagination(page) }}', page=page)
    assert "<nav" not in html
    assert "Showing 1 to 2 of 2 results" in html


def test_vendoring_drops_what_is_for_gov_uk_alone():
    css = council_css(
        "a{font-family:GDS Transport,arial,sans-serif}@font-face{font-family:GDS Transport}"
        "@media print{.crest{background:url(/assets/images/govuk-crest.svg)}.b{color:red}}"
        "i{background:url(/assets/images/i.png)}/*# sourceMappingURL=x.map */"
    )
    assert css == (
        "a{font-family:var(--council-font,arial,sans-serif)}@media print{.b{color:red}}i{background:url(images/i.png)}"
    )


def test_the_vendored_style_sheet_has_no_crown_crest_or_reserved_typeface():
    css = (ROOT / "licensing/static/govuk/govuk-frontend.min.css").read_text()
    for reserved in ("@font-face", "GDS Transport", "govuk-crest", "/assets/"):
        assert reserved not in css
