"""What is linked with a record, with the reader's rights: what they may not know changes nothing at all."""

import re
from datetime import date
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, allegations, disruption, operations, register
from flask import Flask
from sqlalchemy import select

from licensing import dates
from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.links.presenting import Shown, links_of
from licensing.links.rules import Thing, ThingKind
from licensing.operations.changes.recording import Seen
from licensing.operations.words import FindingKind
from licensing.permissions import Role
from licensing.register.models import Licence
from licensing.suitability.changes import courts
from licensing.suitability.sentences import Verdict

COUNTY, OXFORD, CHERWELL = accounts.COUNTY, accounts.OXFORD, accounts.CHERWELL
CAR = Seen(FindingKind.VEHICLE, "ab12 cde", "Waited with its lights off.", needs_follow_up=False)


@pytest.fixture
def officer(app: Flask) -> UUID:
    disruption.agency(AgencyKind.LICENSING)
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def khan(officer: UUID) -> UUID:
    return register.add(register.KHAN, OXFORD)


@pytest.fixture
def things(khan: UUID, officer: UUID) -> register.Things:
    """A company with a director, a vehicle and a pub, whose supervisor the director is."""
    return register.add_things(OXFORD, khan, officer)


def seen(app: Flask, user_id: UUID, kind: ThingKind, record_id: UUID) -> Shown:
    """What somebody is shown of a record's links."""
    with app.test_request_context(), disruption.as_user(user_id):
        return links_of(Thing(kind, str(record_id)))


def links(shown: Shown) -> set[tuple[str, ...]]:
    return {tuple(re.sub(r"<[^>]+>", "", str(row[key])) for key in ("one", "words", "other")) for row in shown.rows}


def masked(page: str) -> str:
    return re.sub(r'nonce="[^"]+"|name="csrf_token"[^>]*value="[^"]+"', "", page)


def test_a_person_leads_to_what_they_play_a_part_in_and_to_what_hangs_on_that(
    app: Flask, officer: UUID, khan: UUID, things: register.Things
) -> None:
    shown = seen(app, officer, ThingKind.PERSON, khan)
    told = {words for _, words, _ in links(shown)}
    assert {"Director", "Designated premises supervisor, 24/01234/PREM"} <= told
    assert {"Holds Private hire vehicle PHV045", "Holds Premises licence 24/01234/PREM"} <= told
    assert [box.thing for box in shown.drawing.boxes if box.x < 100] == [Thing(ThingKind.PERSON, str(khan))]
    assert {box.thing.id for box in shown.drawing.boxes} == {
        str(one) for one in (khan, things.organisation_id, things.vehicle_id, things.premises_id)
    }


def test_an_action_an_operation_and_a_register_meet_in_the_same_things(
    app: Flask, officer: UUID, khan: UUID, things: register.Things
) -> None:
    pub = Aim(TargetKind.PREMISES, "The Arms", "2 Sample Street", "", things.premises_id, accounts.authority_id(OXFORD))
    disruption.consider(officer, "PREMVISIT", pub, disruption.agency(AgencyKind.LICENSING))
    operation_id = operations.plan(officer)
    operations.begin(officer, operation_id)
    operations.find(officer, operation_id, CAR)
    operations.find(officer, operation_id)
    shown = seen(app, officer, ThingKind.VEHICLE, things.vehicle_id)
    place = seen(app, officer, ThingKind.PREMISES, things.premises_id)
    assert ("Lamplight (operation)", "Found", "AB12 CDE (vehicle)") in links(shown)
    assert ("Lamplight (operation)", "Found", "Rowan Sampleton (person)") in links(shown)
    assert any("Directed at" in row for row in links(place))
    assert all(row["source"] and row["days"] for row in shown.rows)


def test_a_name_that_stands_in_two_places_is_one_thing_and_leads_on(app: Flask, officer: UUID) -> None:
    licensing = disruption.agency(AgencyKind.LICENSING)
    operation_id = operations.plan(officer)
    operations.begin(officer, operation_id)
    operations.find(officer, operation_id)
    hotel = Aim(TargetKind.PREMISES, "Harbour Hotel", "4 Sample Wharf", "OX1 1ZW")
    made = disruption.consider(officer, "PREMVISIT", hotel, licensing)
    told = links(seen(app, officer, ThingKind.ACTION, made))
    assert ("Lamplight (operation)", "Went to", "Harbour Hotel (premises)") in told


def tried(officer: UUID, *person_ids: UUID) -> UUID:
    """Holders who stand in one trial."""
    with disruption.as_user(officer) as user:
        case_id = courts.record_case(user, "Sample Crown Court", date(2025, 3, 3), witnesses=2)
        for licence in db.session.scalars(
            select(Licence).where(Licence.person_id.in_(person_ids), Licence.vehicle_id.is_(None)).order_by(Licence.id)
        ):
            if licence.premises_id is None:
                courts.add_defendant(user, case_id, Verdict.GUILTY, licence.id)
        db.session.commit()
        return case_id


def test_those_who_stood_in_one_trial_meet_in_it(app: Flask, officer: UUID, khan: UUID) -> None:
    other = register.add(register.PLAIN, OXFORD)
    case_id = tried(officer, khan, other)
    shown = seen(app, officer, ThingKind.PERSON, khan)
    rows = [row for row in shown.rows if row["one"].startswith("<a") and "Defendant" in row["words"]]
    assert {box.thing.id for box in shown.drawing.boxes} >= {str(khan), str(case_id), str(other)}
    assert len(rows) == 2
    assert all(row["source"].startswith("Court case ") for row in rows)
    assert {row["days"] for row in rows} == {"from 3 March 2025"}
    # Whoever does not read casework sees no trial; another council sees neither.
    page = browsers.of_user(app, officer).get(f"/people/{khan}/links").text
    assert "Petra Example" in page
    assert (
        browsers.of_user(app, accounts.user(Role.LICENSING_OFFICER, CHERWELL)).get(f"/people/{khan}/links").status_code
        == 404
    )


def test_a_person_known_to_two_councils_is_linked_and_the_other_record_tells_nothing(
    app: Flask, officer: UUID, khan: UUID
) -> None:
    accounts.agree(OXFORD, CHERWELL)
    there = register.add(register.KHAN, CHERWELL)
    neighbour = accounts.user(Role.LICENSING_OFFICER, CHERWELL)
    before = masked(browsers.of_user(app, officer).get(f"/people/{khan}/links").text)
    link = register.link(khan, there)
    shown = seen(app, officer, ThingKind.PERSON, khan)
    [row] = [one for one in shown.rows if one["source"] == "Link of two councils"]
    told = re.sub(r"<[^>]+>", "", f"{row['one']} {row['words']} {row['other']}")
    assert "The same person, as both councils agreed" in told
    assert "Record of " in told
    assert "Cherwell" in told
    assert str(there) not in browsers.of_user(app, officer).get(f"/people/{khan}/links").text
    assert row["days"] == f"from {dates.in_words(dates.today())}"
    after = browsers.of_user(app, officer).get(f"/people/{khan}/links").text
    # What the other council does with its record changes nothing here: it has a trial of its own, and an allegation.
    tried(neighbour, there)
    allegations.open_case(allegations.officer(), there)
    assert masked(browsers.of_user(app, officer).get(f"/people/{khan}/links").text) == masked(after)
    register.unlink(link)
    assert masked(browsers.of_user(app, officer).get(f"/people/{khan}/links").text) == before


def test_what_is_hidden_from_a_reader_changes_not_one_byte_of_their_answer(
    app: Flask, officer: UUID, khan: UUID, things: register.Things
) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector = disruption.officer_of(police, COUNTY)
    asked = [
        f"/people/{khan}/links",
        f"/organisations/{things.organisation_id}/links",
        f"/vehicles/{things.vehicle_id}/links",
        f"/places/{things.premises_id}/links",
        f"/places/{things.premises_id}",
    ]

    def answers() -> list[str]:
        pages = [browsers.of_user(app, officer).get(address) for address in asked]
        assert all(page.status_code == 200 for page in pages)
        return [masked(page.text) for page in pages]

    before = answers()
    aim = Aim(TargetKind.PERSON, "Mohammed Aslam Khan", "", "", khan, accounts.authority_id(OXFORD))
    hidden = disruption.consider(inspector, "CAWN", aim, police)
    operation_id = operations.plan(inspector)
    operations.begin(inspector, operation_id)
    operations.find(inspector, operation_id, CAR)
    allegations.open_case(allegations.officer(), khan)
    assert answers() == before
    # The police know whom they warned, and nothing of his licences.
    told = links(seen(app, inspector, ThingKind.ACTION, hidden))
    assert {(one, words) for one, words, _ in told} == {("Child abduction warning notice (action)", "Directed at")}
    assert browsers.of_user(app, officer).get(f"/actions/{hidden}/links").status_code == 404


def test_a_partner_sees_a_place_by_what_they_know_and_nobody_of_the_register(
    app: Flask, things: register.Things
) -> None:
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)
    inspector = disruption.officer_of(fire, COUNTY)
    pub = Aim(TargetKind.PREMISES, "The Arms", "2", "", things.premises_id, accounts.authority_id(OXFORD))
    disruption.consider(inspector, "PREMVISIT", pub, fire)
    page = browsers.of_user(app, inspector).get(f"/places/{things.premises_id}/links").text
    assert "Directed at" in page
    assert "Khan" not in page
    assert "Sample Cars" not in page
    assert browsers.of_user(app, inspector).get(f"/vehicles/{things.vehicle_id}/links").status_code == 403


def test_ended_parts_keep_their_days(app: Flask, officer: UUID, khan: UUID, things: register.Things) -> None:
    rows = seen(app, officer, ThingKind.PREMISES, things.premises_id).rows
    days = {row["words"]: row["days"] for row in rows}
    assert days["Designated premises supervisor, 24/01234/PREM"] == "from 1 March 2024"
