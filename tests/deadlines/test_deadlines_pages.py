"""The pages and commands of clocks: what periods there are, working out a date, and what a council chooses."""

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts
from flask import Flask
from tasks.conftest import acting

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes
from licensing.deadlines.codes import ClockCode
from licensing.permissions import Role

FROM_22_DECEMBER = "start-day=22&start-month=12&start-year=2026"
IN_JUNE = {"day-day": "3", "day-month": "6", "day-year": "2099", "reason": "Elections"}


@pytest.fixture
def manager(app: Flask) -> CheckingClient:
    return browsers.of_role(app, Role.LICENSING_MANAGER)


def test_a_date_is_worked_out_day_by_day(manager: CheckingClient) -> None:
    page = manager.get(f"/deadlines/reckon?code=NR3S_ENTRY&{FROM_22_DECEMBER}").text
    assert "30 December 2026" in page
    for words in ("Christmas Day", "Saturday", "Sunday", "Boxing Day"):
        assert words in page
    assert "This period is not verified" in page
    early = manager.get("/deadlines/reckon?code=NR3S_ENTRY&start-day=1&start-month=1&start-year=2020").text
    assert "was not the law on that day" in early
    assert "Enter the day" in manager.get("/deadlines/reckon?code=NR3S_ENTRY").text


def test_every_rule_is_listed_with_its_source(manager: CheckingClient) -> None:
    page = manager.get("/deadlines").text
    assert all(f"/deadlines/rules/{code.value}" in page for code in ClockCode)
    assert "The law fixes this period" in manager.get("/deadlines/rules/S61_EFFECT").text
    assert "Choose your council" in manager.get("/deadlines/rules/SUSPENSION_REVIEW").text


@pytest.mark.parametrize(
    ("code", "page"),
    [("DBS_UPDATE", "/vetting/rules"), ("DBS_BASIC", "/vetting/rules"), ("TRAIN_REFRESH", "/training/courses")],
)
def test_a_period_that_is_made_where_it_is_used_leads_there(manager: CheckingClient, code: str, page: str) -> None:
    shown = manager.get(f"/deadlines/rules/{code}").text
    assert f'href="{page}"' in shown
    assert "Choose your council" not in shown
    assert manager.get(page).status_code == 200
    assert manager.get(f"/deadlines/rules/{code}/own").location == f"/deadlines/rules/{code}"


@pytest.mark.parametrize("code", ["S53_DRIVER_TERM", "S55_OPERATOR_TERM"])
def test_the_terms_of_the_law_are_fixed(manager: CheckingClient, code: str) -> None:
    assert "The law fixes this period" in manager.get(f"/deadlines/rules/{code}").text


def test_a_council_chooses_its_own_period_and_the_reason_is_kept(app: Flask, manager: CheckingClient) -> None:
    since = {"valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2026"}
    chosen = {
        "length": "3",
        "unit": "years",
        "first_day": "after",
        "source": "Policy 4.2",
        "reason": "As ever",
        **since,
    }
    assert manager.post("/deadlines/rules/S61_EFFECT/own", data=chosen).status_code == 422
    assert manager.post("/deadlines/rules/SUSPENSION_REVIEW/own", data={**chosen, "length": "0"}).status_code == 422
    assert (
        manager.post("/deadlines/rules/SUSPENSION_REVIEW/own", data=chosen).location
        == "/deadlines/rules/SUSPENSION_REVIEW"
    )
    page = manager.get("/deadlines/rules/SUSPENSION_REVIEW").text
    assert "3 years" in page
    assert "As ever" in page
    elsewhere = browsers.of_role(app, Role.LICENSING_MANAGER, accounts.CHERWELL)
    assert "As ever" not in elsewhere.get("/deadlines/rules/SUSPENSION_REVIEW").text


def test_a_closed_day_is_added_once_and_taken_back(manager: CheckingClient) -> None:
    assert manager.post("/deadlines/closed-days", data=IN_JUNE).status_code == 302
    assert "Elections" in manager.get("/deadlines/closed-days").text
    again = manager.post("/deadlines/closed-days", data=IN_JUNE)
    assert again.status_code == 422
    assert "Nobody works on that day already" in again.text
    address = (
        manager.get("/deadlines/closed-days").text.partition("/deadlines/closed-days/")[2].partition("/withdraw")[0]
    )
    assert manager.post(f"/deadlines/closed-days/{address}/withdraw").status_code == 302
    assert "Elections" not in manager.get("/deadlines/closed-days").text


def test_a_clock_is_paused_resumed_and_moved_with_reasons(app: Flask, manager: CheckingClient) -> None:
    about = (ObjectKind.AUTHORITY, accounts.authority_id(accounts.OXFORD))
    with acting(accounts.user(Role.LICENSING_OFFICER)) as user:
        clock = changes.start(user, ClockCode.S6_REPLY, about, dates.today()).id
        db.session.commit()
    address = f"/work/clocks/{clock}"
    assert manager.post(f"{address}/pause", data={"reason": ""}).status_code == 422
    assert manager.post(f"{address}/pause", data={"reason": "The police asked"}).location == address
    assert "The police asked" in manager.get(address).text
    assert "Paused" in manager.get("/work").text
    assert manager.post(f"{address}/resume", data={"reason": "They are done"}).location == address
    later = {"due_on-day": "1", "due_on-month": "6", "due_on-year": "2099", "reason": "By agreement"}
    assert manager.post(f"{address}/due", data=later).location == address
    page = manager.get(address).text
    assert "1 June 2099" in page
    assert "First due" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clock", "due", "NR3S_ENTRY", "2026-12-22"], "Due: 30 December 2026"),
        (["clock", "due", "LA_53A_INTERIM", "2026-06-05T15:00"], "Due: 9 June 2026 at 3:00pm"),
        (["clock", "due", "S61_EFFECT", "1 June 2026", "--authority", "E07000178"], "Due: 21 June 2026"),
        (["clock", "due", "S61_EFFECT", "31 June 2026"], "is not a date"),
        (["clock", "due", "S61_EFFECT", "2026-06-01", "--authority", "E99"], "no authority with the code E99"),
        (["clock", "due", "NR3S_ENTRY", "2020-01-01"], "was not the law on that day"),
        (["clock", "list"], "S5_REPORT"),
    ],
)
def test_the_command_answers_with_the_date_and_the_reckoning(app: Flask, arguments: list[str], said: str) -> None:
    assert said in app.test_cli_runner().invoke(args=arguments).output


def test_the_home_page_opens_on_what_is_due_first(app: Flask, manager: CheckingClient) -> None:
    assert "Nothing is due from you or your team" in manager.get("/").text
    about = (ObjectKind.AUTHORITY, accounts.authority_id(accounts.OXFORD))
    with acting(accounts.user(Role.LICENSING_OFFICER)) as user:
        clock = changes.start(user, ClockCode.S6_REPLY, about, dates.today()).id
        db.session.commit()
    assert f"/work/clocks/{clock}" in manager.get("/").text
