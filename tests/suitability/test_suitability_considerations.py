"""Considerations: what is weighed, what the holder was told, recommended by one person and closed by another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from factories import accounts, register, suitability
from flask import Flask
from sqlalchemy import text
from suitability.conftest import TODAY, YESTERDAY, acting, day_boxes, driver, licence_of

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.changes.events import record_event
from licensing.register.details import LicenceDetails
from licensing.register.events import EventKind, RelevantInformation
from licensing.setup import owner_session
from licensing.suitability.changes import close_consideration, convictions, recommendations
from licensing.suitability.changes import considerations as changes
from licensing.suitability.queries import consideration, open_consideration, standing_recommendation, state_of
from licensing.suitability.queries.considerations import information
from licensing.suitability.queries.convictions import conviction
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import ConsiderationState, Ground, Source
from licensing.suitability.starting_points import Category

OPENED = (Source.POLICE_DISCLOSURE, Ground.OTHER_REASONABLE_CAUSE, YESTERDAY, "Was he the driver?")


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


def opened(licence_id: UUID) -> UUID:
    with acting() as user:
        consideration_id = changes.open_consideration(user, licence_id, *OPENED)
        db.session.commit()
    return consideration_id


def told_boxes(words: str) -> dict[str, str]:
    return {**day_boxes("on_day", TODAY), "words": words}


def test_information_is_weighed_told_and_answered(browser: Browser) -> None:
    licence_id = driver()
    asked = {"source": "police_disclosure", "ground": "other_reasonable_cause", "concern": "Was he the driver?"}
    made = browser.post(f"/licences/{licence_id}/consideration", data={**asked, **day_boxes("opened_on", YESTERDAY)})
    assert made.status_code == 302
    weighed = {"kind": "police", "summary": "A log entry", "relied_on": "y", "limb": "harm"}
    checked = browser.post(f"{made.location}/information", data={**weighed, **day_boxes("received_on", YESTERDAY)})
    assert checked.status_code == 302
    assert "A log entry" in browser.get(checked.location).text
    assert "A log entry" not in browser.get(made.location).text
    assert browser.post(checked.location).location == made.location
    with owner_session() as session:
        information_id = session.scalars(text("SELECT id FROM consideration_information")).one()
    too_early = browser.post(f"/information/{information_id}/answer", data=told_boxes("No"))
    assert too_early.status_code == 422
    assert "Record what the holder was told first" in too_early.text
    assert browser.post(f"/information/{information_id}/told", data=told_boxes("The gist")).status_code == 302
    assert browser.post(f"/information/{information_id}/answer", data=told_boxes("Not him")).status_code == 302

    page = browser.get(made.location).text
    for words in ("Was he the driver?", "A log entry", "The gist", "Not him", "psychological harm"):
        assert words in page


def test_relevant_information_names_its_limb_and_is_needed_to_recommend_on_it(app: Flask) -> None:
    consideration_id = opened(driver())
    with acting() as user:
        with pytest.raises(RuleBroken, match="what kind of relevant information"):
            changes.add_information(user, consideration_id, suitability.information(limb=None))
        relies = suitability.recommended(DecisionType.REVOKE, relevant_information=RelevantInformation.WHOLLY)
        with pytest.raises(RuleBroken, match="Mark the information that is relied on"):
            recommendations.recommend_on_consideration(user, consideration_id, relies, TODAY)
        changes.add_information(user, consideration_id, suitability.information())
        recommendations.recommend_on_consideration(user, consideration_id, relies, TODAY)
        standing = standing_recommendation(consideration(consideration_id))
        assert standing
        assert (standing.by_id, standing.decision) == (user.id, DecisionType.REVOKE)


def test_what_was_recorded_wrongly_stays_and_another_stands_in_its_place(browser: Browser) -> None:
    consideration_id = opened(driver())
    with acting() as user:
        wrong = changes.add_information(user, consideration_id, suitability.information(summary="Red car"))
        changes.record_told(user, wrong, TODAY, "That a car was seen")
        db.session.commit()
    address = f"/considerations/{consideration_id}/information?instead={wrong}"
    assert "Red car" in browser.get(address).text
    right = {"kind": "police", "summary": "Blue car", **day_boxes("received_on", YESTERDAY)}
    assert browser.post(browser.post(address, data=right).location).status_code == 302
    page = browser.get(f"/considerations/{consideration_id}").text
    assert "Blue car" in page
    assert "That a car was seen" in page
    assert "Red car" not in page
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM consideration_information")) == 2


def test_who_recommended_does_not_close_it_and_another_does(app: Flask) -> None:
    consideration_id = opened(driver())
    with acting(Role.LICENSING_MANAGER) as user:
        told = suitability.recommended(DecisionType.NO_ACTION)
        recommendations.recommend_on_consideration(user, consideration_id, told, TODAY)
        db.session.commit()
        assert state_of(consideration(consideration_id)) is ConsiderationState.RECOMMENDED
        with pytest.raises(RuleBroken, match="somebody else must close it"):
            close_consideration(user, consideration_id, TODAY, "Settled", decided=False)
    other = browsers.of_role(app, Role.LICENSING_MANAGER)
    closed = other.post(f"/considerations/{consideration_id}/close", data=told_boxes("Settled"))
    assert closed.status_code == 302
    with acting() as user:
        assert state_of(consideration(consideration_id)) is ConsiderationState.CLOSED
        with pytest.raises(RuleBroken, match="closed in between"):
            changes.add_information(user, consideration_id, suitability.information())


def test_a_recommendation_opens_a_task_for_the_managers(app: Flask) -> None:
    consideration_id = opened(driver())
    with acting() as user:
        told = suitability.recommended(DecisionType.WARNING)
        recommendations.recommend_on_consideration(user, consideration_id, told, TODAY)
        db.session.commit()
    page = browsers.of_role(app, Role.LICENSING_MANAGER).get("/work").text
    assert "Decide" in page
    assert f"/considerations/{consideration_id}" in page


def test_story_9_a_badge_that_is_posted_back_is_no_surrender(app: Flask, browser: Browser) -> None:
    licence_id = driver()
    consideration_id = opened(licence_id)
    came_back = dict.fromkeys(
        (
            "notified_on",
            "effective_on",
            "ends_on",
            "starts_on",
            "expires_on",
            "cause",
            "entitlement",
            "power",
            "relevant_information",
        )
    )
    with acting() as user:
        flags = {"immediate": False, "permanent": False, "irregular": False}
        record_event(user, licence_id, {**came_back, **flags, "event": EventKind.BADGE_RETURNED, "decided_on": TODAY})
        db.session.commit()
    page = browser.get(f"/considerations/{consideration_id}").text
    assert "That is no surrender" in page
    with acting():
        there = open_consideration(licence_id)
        assert there
        assert there.id == consideration_id


def test_the_ground_is_one_that_the_law_knows_for_the_licence(app: Flask) -> None:
    with acting() as user, pytest.raises(RuleBroken, match="The law has no such ground"):
        changes.open_consideration(user, driver(), Source.COMPLAINT, Ground.VEHICLE_UNFIT, TODAY, "Brakes")


def test_a_grant_against_the_policy_asks_for_exceptional_reasons(browser: Browser) -> None:
    licence_id = driver()
    received = {"kind": "renewal", **day_boxes("received_on", YESTERDAY)}
    application = browser.post(f"/licences/{licence_id}/application", data=received).location
    convicted = {"category": "violence", **day_boxes("convicted_on", date(TODAY.year - 3, 1, 9))}
    convicted |= day_boxes("sentence_completed_on", date(TODAY.year - 2, 3, 14))
    assert browser.post(f"{application}/conviction", data=convicted).status_code == 302
    until = f"refuse until 14 March {TODAY.year + 8}"
    assert until in browser.get(application).text

    grant = {"decision": "grant", "relevant_information": "no", "reasons": "Long ago"}
    refused = browser.post(f"{application}/recommend", data=grant)
    assert refused.status_code == 422
    assert "exceptional reasons for departing" in refused.text
    assert "Long ago" in refused.text
    departing = {**grant, "departing": "Acted in defence of a passenger"}
    checked = browser.post(f"{application}/recommend", data=departing).location
    assert browser.post(checked).location == application
    page = browser.get(application).text
    assert "Acted in defence of a passenger" in page
    assert page.count(until) >= 2


def test_convictions_go_with_the_person_when_records_are_merged(app: Flask, browser: Browser) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    kept = register.add(register.numbered(1), accounts.OXFORD)
    details = replace(register.numbered(1), licences=(LicenceDetails(LicenceKind.DUAL_DRIVER, "DD9"),))
    merged = register.add(details, accounts.OXFORD)
    consideration_id = opened(licence_of(merged))
    convicted = {"category": "weapon", **day_boxes("convicted_on", date(2024, 1, 9))}
    browser.post(f"/considerations/{consideration_id}/conviction", data=convicted)
    register.merge(accounts.OXFORD, kept, merged, officer)
    with acting_as(accounts.open_session(officer)), owner_session() as session:
        assert session.scalars(text("SELECT person_id FROM conviction")).all() == [kept]


def at_once(app: Flask, read: Callable[[], object], act: Callable[[ActingUser], object]) -> list[str]:
    """What each of two officers was told who read the same, then did the same at once; empty for who was first."""
    together = Barrier(2)
    people = [accounts.user(Role.LICENSING_OFFICER) for _ in range(2)]

    def run(user_id: UUID) -> str:
        with app.app_context(), acting_as(accounts.open_session(user_id)):
            user = who_is_acting()
            assert user is not None
            seen = read()
            together.wait()
            try:
                act(user)
            except RuleBroken as broken:
                db.session.rollback()
                return broken.message
            db.session.commit()
            assert seen  # held until here, so that it is what the session knows
            return ""

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(run, people))


def test_two_who_record_at_once_what_the_holder_was_told_do_not_overwrite_each_other(app: Flask) -> None:
    consideration_id = opened(driver())
    with acting() as user:
        information_id = changes.add_information(user, consideration_id, suitability.information())
        db.session.commit()
    first, second = at_once(
        app,
        lambda: information(information_id),
        lambda user: changes.record_told(user, information_id, TODAY, str(user.id)),
    )
    assert first == ""
    assert "recorded already what the holder was told" in second


def test_two_who_put_information_right_at_once_leave_one_in_its_place(app: Flask) -> None:
    consideration_id = opened(driver())
    with acting() as user:
        wrong = changes.add_information(user, consideration_id, suitability.information())
        db.session.commit()
    right = suitability.information()
    told = at_once(
        app, lambda: information(wrong), lambda user: changes.add_information(user, consideration_id, right, wrong)
    )
    assert told == ["", "Somebody put this right in between. Look at it again."]


def test_two_who_put_a_conviction_right_at_once_leave_one_in_its_place(app: Flask) -> None:
    consideration_id = opened(driver())
    given = {
        "category": Category.DISHONESTY,
        "offence": "Theft",
        "convicted_on": date(2024, 1, 5),
        "sentence_completed_on": None,
        "ban_ends_on": None,
    }
    with acting() as user:
        wrong = convictions.record_conviction(user, consideration(consideration_id), given)
        db.session.commit()
    told = at_once(
        app,
        lambda: conviction(wrong),
        lambda user: convictions.record_conviction(user, consideration(consideration_id), given, wrong),
    )
    assert told == ["", "Somebody put this right in between. Look at it again."]
