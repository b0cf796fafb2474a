"""Loading the samples."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from conftest import MadeOnce
from factories import accounts
from flask import Flask
from sqlalchemy import func, select

from licensing.accounts.models import Authority, User
from licensing.matching.statistics import Statistics
from licensing.permissions import Role
from licensing.register.catalogue import DRIVER_KINDS
from licensing.register.models import Freshness, Licence, MatchStatistics, Person
from licensing.sample import councils, loading
from licensing.sample.councils import CHERWELL, COUNCILS, DISTRICTS, OXFORD, Scale
from licensing.sample.holders import holders
from licensing.setup import owner_session

TODAY = date(2026, 11, 21)


@pytest.fixture
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A hundred holders stand for the small scale, and two hundred for the county's."""
    monkeypatch.setitem(councils._HOLDERS, Scale.SMALL, 100)
    monkeypatch.setitem(councils._HOLDERS, Scale.COUNTY, 200)
    return app


def _load(scale: Scale = Scale.SMALL, progress: Callable[[int], None] = lambda _: None) -> None:
    loading.load(scale, TODAY, loading.missing(scale), progress)


@pytest.fixture
def loaded(few: Flask, made_once: MadeOnce) -> list[int]:
    """The small scale is loaded; how many people each step wrote."""
    return made_once(_load_and_count)


def _load_and_count() -> list[int]:
    written: list[int] = []
    _load(progress=written.append)
    return written


def _scalar(statement: Any) -> Any:
    with owner_session() as session:
        return session.scalar(statement)


def test_every_councils_people_are_there(loaded: list[int]) -> None:
    assert sum(loaded) == 104  # a hundred holders, and the county's four badge holders
    assert _scalar(select(func.count(Person.id)).where(Person.source_id.regexp_match("^SAMPLE-[A-Z]+[0-9]+$"))) == 104
    assert _scalar(select(func.count()).select_from(Freshness)) == len(COUNCILS)
    assert loading.missing(Scale.SMALL) == []


def test_what_is_shown_is_what_the_holders_are(loaded: list[int]) -> None:
    wanted = {
        (person.source_id, person.given_names, person.family_name, person.date_of_birth, licence.number)
        for council in DISTRICTS
        for person in holders(council, Scale.SMALL, TODAY.replace(day=1))
        for licence in person.licences
    }
    with owner_session() as session:
        found = session.execute(
            select(Person.source_id, Person.given_names, Person.family_name, Person.date_of_birth, Licence.number)
            .join(Licence, Licence.person_id == Person.id)
            .where(Licence.kind.in_(DRIVER_KINDS), ~Person.source_id.contains("-S-"))
        )
        assert {tuple(row) for row in found} == wanted


def test_loading_again_changes_nothing(loaded: list[int]) -> None:
    before = _scalar(select(func.array_agg(Person.id))), _scalar(select(func.array_agg(User.id)))

    _load()

    assert before == (_scalar(select(func.array_agg(Person.id))), _scalar(select(func.array_agg(User.id))))


def test_a_load_that_was_stopped_is_taken_up_with_the_missing_councils(few: Flask) -> None:
    loading.load(Scale.SMALL, TODAY, [CHERWELL], lambda _: None)

    missing = loading.missing(Scale.SMALL)
    loading.load(Scale.SMALL, TODAY, missing, lambda _: None)

    assert missing == [council for council in COUNCILS if council is not CHERWELL]
    assert loading.missing(Scale.SMALL) == []


def test_a_council_whose_load_breaks_off_has_no_holders(few: Flask) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _load(progress=stop)

    assert _scalar(select(func.count(Person.id))) == 0


def test_the_last_step_of_a_stopped_load_is_done_once(loaded: list[int], app: Flask) -> None:
    with owner_session() as session:
        session.delete(session.get_one(MatchStatistics, 1))
        session.commit()

    loading.finish()

    kept = _scalar(select(MatchStatistics.kept))
    assert Statistics.load(kept, app.config["KEYS"].matching_secret).people == _scalar(select(func.count(Person.id)))


def test_another_scale_is_refused(loaded: list[int]) -> None:
    with pytest.raises(loading.NotEmpty, match="another scale"):
        loading.missing(Scale.COUNTY)


def test_a_database_with_real_users_is_refused(few: Flask) -> None:
    accounts.user(Role.LICENSING_OFFICER)

    with pytest.raises(loading.NotEmpty, match="users who are not samples"):
        loading.missing(Scale.SMALL)


@pytest.mark.parametrize("source_id", [None, "M3-00417"])
def test_a_database_with_real_people_is_refused(few: Flask, source_id: str | None) -> None:
    with owner_session() as session:
        session.add(
            Person(
                authority_id=accounts.authority_id(OXFORD.code),
                reference="P-1",
                source_id=source_id,
                given_names="Ada",
                family_name="Example",
                sort_name="example ada",
            )
        )
        session.commit()

    with pytest.raises(loading.NotEmpty, match="people who are not samples"):
        loading.missing(Scale.SMALL)


def test_somebody_who_joined_after_the_samples_does_not_stop_the_command(loaded: list[int]) -> None:
    accounts.user(Role.LICENSING_OFFICER)

    assert loading.missing(Scale.SMALL) == []


def test_every_council_but_one_shares_with_the_others(loaded: list[int]) -> None:
    with owner_session() as session:
        rows = session.scalars(select(Authority).order_by(Authority.code)).all()

        assert [row.code for row in rows if not row.shares_with_others(TODAY)] == ["E07000181"]
        assert all(row.licensing_contact and row.licensing_email and row.licensing_phone for row in rows)
