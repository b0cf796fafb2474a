"""What the samples hold besides drivers: that it is there, of every kind, and the same however often it is made."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest
from conftest import MadeOnce
from flask import Flask
from sqlalchemy import func, select, text

from licensing.accounts.models import Authority
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import Correction, Licence, LicenceEvent, Organisation, Person, Premises, Vehicle
from licensing.register.rules import status_as_at
from licensing.sample import councils, loading
from licensing.sample.councils import OXFORD, Scale
from licensing.sample.terms import lasting, termed
from licensing.setup import owner_session

MONTH = date(2026, 11, 1)
SHOWN = """
    SELECT string_agg(shown, '|' ORDER BY shown) FROM (
        SELECT concat_ws(' ', a.code, l.kind, l.number, l.badge_no, l.starts_on, l.expires_on, l.activities,
            p.sort_name, g.name, v.vrm, v.make, m.name, m.address_lines) AS shown
        FROM licence l JOIN authority a ON a.id = l.authority_id
        LEFT JOIN person p ON p.id = l.person_id LEFT JOIN organisation g ON g.id = l.organisation_id
        LEFT JOIN vehicle v ON v.id = l.vehicle_id LEFT JOIN premises m ON m.id = l.premises_id
    ) rows
"""


@pytest.fixture
def loaded(app: Flask, made_once: MadeOnce, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(councils._HOLDERS, Scale.SMALL, 400)
    made_once(_load)
    return app


def _load() -> None:
    loading.load(Scale.SMALL, MONTH, loading.missing(Scale.SMALL), lambda _: None)


def rows(statement: Any) -> list[Any]:
    with owner_session() as session:
        return list(session.execute(statement).all())


def test_oxford_has_something_of_every_kind_that_a_district_keeps(loaded: Flask) -> None:
    of_oxford = select(Authority.id).where(Authority.code == OXFORD.code).scalar_subquery()
    counted = select(Licence.kind, func.count()).where(Licence.authority_id == of_oxford).group_by(Licence.kind)
    there = dict(rows(counted))
    wanted = {
        LicenceKind.HACKNEY_CARRIAGE_VEHICLE,
        LicenceKind.PRIVATE_HIRE_VEHICLE,
        LicenceKind.PRIVATE_HIRE_OPERATOR,
        LicenceKind.PREMISES_LICENCE,
        LicenceKind.PERSONAL_LICENCE,
        LicenceKind.HMO_LICENCE,
    }
    assert wanted <= there.keys()
    for model in (Organisation, Vehicle, Premises, Correction):
        [(count,)] = rows(select(func.count()).select_from(model).where(model.authority_id == of_oxford))
        assert count > 0, model


def test_vehicles_are_about_six_to_five_holders(loaded: Flask) -> None:
    [(vehicles,)] = rows(select(func.count()).select_from(Vehicle))
    assert 400 < vehicles < 600


def test_every_record_is_marked_as_a_sample(loaded: Flask) -> None:
    for model in (Person, Vehicle, Premises, Organisation):
        unmarked = ~func.coalesce(model.source_id, "").startswith("SAMPLE-")
        assert rows(select(model.id).where(unmarked)) == [], model


def test_what_happens_seldom_is_there_at_every_district(loaded: Flask) -> None:
    told = Counter(number.rpartition("/S-")[2] for (number,) in rows(select(Licence.number)) if "/S-" in number)
    everywhere = {"DUAL", "IRREGULAR", "LEAVE", "DIED", "CORRECTED", "INTERIM/PREM"}
    assert {story for story, districts in told.items() if districts == 5} == everywhere
    assert {told[story] for story in told.keys() - everywhere} == {1}  # what signals are shown from, each at one
    [(irregular,)] = rows(select(func.count()).where(LicenceEvent.irregular))
    assert irregular == 5
    [(apart,)] = rows(text("SELECT count(DISTINCT licence_id) FROM entitlement_period"))
    assert apart == 5
    today = "SELECT p.status FROM licence_period p JOIN licence l ON l.id = p.licence_id WHERE l.number LIKE :like"
    for story, status in {
        "%/S-DUAL": LicenceStatus.IN_FORCE,
        "%/S-LEAVE": LicenceStatus.CEASED_IMMIGRATION,
        "%/S-DIED": LicenceStatus.CEASED_DEATH,
        "%/S-INTERIM/PREM": LicenceStatus.INTERIM_AUTHORITY,
    }.items():
        asked = text(f"{today} AND p.from_on <= :day AND p.until_on > :day")
        assert {row.status for row in rows(asked.bindparams(like=story, day=MONTH))} == {status.value}, story


def test_some_places_that_sell_alcohol_have_no_supervisor(loaded: Flask) -> None:
    alcohol = "l.kind = 'premises_licence' AND l.activities && ARRAY['alcohol_on_sales', 'alcohol_off_sales']"
    parts = "SELECT FROM position_held h WHERE h.of_licence_id = l.id AND h.kind = 'premises_supervisor'"
    [(supervised, not_supervised)] = rows(
        text(
            f"SELECT count(*) FILTER (WHERE EXISTS ({parts})), count(*) FILTER (WHERE NOT EXISTS ({parts}))"
            f" FROM licence l WHERE {alcohol}"
        )
    )
    assert supervised > not_supervised > 0


def test_two_councils_publish_their_registers(loaded: Flask) -> None:
    assert {row.code for row in rows(text("SELECT * FROM published_registers()"))} == {"E07000177", "E07000178"}


def test_two_loads_show_the_same(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(councils._HOLDERS, Scale.SMALL, 100)
    shown = []
    for _ in range(2):
        loading.load(Scale.SMALL, MONTH, loading.missing(Scale.SMALL), lambda _: None)
        shown.append(rows(text(SHOWN)))
        with owner_session() as session:
            emptied = "person, organisation, vehicle, premises, freshness, match_key, template_review, nr3s_user"
            session.execute(text(f"TRUNCATE {emptied}, signal_dismissal CASCADE"))
            session.commit()
    assert shown[0] == shown[1]
    assert shown[0][0][0]


def test_no_day_of_an_invented_history_is_later_than_it_may_be() -> None:
    for seed in range(2_000):
        for history in (termed(Random(seed), MONTH, 1), termed(Random(seed), MONTH, 5), lasting(Random(seed), MONTH)):
            decided = [event.filed_on for event in history]
            assert decided == sorted(decided)
            assert decided[-1] <= MONTH


def test_most_histories_are_of_what_is_in_force() -> None:
    statuses = Counter(status_as_at(termed(Random(seed), MONTH, 1), MONTH) for seed in range(2_000))
    assert statuses[LicenceStatus.IN_FORCE] > 1_600
    assert {LicenceStatus.EXPIRED, LicenceStatus.APPLIED, LicenceStatus.SUSPENDED} <= statuses.keys()
