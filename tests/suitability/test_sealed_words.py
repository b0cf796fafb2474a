"""What is said of people stands sealed in every table of this room, and in no audit entry, task or job."""

from accounts import two_councils
from accounts.two_councils import Council
from conftest import MadeOnce
from factories.suitability import CANARY, DAY, recommended
from sealed_columns import columns_with, places_of, sealed_columns
from sqlalchemy import text
from suitability.conftest import acting

from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.suitability.changes import applications, concerns, considerations, recommendations
from licensing.suitability.concerns import ComplaintOutcome
from licensing.suitability.recommending import DecisionType


def end_all(council: Council) -> None:
    """What the sample leaves open is answered, recommended and ended, each in words."""
    with acting() as user:
        considerations.record_told(user, council.information_id, DAY, CANARY)
        considerations.record_answer(user, council.information_id, DAY, CANARY)
        told = recommended(DecisionType.REFUSE_RENEW, departing=CANARY)
        recommendations.recommend_on_application(user, council.application_id, told, DAY)
        applications.withdraw(user, council.application_id, DAY, CANARY)
        concerns.close_complaint(user, council.complaint_id, DAY, ComplaintOutcome.UPHELD, CANARY)
        db.session.commit()
    with acting(Role.LICENSING_MANAGER) as user:
        considerations.close_consideration(user, council.consideration_id, DAY, CANARY, decided=False)
        db.session.commit()


def test_narrative_is_readable_in_no_table(made_once: MadeOnce) -> None:
    end_all(made_once(two_councils.oxford))
    columns = sealed_columns("suitability")
    assert columns_with(CANARY, columns) == columns
    assert places_of(CANARY) == []


def test_the_walk_finds_what_is_not_sealed(made_once: MadeOnce) -> None:
    made_once(two_councils.oxford)
    with owner_session() as session:
        session.execute(text("UPDATE complaint SET case_reference = :words"), {"words": CANARY})
        session.execute(text("UPDATE consideration SET closed_sealed = :words"), {"words": CANARY.encode()})
        session.commit()
    assert sorted(places_of(CANARY)) == ["complaint", "consideration"]
