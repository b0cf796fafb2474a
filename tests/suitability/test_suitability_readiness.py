"""What an application still needs, asked of the rooms that know of searches, checks and training."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, register, vetting
from factories.sharing import WHO
from flask import Flask
from journeys.checking import answer_to
from journeys.reading import boxes
from suitability.conftest import TODAY, YESTERDAY, acting, licence_of

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.permissions import Role
from licensing.register.catalogue import Family
from licensing.register.models import Licence
from licensing.sharing.changes import exchanges, searches
from licensing.sharing.changes.disclosures import Told
from licensing.sharing.rules import ExchangeKind, Method, Outcome, SearchPurpose, SearchResult, SearchTerm
from licensing.suitability.applying import ApplicationKind, Item, ItemKind, ItemState, Readiness
from licensing.suitability.changes import applications as changes
from licensing.suitability.queries import applications as queries
from licensing.suitability.readiness import readiness
from licensing.training import keeping
from licensing.training.rules import Audience, Unit, When
from licensing.vetting.rules import CheckKind

BRISTOL = exchanges.ToWhom(None, "Bristol City Council", "Licensing", Method.POST)


@pytest.fixture
def application_id(app: Flask) -> UUID:
    licence_id = licence_of(register.add(register.numbered(1), accounts.OXFORD))
    with acting() as user:
        received = changes.receive(user, licence_id, ApplicationKind.RENEWAL, YESTERDAY)
        db.session.commit()
    return received


def ready(application_id: UUID) -> Readiness:
    with acting():
        return readiness(queries.application(application_id), TODAY)


def line(found: Readiness, label: str) -> Item:
    return next(item for item in found.items if item.label == label)


def search(user: ActingUser, application_id: UUID, *authorities: str, on: date = TODAY) -> None:
    licence = db.session.get_one(Licence, queries.application(application_id).licence_id)
    assert licence.person_id
    result = SearchResult.ENTRIES if authorities else SearchResult.NO_ENTRY
    made = searches.Search(SearchPurpose.RENEWAL, on, user.id, (SearchTerm.NAME,), result, authorities, False)
    searches.record_search(user, licence.person_id, licence.id, made)
    db.session.commit()


def write_to_bristol(user: ActingUser, application_id: UUID) -> UUID:
    licence = db.session.get_one(Licence, queries.application(application_id).licence_id)
    about = {"person_id": licence.person_id, "licence_id": licence.id}
    asked = exchanges.write_to(user, ExchangeKind.INFORMATION, BRISTOL, WHO, "On what does it rest?", **about)
    db.session.commit()
    return asked.id


def test_no_decision_before_nr3s_was_searched_since_the_application_came(application_id: UUID) -> None:
    found = ready(application_id)
    assert "Search NR3S and record the search" in found.stops_decision[0]
    assert "section 3(1)" in found.stops_decision[0]
    with acting() as user:
        search(user, application_id, on=YESTERDAY - timedelta(days=1))
    assert len(ready(application_id).stops_decision) == 1

    with acting() as user:
        search(user, application_id)
    found = ready(application_id)
    assert found.stops_decision == []
    assert line(found, "NR3S searched").settled
    assert "no entry" in line(found, "NR3S searched").words


def test_an_entry_needs_a_request_its_answer_and_regard_had_before_any_decision(application_id: UUID) -> None:
    with acting() as user:
        search(user, application_id, "Bristol")
    assert "Bristol has an entry: ask it in writing" in ready(application_id).stops_decision[0]

    with acting() as user:
        request_id = write_to_bristol(user, application_id)
    assert "Send the request that is written to Bristol City Council" in ready(application_id).stops_decision[0]
    with acting() as user:
        exchanges.send(user, request_id, TODAY, Told("Name", BRISTOL.body, "Test Officer", "A request", user.id))
        db.session.commit()
    assert "Bristol City Council has not answered yet" in ready(application_id).stops_decision[0]
    with acting():
        exchanges.record_answer(request_id, Outcome.DISCLOSED, TODAY, "It rests on a conviction")
        db.session.commit()
    assert "section 3(3)" in ready(application_id).stops_decision[0]
    with acting():
        exchanges.have_regard(request_id, TODAY, "Weighed")
        db.session.commit()
    found = ready(application_id)
    assert found.stops_decision == []
    assert line(found, "Information from Bristol City Council").settled


def test_each_check_that_vetting_needs_is_a_line_and_stops_a_grant_where_its_rule_says_so(application_id: UUID) -> None:
    found = ready(application_id)
    assert line(found, "Enhanced DBS certificate").status == "Not started"
    assert any(stop.startswith("Enhanced DBS certificate: not started") for stop in found.stops_grant)
    assert not any(stop.startswith("Knowledge test") for stop in found.stops_grant)
    assert not any(stop.startswith("DBS status") for stop in found.stops_grant)
    person_id = person_of(application_id)
    vetting.record(accounts.OXFORD, person_id, vetting.CERTIFICATE)
    found = ready(application_id)
    assert line(found, "Enhanced DBS certificate").settled
    assert not any(stop.startswith("Enhanced DBS certificate") for stop in found.stops_grant)


def test_identity_is_asked_once_by_whoever_knows_it(application_id: UUID) -> None:
    labels = [item.label for item in ready(application_id).items]
    assert "Identity and photograph" in labels
    assert ItemKind.IDENTITY.label not in labels
    rule = replace(vetting.OWN_RULE, check=CheckKind.REFERENCE, family=Family.DRIVER)
    assert ItemKind.REFERENCES.label in labels
    vetting.make_rule(accounts.OXFORD, rule)
    labels = [item.label for item in ready(application_id).items]
    assert "Reference" in labels
    assert ItemKind.REFERENCES.label not in labels


@pytest.mark.parametrize(("verified", "stops"), [(True, 1), (False, 0)])
def test_training_stops_a_grant_by_a_policy_that_was_verified_and_says_by_when_it_is_asked(
    application_id: UUID, verified: bool, stops: int
) -> None:
    policy = {"audience": Audience.DRIVER, "length": 3, "unit": Unit.YEARS, "needed": When.BEFORE_APPLYING}
    where = {"valid_from": YESTERDAY, "source": "Policy 4", "verified": verified, "reason": "Adopted"}
    with acting(Role.LICENSING_MANAGER) as user:
        keeping.change_policy(user, {**policy, **where})
        db.session.commit()
    found = ready(application_id)
    item = line(found, "Safeguarding training")
    assert item.status == "Not recorded"
    assert "must be completed before applying" in item.words
    assert sum(stop.startswith("Training: not recorded") for stop in found.stops_grant) == stops


def test_a_driver_check_that_met_the_applicant_since_the_receipt_is_known(app: Flask) -> None:
    khan = register.add(replace(register.KHAN, licences=register.PLAIN.licences), accounts.OXFORD)
    with acting() as user:
        received = changes.receive(user, licence_of(khan), ApplicationKind.RENEWAL, YESTERDAY)
        db.session.commit()
    label = ItemKind.DRIVER_CHECK.label
    assert not line(ready(received), label).settled

    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    assert "on record" in answer_to(officer, name="Mohammed Aslam Khan", **boxes("date_of_birth", 4, 3, 1980))
    found = line(ready(received), label)
    assert found.settled
    assert dates.in_words(TODAY) in found.words
    with acting():
        assert queries.checked_on(khan, TODAY + timedelta(days=1)) is None


def test_an_officers_own_word_on_the_driver_check_goes_before(application_id: UUID) -> None:
    with acting() as user:
        told = (ItemKind.DRIVER_CHECK, ItemState.LOOKED_AT_INCOMPLETE, TODAY, "Without the county")
        changes.say_item(user, application_id, *told)
        db.session.commit()
    assert line(ready(application_id), ItemKind.DRIVER_CHECK.label).status == "Looked at, incomplete"


def person_of(application_id: UUID) -> UUID:
    with acting():
        person_id = queries.application(application_id).licence.person_id
    assert person_id
    return person_id
