"""Domain stories 23 and 24: training that has expired and is booked again, and a certificate of another county."""

from datetime import timedelta
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner
from factories import accounts, jobs, register, training
from flask import Flask
from journeys.reading import boxes

from licensing import dates
from licensing.permissions import Role
from licensing.training.jobs import watch_training
from licensing.training.rules import Given, Result

TODAY = dates.today()
EXPIRED = Given(
    Result.PASSED,
    training.COURSE,
    training.PROVIDER,
    completed_on=TODAY - timedelta(days=1200),
    expires_on=TODAY - timedelta(days=1),
)


@pytest.fixture
def petra(app: Flask) -> UUID:
    """A private hire driver of Oxford's, in force."""
    return register.add(register.PLAIN, accounts.OXFORD)


@pytest.fixture
def officer(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


def typed(**answers: str) -> dict[str, str]:
    course = {"course": "other", "other_course": "Driver course", "other_provider": "Elsewhere County Council"}
    return {**course, "result": "passed", **boxes("completed_on", 3, 6, 2025), **answers}


def of_record(person_id: UUID) -> str:
    found = "SELECT id FROM training_record WHERE person_id = :id AND superseded_at IS NULL"
    return str(as_owner(found, id=person_id)[0][0])


def test_story_23_training_expired_and_booked_again_opens_a_task_and_suspends_nothing(
    app: Flask, officer: Browser, petra: UUID
) -> None:
    training.record(accounts.OXFORD, petra, EXPIRED)
    booked = boxes("booked_for", *[int(n) for n in f"{TODAY + timedelta(days=30):%d %m %Y}".split()])
    answer = officer.post(
        f"/people/{petra}/training",
        data={**typed(result="booked"), **booked, **dict.fromkeys(boxes("completed_on", 1, 1, 1), "")},
    )
    assert answer.status_code == 302

    page = officer.get(f"/people/{petra}").text
    assert "Expired, booked again" in page
    assert "in force" in page.lower()
    assert (
        'href="/training/people?kind=private_hire_driver&amp;status=expired_booked">1<' in officer.get("/training").text
    )

    jobs.do(app, watch_training)
    jobs.do(app, watch_training)
    open_now = "SELECT object_id, for_team FROM task WHERE kind = 'training_lapsed'"
    assert as_owner(open_now) == [(petra, "licensing_officer")]
    assert as_owner(
        "SELECT DISTINCT status FROM licence_period WHERE from_on <= current_date AND until_on > current_date"
    )
    assert ("suspended",) not in as_owner("SELECT status FROM licence_period")


def test_story_24_a_certificate_from_another_county_waits_and_is_verified(officer: Browser, petra: UUID) -> None:
    assert officer.post(f"/people/{petra}/training", data=typed(certificate_no="EC/1")).status_code == 302
    record = of_record(petra)
    assert "Certificate to verify" in officer.get(f"/people/{petra}").text
    address = f"/training/records/{record}"
    assert officer.post(f"{address}/verify", data={"found": "verified"}).status_code == 422
    answer = officer.post(f"{address}/verify", data={"found": "verified", "how": "Rang the provider"})
    assert answer.status_code == 302

    page = officer.get(address).text
    assert "Rang the provider" in page
    assert "3 June 2028" in page  # by the policy: three years
    assert "Training is in date until 3 June 2028" in officer.get(f"/people/{petra}").text
    again = officer.post(f"{address}/verify", data={"found": "rejected", "how": "It was forged"})
    assert again.status_code == 422
    assert "does not wait to be verified any more" in again.text
    assert "It was forged" in again.text


def test_story_24_a_certificate_that_is_rejected_counts_for_nothing_and_says_why(officer: Browser, petra: UUID) -> None:
    officer.post(f"/people/{petra}/training", data=typed())
    address = f"/training/records/{of_record(petra)}"
    officer.post(f"{address}/verify", data={"found": "rejected", "how": "The number is not theirs"})
    assert "The number is not theirs" in officer.get(address).text
    assert "No training is recorded." in officer.get(f"/people/{petra}").text
    ((sealed,),) = as_owner("SELECT reason_sealed FROM training_record WHERE result = 'rejected'")
    assert b"number" not in bytes(sealed)  # type: ignore[arg-type]
