"""Searches of NR3S: recorded from the page of a person or licence, corrected by a later one, and who may make them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.keeping import id_in
from journeys.reading import boxes, links

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.sharing import queries
from licensing.sharing.changes import searches
from licensing.sharing.rules import SearchPurpose, SearchResult, SearchTerm

TODAY = dates.today()


def days(name: str, day: date) -> dict[str, str]:
    return boxes(name, day.day, day.month, day.year)


def licence_of(client: CheckingClient, person_id: UUID) -> str:
    return next(one for one in links(client.get(f"/people/{person_id}").text) if one.startswith("/licences/"))


def answers(client: CheckingClient, address: str, **given: Any) -> dict[str, Any]:
    """A search as an officer fills it in; they are offered as whoever searched."""
    me = client.get(address).text.partition('<option value="')[2]
    chosen = next(
        part.partition('"')[0] for part in me.split('<option value="') if "selected" in part.partition(">")[0]
    )
    typed = {
        "purpose": "grant",
        "searched_by": chosen,
        "terms": ["name", "date_of_birth"],
        "result": "no_entry",
        **days("searched_on", TODAY),
    }
    return typed | given


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


@pytest.fixture
def person(app: Flask) -> UUID:
    return register.add(register.KHAN, accounts.OXFORD)


def test_a_search_recorded_on_a_licence_is_that_licences_last_search(officer: CheckingClient, person: UUID) -> None:
    licence = licence_of(officer, person)
    address = f"{licence}/nr3s-search"

    sent = officer.post(address, data=answers(officer, address, result="entries", authorities="Cherwell\nBristol"))

    assert sent.status_code == 302, sent.text
    page = officer.get(sent.location).text
    assert "Cherwell, Bristol" in page
    assert "This is not NR3S" in page
    assert "Ask another authority in writing" in page
    token = accounts.open_session(accounts.user(Role.LICENSING_OFFICER))
    with acting_as(token):
        found = queries.last_search(UUID(id_in(licence)), TODAY)
        assert found is not None
        assert str(found.id) == id_in(sent.location)
        assert queries.last_search(UUID(id_in(licence)), TODAY + timedelta(days=1)) is None
        db.session.rollback()
    assert "one entry or more" in officer.get(licence).text
    assert "one entry or more" in officer.get(f"/people/{person}").text


def test_a_search_by_somebody_who_was_not_named_is_recorded_with_a_warning(
    officer: CheckingClient, person: UUID, signed_in: SignIn
) -> None:
    address = f"/people/{person}/nr3s-search"
    typed = answers(officer, address)

    warned = officer.get(officer.post(address, data=typed).location).text
    manager = signed_in(Role.LICENSING_MANAGER)
    named = {"colleague": typed["searched_by"], **days("trained_on", TODAY), **days("from_on", TODAY)}
    assert manager.post("/nr3s/users/name", data=named).status_code == 302
    unwarned = officer.get(officer.post(address, data=typed).location).text

    assert "not named as trained" in warned
    assert "not named as trained" not in unwarned
    again = manager.post("/nr3s/users/name", data=named)
    assert again.status_code == 422
    assert "named already" in again.text


def test_a_corrected_search_stays_as_it_was_and_counts_no_more(officer: CheckingClient, person: UUID) -> None:
    licence = licence_of(officer, person)
    address = f"{licence}/nr3s-search"
    first = officer.post(address, data=answers(officer, address)).location

    correcting = f"{first}/correct"
    typed = answers(officer, correcting, result="entries", own_entries="y")
    second = officer.post(correcting, data=typed).location

    assert "counts no more" in officer.get(first).text
    listed = officer.get("/nr3s/searches").text
    assert id_in(second) in listed
    assert id_in(first) not in listed
    assert officer.post(correcting, data=typed).status_code == 422


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"result": "entries"}, "Enter which authorities have an entry"),
        ({"authorities": "Bristol"}, "leave the authorities empty"),
        ({"terms": []}, "Select at least one thing"),
        (days("searched_on", TODAY + timedelta(days=1)), "must be today or in the past"),
    ],
)
def test_a_search_that_says_two_things_is_refused_with_everything_typed_kept(
    officer: CheckingClient, person: UUID, given: dict[str, Any], told: str
) -> None:
    address = f"/people/{person}/nr3s-search"
    sent = officer.post(address, data=answers(officer, address, **given))
    assert sent.status_code == 422
    assert told in sent.text


def test_only_kinds_of_search_terms_are_kept_and_the_database_says_who_recorded_it(
    officer: CheckingClient, person: UUID
) -> None:
    address = f"/people/{person}/nr3s-search"
    officer.post(address, data=answers(officer, address))
    kept = as_owner("SELECT terms, recorded_by = searched_by FROM nr3s_search")
    assert kept == [(["name", "date_of_birth"], True)]


def test_two_who_correct_a_search_at_once_leave_one_in_its_place(app: Flask, person: UUID) -> None:
    people, together = [accounts.user(Role.LICENSING_OFFICER) for _ in range(2)], Barrier(2)
    kinds = (SearchTerm.NAME, SearchTerm.DATE_OF_BIRTH)
    said = searches.Search(SearchPurpose.GRANT, TODAY, people[0], kinds, SearchResult.NO_ENTRY, (), False)
    with acting_as(accounts.open_session(people[0])):
        user = who_is_acting()
        assert user is not None
        wrong = searches.record_search(user, person, None, said).id
        db.session.commit()

    def run(user_id: UUID) -> str:
        with app.app_context(), acting_as(accounts.open_session(user_id)):
            user, seen = who_is_acting(), queries.search(wrong)
            assert user is not None
            together.wait()
            try:
                searches.record_search(user, person, None, said, corrects=seen)
            except RuleBroken as broken:
                db.session.rollback()
                return broken.message
            db.session.commit()
            return ""

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(run, people))
    assert told == ["", "Somebody corrected this search in between. Look at it again."]
