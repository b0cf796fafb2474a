"""Stories of the field over HTTP: decisions, their notices, effect and appeals, from the first page to the last."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts, jobs, register, vetting
from flask import Flask
from journeys.deciding import answers, appeal_of, day_boxes, decide, notify, of_a_driver, refused, send
from journeys.keeping import keep
from journeys.reading import words
from pypdf import PdfReader
from sqlalchemy import text

from licensing import dates
from licensing.dates import in_words
from licensing.decisions.jobs import watch_decisions
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import Event, EventKind
from licensing.setup import owner_session
from licensing.vetting.catalogue import CheckKind

TODAY = dates.today()
SAFETY = "A passenger was hurt last night."
As = Callable[[Role], CheckingClient]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def as_(app: Flask) -> As:
    """The browser of a new user of this role in Oxford."""
    return lambda role: browsers.of_role(app, role)


@pytest.fixture
def manager(as_: As) -> CheckingClient:
    return as_(Role.LICENSING_MANAGER)


def driver(number: int = 1, *, expires_on: date | None = None, code: str = accounts.OXFORD) -> str:
    """A driver's licence in force since a year ago; returns its id."""
    ends = expires_on or TODAY + timedelta(days=700)
    granted = Event(EventKind.GRANTED, decided_on=ago(365), starts_on=ago(365), expires_on=ends)
    licence = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, f"PHD{number:05}", events=(granted,))
    details = PersonDetails("Sample", f"Driver{number}", date(1980, 1, number), licences=(licence,))
    return str(licence_of(register.add(details, code)))


def licence_of(person_id: UUID) -> UUID:
    with owner_session() as session:
        return session.execute(text("SELECT id FROM licence WHERE person_id = :id"), {"id": person_id}).scalar_one()


def status(licence: str, day: date = TODAY) -> str:
    found = "SELECT status FROM licence_period WHERE licence_id = :id AND from_on <= :day AND until_on > :day"
    with owner_session() as session:
        return str(session.execute(text(found), {"id": licence, "day": day}).scalar_one())


def entry_of(licence: str) -> tuple[int, int]:
    """How many entries, and how many changes of them, the national register is owed or has for a licence."""
    counted = """
        SELECT count(DISTINCT e.id), count(u.id) FROM nr3s_entry e LEFT JOIN nr3s_update u ON u.entry_id = e.id
        WHERE e.licence_id = :id
    """
    with owner_session() as session:
        return tuple(session.execute(text(counted), {"id": licence}).one())  # type: ignore[return-value]


def revoked_at_once(manager: CheckingClient, licence: str, on: date) -> str:
    decision = decide(manager, licence, "revoke", of_a_driver(on, immediate="y", public_safety=SAFETY))
    notify(manager, decision, on)
    return decision


def one(statement: str) -> object:
    with owner_session() as session:
        return session.execute(text(statement)).scalar_one()


def test_a_decision_that_is_sent_twice_is_made_once_and_answers_what_waited_for_it(manager: CheckingClient) -> None:
    licence = driver()
    with owner_session() as session:
        waits = """
            INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
            SELECT gen_random_uuid(), authority_id, 'TK-1', 'court_outcome', '', '', 'licence', id, 'licensing_officer',
                current_date FROM licence
        """
        session.execute(text(waits))
        session.commit()
    given = of_a_driver(ago(3), immediate="y", public_safety=SAFETY)
    checking = manager.post(f"/licences/{licence}/decide?kind=revoke", data=given).location
    made = {manager.post(checking).location for _ in range(2)}
    assert made == {manager.get(checking).location}
    assert one("SELECT count(*) FROM decision") == 1
    assert str(one("SELECT outcome FROM task WHERE kind = 'court_outcome'")).startswith("Decided: DC-")
    # A manager alone decided: the clock of the review is the work, and says so once.
    assert one("SELECT count(*) FROM task WHERE kind = 'review_immediate'") == 0


def test_a_badge_that_is_back_already_is_not_asked_for(manager: CheckingClient) -> None:
    licence = driver()
    with owner_session() as session:
        back = """
            INSERT INTO licence_event (id, authority_id, licence_id, kind, decided_on, relevant_information, immediate)
            SELECT gen_random_uuid(), authority_id, id, 'badge_returned', :on, 'not_recorded', false FROM licence
        """
        session.execute(text(back), {"on": ago(5)})
        session.commit()
    revoked_at_once(manager, licence, ago(3))
    assert one("SELECT count(*) FROM task WHERE kind = 'badge_chase'") == 0
    revoked_at_once(manager, driver(2), ago(3))
    assert one("SELECT count(*) FROM task WHERE kind = 'badge_chase' AND done_at IS NULL") == 1


def test_story_3_an_immediate_revocation_is_not_stayed_and_a_court_gives_back_the_unexpired_term(
    manager: CheckingClient,
) -> None:
    licence = driver()
    decision = revoked_at_once(manager, licence, ago(130))
    assert status(licence, ago(130)) == "revoked"
    send(manager, f"{decision}/appeal", lodged_on=ago(110), court="magistrates", reference="MC/1")
    assert "In effect while the appeal is heard" in words(manager.get(decision).text)
    assert status(licence, ago(1)) == "revoked"

    send(manager, f"{appeal_of(manager.get(decision).text)}/end", outcome="allowed", ended_on=TODAY, costs="")
    assert {status(licence, ago(days)) for days in (130, 60, 1)} == {"revoked"}
    assert status(licence) == "in_force"
    assert "Outcome Allowed" in words(manager.get(decision).text)
    assert entry_of(licence) == (1, 1)


def test_story_4_where_the_term_has_ended_there_is_nothing_to_restore(manager: CheckingClient) -> None:
    licence = driver(expires_on=ago(30))
    decision = revoked_at_once(manager, licence, ago(130))
    send(manager, f"{decision}/appeal", lodged_on=ago(110), court="magistrates", reference="")
    send(manager, f"{appeal_of(manager.get(decision).text)}/end", outcome="allowed", ended_on=TODAY, costs="")
    assert "nothing left to restore" in words(manager.get(decision).text)
    assert status(licence) == "expired"
    assert entry_of(licence) == (1, 1)


def test_story_5_an_ordinary_revocation_under_appeal_stays_in_force(manager: CheckingClient) -> None:
    licence = driver()
    decision = decide(manager, licence, "revoke", of_a_driver(ago(60)))
    page = words(notify(manager, decision, ago(60)))
    assert f"{in_words(ago(60 - 22))}, unless an appeal is lodged before" in page
    send(manager, f"{decision}/appeal", lodged_on=ago(45), court="magistrates", reference="")
    page = words(manager.get(decision).text)
    assert "Under appeal" in page
    assert "The decision waits for the appeal" in page
    assert status(licence) == "revocation_pending"
    assert "In force" in words(manager.get(f"/licences/{licence}").text)

    send(manager, f"{appeal_of(manager.get(decision).text)}/end", outcome="dismissed", ended_on=ago(1), costs="")
    assert status(licence, ago(2)) == "revocation_pending"
    assert status(licence) == "revoked"


def test_story_6_immediate_effect_without_its_explanation_is_not_issued_and_is_flagged_where_it_was(
    manager: CheckingClient,
) -> None:
    licence = driver()
    asked = of_a_driver(TODAY, immediate="y")
    said = refused(manager, f"/licences/{licence}/decide?kind=revoke", **asked)
    assert "s.61(2B)" in said
    assert status(licence) == "in_force"

    decision = decide(manager, licence, "revoke", {**asked, "elsewhere": "y"})
    page = words(manager.get(decision).text)
    assert "Irregular" in page
    assert "A notice is defective: ask legal" in words(manager.get("/work").text)
    assert "must not be issued" in words(manager.get(f"{decision}/notice").text)
    assert manager.post(f"{decision}/notice", data={}).status_code == 422


def test_story_7_nobody_lifts_a_revocation_and_both_other_ways_are_offered(manager: CheckingClient) -> None:
    licence = driver()
    decision = revoked_at_once(manager, licence, ago(10))
    page = words(manager.get(f"/licences/{licence}/decide").text)
    assert "cannot be given back by the council" in page
    assert "a court allows an appeal" in page
    assert "applies again" in page
    lifted = refused(
        manager, f"/licences/{licence}/decide?kind=end_suspension", decided_on=TODAY, maker="manager", reasons="NFA"
    )
    assert "cannot be given back" in lifted
    note = manager.get(f"/licences/{licence}/decide").text.partition('href="/decisions/')[2].partition('"')[0]
    send(manager, f"/decisions/{note}", verdict="to_change", words="The police take no further action.")
    assert "What became known since: It should be changed" in words(manager.get(decision).text)
    assert status(licence) == "revoked"


def test_story_8_a_second_sanction_on_the_same_facts_needs_something_new(manager: CheckingClient) -> None:
    licence = driver()
    suspended = decide(manager, licence, "suspend_fixed", of_a_driver(ago(100), ends_on=ago(10)))
    notify(manager, suspended, ago(100))
    asked = of_a_driver(TODAY)
    said = refused(manager, f"/licences/{licence}/decide?kind=revoke", **asked)
    assert "suspended on these facts already" in said
    assert "legal services" in said
    assert status(licence) == "in_force"
    decide(manager, licence, "revoke", {**asked, "new_information": "y", "legal_agreed": "y"})
    assert status(licence) == "revocation_pending"


def test_story_9_a_badge_posted_back_ends_nothing_and_the_decision_proceeds(manager: CheckingClient) -> None:
    licence = driver()
    send(
        manager,
        f"/licences/{licence}/consideration",
        source="police_disclosure",
        ground="other_reasonable_cause",
        opened_on=ago(5),
        concern="A disclosure.",
        case_reference="",
    )
    address = f"/licences/{licence}/event?event=badge_returned"
    keep(manager, address, event="badge_returned", **day_boxes("decided_on", ago(1)))
    assert status(licence) == "in_force"
    decision = decide(manager, licence, "revoke", of_a_driver(TODAY))
    notify(manager, decision, TODAY)
    assert status(licence) == "revocation_pending"
    assert entry_of(licence) == (1, 0)


def test_story_28_a_vehicle_that_is_never_shown_fit_is_deemed_revoked(manager: CheckingClient, app: Flask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    person = register.add(register.KHAN, accounts.OXFORD)
    things = register.add_things(accounts.OXFORD, person, officer)
    with owner_session() as session:
        found = text("SELECT id FROM licence WHERE vehicle_id = :id")
        licence = str(session.execute(found, {"id": things.vehicle_id}).scalar_one())
    asked = {"decided_on": ago(70), "maker": "manager", "power": "S68", "grounds": "unfit_vehicle", "reasons": "Brakes"}
    asked["condition"] = "Bring it to the depot on Monday at 9am"
    decision = decide(manager, licence, "suspend_unfit", answers(**asked))
    assert status(licence, ago(70)) == "in_force"
    page = words(notify(manager, decision, ago(70)))
    assert "Deemed revoked if not found fit by" in page
    assert status(licence, ago(70)) == "suspended"
    assert status(licence) == "revoked"
    jobs.do(app, watch_decisions)
    jobs.do(app, watch_decisions)
    assert "A licence ceased by itself" in browsers.of_role(app, Role.LICENSING_OFFICER).get("/work").text
    assert "No longer owed" in words(manager.get(decision).text)
    assert "Badges and plates" in manager.get("/badges").text
    assert str(licence) in manager.get("/badges").text


def test_a_notice_is_frozen_as_it_was_issued_and_its_pdf_says_what_the_page_says(manager: CheckingClient) -> None:
    licence = driver()
    decision = decide(manager, licence, "revoke", of_a_driver(TODAY, immediate="y", public_safety=SAFETY))
    preview = words(manager.get(f"{decision}/notice").text)
    assert "review of this template is not on record" in preview
    send(manager, f"{decision}/notice", given_on=TODAY)
    page = manager.get(f"{decision}/notice").text
    article = words(page.partition("<article")[2].partition("</article>")[0])
    answer = manager.get(f"{decision}/notice.pdf")
    pdf = PdfReader(BytesIO(answer.data))
    said = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pdf.pages))
    for sentence in (
        "This decision has immediate effect",
        SAFETY,
        "within 21 days from the day on which this notice is given to you",
        f"ends on {in_words(TODAY + timedelta(days=20))}: to be safe, appeal by then",
        "An appeal does not stop a decision that has immediate effect",
        "national register of refused",
    ):
        assert sentence in article
        assert sentence in said
    assert answer.headers["Content-Type"] == "application/pdf"


def test_two_people_who_decide_the_same_question_at_once_make_one_decision(as_: As) -> None:
    licence, first, second = driver(), as_(Role.LICENSING_MANAGER), as_(Role.LICENSING_MANAGER)
    opened = {
        "source": "own_enquiry",
        "ground": "other_reasonable_cause",
        "opened_on": ago(5),
        "concern": "An enquiry.",
    }
    send(first, f"/licences/{licence}/consideration", **opened, case_reference="")
    checks = [
        send(one, f"/licences/{licence}/decide?kind=warning", decided_on=TODAY, maker="manager", reasons="Words")
        for one in (first, second)
    ]
    assert first.post(checks[0]).status_code == 302
    late = second.post(checks[1])
    assert late.status_code == 422
    assert "This was decided a moment ago" in words(late.text)
    with owner_session() as session:
        found = text("SELECT count(*) FROM decision WHERE licence_id = :id AND consideration_id IS NOT NULL")
        assert session.execute(found, {"id": licence}).scalar_one() == 1


def test_an_officer_with_a_delegation_decides_at_once_and_somebody_else_reviews_it(app: Flask, as_: As) -> None:
    licence, manager = driver(), as_(Role.LICENSING_MANAGER)
    user_id = accounts.user(Role.LICENSING_OFFICER)
    officer = browsers.of_user(app, user_id)
    asked = of_a_driver(TODAY, maker="officer", immediate="y", public_safety=SAFETY)
    assert "delegation on record" in refused(officer, f"/licences/{licence}/decide?kind=revoke", **asked)
    given = {"user_id": str(user_id), "reference": "Scheme of delegation 4.1", "from_on": ago(30), "until_on": None}
    send(manager, "/delegations", **{name: value for name, value in given.items() if value})
    decision = decide(officer, licence, "revoke", asked)
    assert "Review an immediate decision" in words(manager.get("/work").text)
    assert "decided or recorded this" in refused(officer, f"{decision}/review", verdict="stands", words="It was right.")
    clock = re.search(r"/work/clocks/[0-9a-f-]{36}", officer.get(decision).text)
    assert clock
    later = {"due_on": TODAY + timedelta(days=3000), "reason": "Later."}
    assert "Somebody else looks at what you did" in refused(officer, f"{clock.group()}/due", **later)
    send(manager, f"{decision}/review", verdict="stands", words="It was right.")
    assert "Immediate decision: It stands" in words(manager.get(decision).text)


def test_a_delegation_covers_immediate_action_alone_unless_it_says_more(app: Flask, as_: As) -> None:
    licence, manager = driver(), as_(Role.LICENSING_MANAGER)
    user_id = accounts.user(Role.LICENSING_OFFICER)
    officer = browsers.of_user(app, user_id)
    given = {"user_id": str(user_id), "reference": "Scheme 4.1", "from_on": ago(30)}
    send(manager, "/delegations", **given)
    warning = answers(decided_on=TODAY, maker="officer", reasons="Late at the rank.")
    assert "delegation on record" in refused(officer, f"/licences/{licence}/decide?kind=warning", **warning)
    send(manager, "/delegations", **given, ordinary="y")
    decide(officer, licence, "warning", warning)


def test_a_delegation_that_has_ended_is_not_back_dated(app: Flask, as_: As) -> None:
    licence, manager = driver(), as_(Role.LICENSING_MANAGER)
    user_id = accounts.user(Role.LICENSING_OFFICER)
    officer = browsers.of_user(app, user_id)
    given = {"user_id": str(user_id), "reference": "Scheme 4.1", "from_on": ago(30), "until_on": ago(10)}
    send(manager, "/delegations", **given)
    asked = of_a_driver(ago(20), maker="officer", immediate="y", public_safety=SAFETY)
    assert "delegation on record" in refused(officer, f"/licences/{licence}/decide?kind=revoke", **asked)


def test_what_an_officer_records_as_decided_elsewhere_is_kept_and_a_manager_compares_it(as_: As) -> None:
    licence, officer = driver(), as_(Role.LICENSING_OFFICER)
    decision = decide(officer, licence, "revoke", of_a_driver(ago(3), elsewhere="y"))
    assert "Only a licensing manager decides as one" in words(officer.get(decision).text)
    manager = as_(Role.LICENSING_MANAGER)
    assert "compares a decision of a committee, a court or elsewhere" in words(manager.get("/work").text)
    assert officer.get(f"{decision}/review").status_code == 404
    send(manager, f"{decision}/review", verdict="stands", words="The minute says so.")
    assert "Comparison with the minute: It stands" in words(manager.get(decision).text)


def test_answers_that_were_given_before_a_question_was_opened_do_not_pass_it_by(as_: As) -> None:
    licence, manager = driver(), as_(Role.LICENSING_MANAGER)
    check = send(manager, f"/licences/{licence}/decide?kind=revoke", **of_a_driver(TODAY))
    opened = {"source": "own_enquiry", "ground": "other_reasonable_cause", "opened_on": TODAY, "concern": "Enquiry."}
    send(manager, f"/licences/{licence}/consideration", **opened, case_reference="")
    answer = manager.post(check)
    assert answer.status_code == 422
    assert "was opened or settled since you answered" in words(answer.text)
    assert status(licence) == "in_force"


def test_what_is_immediate_bites_when_its_notice_is_given_and_somebody_else_looks_at_it(as_: As) -> None:
    licence, manager = driver(), as_(Role.LICENSING_MANAGER)
    decision = decide(manager, licence, "revoke", of_a_driver(TODAY, immediate="y", public_safety=SAFETY))
    assert status(licence) == "revocation_pending"
    early = refused(manager, f"{decision}/notice", given_on=ago(1))
    assert "no notice came before" in early
    notify(manager, decision, TODAY)
    assert status(licence) == "revoked"
    assert "decided or recorded this" in refused(manager, f"{decision}/review", verdict="stands", words="It was right.")
    send(as_(Role.LICENSING_MANAGER), f"{decision}/review", verdict="stands", words="It was right.")
    timeline = words(manager.get(f"/licences/{licence}").text)
    assert "Corrected" not in timeline


def test_the_last_look_at_a_grant_says_what_is_not_settled_and_that_nobody_advised_it(as_: As) -> None:
    licence, officer, manager = driver(), as_(Role.LICENSING_OFFICER), as_(Role.LICENSING_MANAGER)
    page = send(officer, f"/licences/{licence}/application", kind="renewal", received_on=TODAY)
    assert page.startswith("/applications/")
    asked = answers(decided_on=TODAY, maker="manager", starts_on=TODAY, expires_on=TODAY + timedelta(days=90))
    given = {**asked, "reasons": "Fit and proper.", "elsewhere": "y"}
    check = send(manager, f"/licences/{licence}/decide?kind=renew", **given)
    said = words(manager.get(check).text)
    assert "Not settled on the application’s list" in said
    assert "Nobody has recommended anything" in said


def test_a_grant_keeps_its_conditions_and_required_training_says_which(manager: CheckingClient) -> None:
    licence = driver()
    term = {"starts_on": TODAY, "expires_on": TODAY + timedelta(days=90)}
    asked = answers(
        decided_on=TODAY, maker="manager", reasons="Fit.", elsewhere="y", condition="No school runs.", **term
    )
    decision = decide(manager, licence, "renew", asked)
    assert "Conditions No school runs." in words(manager.get(decision).text)
    address = f"/licences/{licence}/decide?kind=training_required"
    asked = answers(decided_on=TODAY, maker="manager", reasons="Unsure of the county lines signs.", condition="")
    assert "Enter which training is required" in refused(manager, address, **asked)


def test_what_was_recommended_comes_to_the_form_of_whoever_decides(as_: As) -> None:
    licence, officer, manager = driver(), as_(Role.LICENSING_OFFICER), as_(Role.LICENSING_MANAGER)
    opened = {"source": "own_enquiry", "ground": "other_reasonable_cause", "opened_on": TODAY, "concern": "Enquiry."}
    page = send(officer, f"/licences/{licence}/consideration", **opened, case_reference="")
    given = {"decision": "revoke_immediate", "relevant_information": "no", "reasons": "As was found.", "departing": ""}
    check = send(officer, f"{page}/recommend", **given)
    assert officer.post(check).status_code == 302
    choice = words(manager.get(f"/licences/{licence}/decide").text)
    assert "Revoke with immediate effect" in choice
    form = manager.get(f"/licences/{licence}/decide?kind=revoke").text
    assert "As was found." in form
    assert re.search(r'name="immediate"[^>]*checked', form)
    assert "As was found." not in manager.get(f"/licences/{licence}/decide?kind=warning").text


def test_why_nothing_was_relied_on_is_kept_with_the_decision(manager: CheckingClient) -> None:
    licence = driver()
    asked = of_a_driver(TODAY, relevant_information="no", not_relied_reason="The fee was not paid.")
    del asked["limbs"]
    decision = decide(manager, licence, "revoke", asked)
    page = words(manager.get(decision).text)
    assert "Why it did not rely on relevant information The fee was not paid." in page


def test_what_was_given_stands_and_is_what_prints(manager: CheckingClient) -> None:
    licence = driver()
    decision = decide(manager, licence, "revoke", of_a_driver(TODAY))
    notify(manager, decision, TODAY)
    again = refused(manager, f"{decision}/notice", given_on=TODAY + timedelta(days=60))
    assert "What was given stands" in again


def test_a_court_that_varies_a_revocation_may_put_a_suspension_in_its_place(manager: CheckingClient) -> None:
    licence = driver()
    decision = revoked_at_once(manager, licence, ago(60))
    send(manager, f"{decision}/appeal", lodged_on=ago(50), court="magistrates", reference="")
    end = f"{appeal_of(manager.get(decision).text)}/end"
    until = TODAY + timedelta(days=10)
    said = refused(manager, end, outcome="dismissed", ended_on=ago(1), costs="", suspended_until=until)
    assert "Only a court that varies" in said
    send(manager, end, outcome="varied", ended_on=ago(1), costs="", suspended_until=until)
    assert status(licence, until) == "suspended"
    assert status(licence, until + timedelta(days=1)) == "in_force"


def test_a_grant_does_not_outlast_the_leave_that_was_proved(app: Flask, manager: CheckingClient) -> None:
    person = register.add(register.numbered(3), accounts.OXFORD)
    until = TODAY + timedelta(days=200)
    vetting.record(accounts.OXFORD, person, vetting.satisfied(CheckKind.RIGHT_TO_WORK, TODAY, expires_on=until))
    address = f"/licences/{licence_of(person)}/decide?kind=renew"
    term = {"starts_on": TODAY, "expires_on": until + timedelta(days=1)}
    asked = answers(decided_on=TODAY, maker="manager", reasons="Fit and proper.", **term)
    assert "that is when their permission to work ends" in refused(manager, address, **asked)


@pytest.mark.parametrize(("days", "late"), [(20, False), (21, False), (22, True)])
def test_an_appeal_is_in_time_by_the_later_count_and_late_the_day_after(
    manager: CheckingClient, days: int, late: bool
) -> None:
    licence = driver()
    decision = decide(manager, licence, "revoke", of_a_driver(ago(40)))
    notify(manager, decision, ago(40))
    send(manager, f"{decision}/appeal", lodged_on=ago(40 - days), court="magistrates", reference="")
    assert ("Late: after the time" in words(manager.get(decision).text)) == late
    assert status(licence) == ("revoked" if late else "revocation_pending")


def test_an_appeal_after_its_time_is_kept_and_marked_late(manager: CheckingClient) -> None:
    licence = driver()
    decision = decide(manager, licence, "revoke", of_a_driver(ago(60)))
    notify(manager, decision, ago(60))
    assert status(licence) == "revoked"
    send(manager, f"{decision}/appeal", lodged_on=ago(10), court="magistrates", reference="")
    assert "Late: after the time for an appeal" in words(manager.get(decision).text)
    assert status(licence) == "revoked"
    assert "open already" in refused(manager, f"{decision}/appeal", lodged_on=ago(9), court="magistrates", reference="")


def test_impossible_orders_of_dates_are_refused_and_nothing_is_lost(manager: CheckingClient) -> None:
    licence = driver()
    decision = decide(manager, licence, "revoke", of_a_driver(ago(5)))
    send(manager, f"{decision}/notice", given_on=TODAY)
    given = {"method": "in_person", "recipient": "The holder", "proof": "Receipt 17"}
    assert "cannot be served before" in refused(manager, f"{decision}/serve", served_on=ago(6), **given)
    early = manager.post(
        f"{decision}/serve",
        data={
            **given,
            "served_on-day": str(TODAY.day),
            "served_on-month": str(TODAY.month),
            "served_on-year": str(TODAY.year),
            "effective_on-day": "1",
            "effective_on-month": "1",
            "effective_on-year": "2020",
        },
    )
    assert early.status_code == 422
    assert "before its notice was given" in words(early.text)
    assert "Receipt 17" in early.text


def test_another_council_sees_no_decision(app: Flask, manager: CheckingClient) -> None:
    decision = decide(manager, driver(), "revoke", of_a_driver(TODAY))
    stranger = browsers.of_role(app, Role.LICENSING_MANAGER, accounts.CHERWELL)
    for page in ("", "/notice", "/notice.pdf", "/serve", "/appeal"):
        assert stranger.get(f"{decision}{page}").status_code == 404
    assert "No decision fits this" in stranger.get("/decisions").text
