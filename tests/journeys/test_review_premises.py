"""Stories of reviews of premises over HTTP: the periods, the steps, the supervisor, interim steps and appeals."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts, jobs, register
from flask import Flask
from journeys.deciding import answers, appeal_of, decide, notify, refused, send
from journeys.reading import words
from sqlalchemy import text

from licensing import dates
from licensing.dates import in_words
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails
from licensing.register.jobs import watch_registers
from licensing.setup import owner_session

TODAY = dates.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@dataclass(frozen=True)
class Pub:
    """A pub that sells alcohol, its supervisor, and whoever works on it."""

    licence: str
    supervisor: UUID
    officer: CheckingClient

    def page(self) -> str:
        return words(self.officer.get(f"/licences/{self.licence}").text)

    def status(self, day: date = TODAY) -> str:
        found = "SELECT status FROM licence_period WHERE licence_id = :id AND from_on <= :day AND until_on > :day"
        return str(_one(found, id=self.licence, day=day))

    def supervised_until(self) -> date | None:
        return _one("SELECT until_on FROM position_held WHERE id = :id", id=self.supervisor)


def _one(statement: str, **given: Any) -> Any:
    with owner_session() as session:
        return session.execute(text(statement), given).scalar_one()


@pytest.fixture
def pub(app: Flask) -> Pub:
    person = register.add(register.KHAN, accounts.OXFORD)
    things = register.add_things(accounts.OXFORD, person, accounts.user(Role.LICENSING_OFFICER))
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    return Pub(str(things.premises_licence_id), things.supervisor_id, officer)


def of_the_committee(on: date, power: str = "LA52", **more: Any) -> dict[str, Any]:
    """What is asked of a decision on a review, by the sub-committee."""
    asked = {
        "decided_on": on,
        "maker": "sub_committee",
        "minute_ref": "Minute 14",
        "power": power,
        "grounds": "objectives",
    }
    return answers(**{**asked, "reasons": "Sales to children.", **more})


def review(pub: Pub, received_on: date, source: str = "review", **more: Any) -> str:
    """Open a review; returns the address of its page."""
    asked = {"source": source, "ground": "licensing_objectives", "received_on": received_on, "opened_on": received_on}
    given = {**asked, "received_time": "", "concern": "Children were served.", "case_reference": "", **more}
    return send(pub.officer, f"/licences/{pub.licence}/consideration", **given)


def clocks(consideration: str) -> dict[str, tuple[date, date | None]]:
    """(due, met) of each period of a review."""
    found = "SELECT code, due_on, met_on FROM clock WHERE object_id = :id"
    with owner_session() as session:
        rows = session.execute(text(found), {"id": consideration.rpartition("/")[2]})
        return {row.code: (row.due_on, row.met_on) for row in rows}


def test_the_periods_of_a_review_run_one_after_the_other_and_the_decision_meets_them(pub: Pub) -> None:
    page = review(pub, date(2026, 6, 1))
    assert clocks(page) == {
        "LA_REVIEW_CONSULT": (date(2026, 6, 29), None),
        "LA_REVIEW_HEAR": (date(2026, 7, 27), None),
    }
    shown = words(pub.officer.get(page).text)
    assert "27 July 2026" in shown
    assert "Licensing Act 2003 s.51" in shown
    decide(pub.officer, pub.licence, "modify_conditions", of_the_committee(date(2026, 7, 20), condition="CCTV."))
    assert clocks(page) == {
        "LA_REVIEW_CONSULT": (date(2026, 6, 29), date(2026, 6, 29)),
        "LA_REVIEW_HEAR": (date(2026, 7, 27), date(2026, 7, 20)),
    }
    assert "Decided" in words(pub.officer.get(page).text)


def test_a_hearing_is_met_on_its_own_day_and_its_end_starts_the_days_for_the_decision(pub: Pub) -> None:
    page = review(pub, date(2026, 6, 1))
    early = {"step": "hearing_began", "on_day": date(2026, 5, 29), "words": ""}
    assert "on or after the day on which the review was received" in refused(pub.officer, f"{page}/step", **early)
    send(pub.officer, f"{page}/step", step="hearing_began", on_day=date(2026, 7, 24), words="")
    send(pub.officer, f"{page}/step", step="hearing_ended", on_day=date(2026, 7, 24), words="")
    assert clocks(page)["LA_REVIEW_HEAR"] == (date(2026, 7, 27), date(2026, 7, 24))
    assert clocks(page)["LA_REVIEW_DECIDE"] == (date(2026, 7, 31), None)
    assert "There is no step" in words(pub.officer.get(f"{page}/step", follow_redirects=True).text)
    decide(pub.officer, pub.licence, "modify_conditions", of_the_committee(date(2026, 7, 30), condition="CCTV."))
    assert clocks(page)["LA_REVIEW_DECIDE"] == (date(2026, 7, 31), date(2026, 7, 30))


def test_that_no_interim_step_was_taken_is_recorded_with_why_and_the_review_goes_on(pub: Pub) -> None:
    page = review(pub, ago(3), "summary_review", received_time="09:30")
    send(pub.officer, f"{page}/step", step="no_interim_steps", on_day=ago(3), words="The premises are shut.")
    assert clocks(page)["LA_53A_INTERIM"][1] == ago(3)
    assert clocks(page)["LA_53A_FINAL"][1] is None
    assert _one("SELECT reason FROM clock_change WHERE kind = 'met'") == "The premises are shut."


@pytest.mark.parametrize(
    ("at", "said", "stands"),
    [("09:00", "9:00am", "Met"), ("14:30", "2:30pm", "Met late"), ("", "in time by the day", "Met")],
)
def test_interim_steps_are_in_time_by_the_hour_where_the_time_is_recorded(
    pub: Pub, at: str, said: str, stands: str
) -> None:
    received = next(day for day in (ago(n) for n in range(4, 15)) if day.weekday() == 0)
    page = review(pub, received, "summary_review", received_time="09:30")
    due, _ = clocks(page)["LA_53A_INTERIM"]
    given = {"step": "no_interim_steps", "on_day": due, "words": "Shut.", "at_time": at}
    send(pub.officer, f"{page}/step", **given)
    clock = _one("SELECT id FROM clock WHERE code = 'LA_53A_INTERIM'")
    shown = words(pub.officer.get(f"/work/clocks/{clock}").text)
    assert said in shown
    assert f"Stands {stands} " in shown


def test_a_review_that_is_closed_without_a_decision_owes_nothing_more(app: Flask, pub: Pub) -> None:
    page = review(pub, ago(3), "closure_order")
    assert set(clocks(page)) == {"LA_167_REPRESENT", "LA_167_DETERMINE"}
    manager = browsers.of_role(app, Role.LICENSING_MANAGER)
    send(manager, f"{page}/close", on_day=TODAY, words="The order was quashed.")
    assert _one("SELECT count(*) FROM clock WHERE ceased_at IS NOT NULL") == 2


def test_a_review_says_when_it_was_received_and_is_of_premises_alone(pub: Pub) -> None:
    address = f"/licences/{pub.licence}/consideration"
    asked = {"ground": "licensing_objectives", "opened_on": TODAY, "concern": "A fight.", "case_reference": ""}
    said = refused(pub.officer, address, source="summary_review", received_on=TODAY, received_time="", **asked)
    assert "Enter the time it was received" in said
    said = refused(pub.officer, address, source="review", received_on=None, received_time="", **asked)
    assert "Enter the day the application" in said
    driver = register.add(register.PLAIN, accounts.OXFORD)
    licence = _one("SELECT id FROM licence WHERE person_id = :id", id=driver)
    assert "summary review" not in pub.officer.get(f"/licences/{licence}/consideration").text


def test_the_steps_on_a_review_are_the_sub_committees_and_end_within_three_months(app: Flask, pub: Pub) -> None:
    address = f"/licences/{pub.licence}/decide"
    alone = of_the_committee(TODAY, maker="manager", condition="No off sales.")
    said = refused(browsers.of_role(app, Role.LICENSING_MANAGER), f"{address}?kind=exclude_activity", **alone)
    assert "the sub-committee decides" in said
    long = of_the_committee(TODAY, condition="No off sales.", ends_on=TODAY + timedelta(days=120))
    assert "no longer than until" in refused(pub.officer, f"{address}?kind=exclude_activity", **long)
    short = of_the_committee(TODAY, ends_on=TODAY + timedelta(days=14))
    assert "over before it begins" in refused(pub.officer, f"{address}?kind=suspend_fixed", **short)
    said = refused(pub.officer, f"{address}?kind=modify_conditions", **of_the_committee(TODAY, condition=""))
    assert "Enter which conditions" in said
    decision = decide(
        pub.officer, pub.licence, "suspend_fixed", of_the_committee(TODAY, ends_on=TODAY + timedelta(days=60))
    )
    page = words(notify(pub.officer, decision, TODAY))
    # One count of the time for an appeal, which begins with the day of the notice.
    assert f"Last day for an appeal {in_words(TODAY + timedelta(days=20))} Takes effect" in page
    assert f"{in_words(TODAY + timedelta(days=21))}, unless an appeal is lodged before" in page
    notice = words(pub.officer.get(f"{decision}/notice").text.partition("<article")[2].partition("</article>")[0])
    assert "suspended your premises licence 24/01234/PREM (The Sample Arms) under the Licensing Act 2003 s.52" in notice
    assert "if somebody appeals, when the appeal is disposed of" in notice
    assert "within 21 days beginning with the day on which this notice is given to you (Schedule 5)" in notice
    assert "badge" not in notice
    assert "plate" not in notice
    assert _one("SELECT count(*) FROM task WHERE kind = 'badge_chase'") == 0


def test_story_20_the_supervisor_goes_when_the_decision_takes_effect_and_a_relative_is_named_the_next_day(
    pub: Pub,
) -> None:
    decision = decide(pub.officer, pub.licence, "remove_supervisor", of_the_committee(ago(2)))
    assert pub.supervised_until() is None
    page = words(notify(pub.officer, decision, ago(2)))
    effect = ago(2) + timedelta(days=21)
    assert f"{in_words(effect)}, unless an appeal is lodged before" in page
    assert pub.supervised_until() == effect - timedelta(days=1)
    assert "no designated premises supervisor" not in pub.page().lower()

    send(pub.officer, f"{decision}/supervisor", holder="A. Relative", from_on=ago(1), told_police_on=ago(1))
    assert pub.supervised_until() == ago(2)
    page = words(pub.officer.get(decision).text)
    assert "Police objection to a premises supervisor" in page
    assert in_words(ago(1) + timedelta(days=14)) in page
    assert _one("SELECT count(*) FROM licence_event WHERE kind = 'varied' AND superseded_at IS NULL") == 2
    send(pub.officer, f"{decision}/police", objected="no", on_day=TODAY)
    assert "The police do not object." in words(pub.officer.get(decision).text)
    assert "not asked about anybody" in refused(pub.officer, f"{decision}/police", objected="yes", on_day=TODAY)


def test_story_20_once_the_removal_has_taken_effect_alcohol_without_a_supervisor_is_an_alert(
    app: Flask, pub: Pub
) -> None:
    decision = decide(pub.officer, pub.licence, "remove_supervisor", of_the_committee(ago(30)))
    notify(pub.officer, decision, ago(30))
    assert pub.supervised_until() == ago(10)
    assert "supervisor" in pub.page().lower()
    jobs.do(app, watch_registers)
    assert _one("SELECT count(*) FROM task WHERE kind = 'no_supervisor'") == 1


@pytest.mark.parametrize(("outcome", "until"), [("dismissed", ago(1)), ("withdrawn", ago(1)), ("allowed", None)])
def test_a_removal_under_appeal_waits_and_takes_effect_only_where_the_appeal_fails(
    pub: Pub, outcome: str, until: date | None
) -> None:
    decision = decide(pub.officer, pub.licence, "remove_supervisor", of_the_committee(ago(40)))
    notify(pub.officer, decision, ago(40))
    send(pub.officer, f"{decision}/appeal", lodged_on=ago(30), court="magistrates", reference="")
    assert pub.supervised_until() is None
    page = pub.officer.get(decision).text
    assert "The decision waits for the appeal" in words(page)
    send(pub.officer, f"{appeal_of(page)}/end", outcome=outcome, ended_on=TODAY, costs="")
    assert pub.supervised_until() == until


def test_a_late_appeal_brings_no_supervisor_back(pub: Pub) -> None:
    decision = decide(pub.officer, pub.licence, "remove_supervisor", of_the_committee(ago(40)))
    notify(pub.officer, decision, ago(40))
    send(pub.officer, f"{decision}/appeal", lodged_on=ago(5), court="magistrates", reference="")
    assert pub.supervised_until() == ago(20)


def test_nobody_is_removed_where_nobody_is_the_supervisor(pub: Pub) -> None:
    decision = decide(pub.officer, pub.licence, "remove_supervisor", of_the_committee(ago(40)))
    notify(pub.officer, decision, ago(40))
    said = refused(pub.officer, f"/licences/{pub.licence}/decide?kind=remove_supervisor", **of_the_committee(TODAY))
    assert "there is none to remove" in said


def interim_suspension(pub: Pub, on: date) -> str:
    asked = of_the_committee(on, "LA53B", reasons="A stabbing.", ends_on=None)
    decision = decide(pub.officer, pub.licence, "suspend_interim", asked)
    notify(pub.officer, decision, on)
    return decision


def test_story_21_interim_steps_bite_until_they_are_reviewed_and_an_appeal_revives_no_trading(pub: Pub) -> None:
    page = review(pub, ago(30), "summary_review", received_time="09:30")
    due, _ = clocks(page)["LA_53A_FINAL"]
    assert due == ago(2)
    interim = interim_suspension(pub, ago(29))
    assert clocks(page)["LA_53A_INTERIM"][1] == ago(29)
    assert clocks(page)["LA_53A_FINAL"][1] is None
    assert pub.status(ago(29)) == "suspended"
    assert "There is no appeal against interim steps" in words(pub.officer.get(f"{interim}/notice").text)
    assert "Record an appeal" not in words(pub.officer.get(interim).text)

    asked = of_the_committee(ago(3), "LA53C", condition="Door staff.")
    check = send(pub.officer, f"/licences/{pub.licence}/decide?kind=modify_conditions", **asked)
    assert "Interim steps are in force" in words(pub.officer.get(check).text)
    final = pub.officer.post(check).location
    assert clocks(page)["LA_53A_FINAL"][1] == ago(3)
    notify(pub.officer, final, ago(3))
    assert "Interim steps are in force" in words(pub.officer.get(final).text)
    assert clocks(interim)["SUSPENSION_REVIEW"] == (ago(3), None)
    send(pub.officer, f"{interim}/review", verdict="stands", words="Until the door staff are there.")
    assert "Interim steps: It stands" in words(pub.officer.get(interim).text)
    assert "Record the review of the interim steps" not in words(pub.officer.get(final).text)

    send(pub.officer, f"{final}/appeal", lodged_on=TODAY, court="magistrates", reference="")
    assert pub.status() == "suspended"
    timeline = pub.page()
    assert "Suspended" in timeline
    assert "Varied" in timeline
    lifted = {
        "decided_on": TODAY,
        "maker": "sub_committee",
        "minute_ref": "Minute 15",
        "reasons": "The door staff are there.",
    }
    decide(pub.officer, pub.licence, "end_suspension", answers(**lifted))
    assert pub.status() == "in_force"


@pytest.mark.parametrize(("kind", "more"), [("revoke", {}), ("suspend_fixed", {"ends_on": TODAY + timedelta(days=60)})])
def test_a_final_step_under_appeal_does_not_lift_the_interim_one(pub: Pub, kind: str, more: dict[str, date]) -> None:
    review(pub, ago(30), "summary_review", received_time="9.30")
    interim_suspension(pub, ago(29))
    final = decide(pub.officer, pub.licence, kind, of_the_committee(ago(3), "LA53C", **more))
    notify(pub.officer, final, ago(3))
    assert pub.status() == "suspended"
    send(pub.officer, f"{final}/appeal", lodged_on=TODAY, court="magistrates", reference="")
    assert pub.status() == "suspended"


def test_a_court_forfeits_or_suspends_a_personal_licence_and_the_council_records_it(app: Flask, pub: Pub) -> None:
    licence = LicenceDetails(
        LicenceKind.PERSONAL_LICENCE, "PERS1", events=(replace(register.GRANTED, expires_on=None),)
    )
    person = register.add(replace(register.PLAIN, licences=(licence,)), accounts.OXFORD)
    personal = str(_one("SELECT id FROM licence WHERE person_id = :id", id=person))
    asked = {
        "decided_on": ago(1),
        "power": "LA129",
        "minute_ref": "Order 1",
        "grounds": "relevant_offence",
        "reasons": "Convicted of theft.",
    }
    suspend = f"/licences/{personal}/decide?kind=suspend_fixed"
    said = refused(pub.officer, suspend, **asked, maker="sub_committee", ends_on=TODAY)
    assert "a court decides" in said
    said = refused(pub.officer, suspend, **asked, maker="court", ends_on=TODAY + timedelta(days=200))
    assert "no longer than until" in said
    decision = decide(pub.officer, personal, "revoke", answers(**asked, maker="court"))
    held = replace(pub, licence=personal)
    assert held.status() == "revoked"
    page = words(pub.officer.get(decision).text)
    assert "Settled" in page
    assert "Issue the notice" not in page
    assert pub.officer.get(f"{decision}/notice").status_code == 404
    assert decision not in pub.officer.get("/decisions?state=to_notify").text
