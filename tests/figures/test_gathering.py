"""Figures against small worlds counted by hand, as at a moment, and in the sight of whoever asks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from factories import accounts, allegations, disruption, register, training, vetting
from flask import Flask
from sqlalchemy import select, text

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.disruption import queries
from licensing.disruption.changes import acting
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, EventKind, Rank, TargetKind
from licensing.figures import queries as queries_of_figures
from licensing.figures.gathering import Figure, figures
from licensing.figures.rules import Period
from licensing.measures.rules import quarter_of
from licensing.permissions import Role
from licensing.register.changes.events import append_event
from licensing.register.details import LicenceDetails
from licensing.register.models import Licence
from licensing.setup import owner_session
from licensing.vetting.rules import CheckKind

TODAY = dates.today()
LATELY = Period(TODAY - timedelta(days=60), TODAY)
REVOKED_LATELY = replace(register.REVOKED, decided_on=TODAY - timedelta(days=9), notified_on=TODAY - timedelta(days=9))


def counted(place: str | None = None, period: Period = LATELY, at: datetime | None = None) -> dict[str, Figure]:
    """As the console counts, which sees every council."""
    with owner_session() as session:
        return {one.code: one for one in figures(session, period, at or datetime.now(UTC), place)}


def now() -> datetime:
    with owner_session() as session:
        return session.scalars(text("SELECT clock_timestamp()")).one()


def add_drivers(code: str, first: int, number: int, *events: object) -> list[object]:
    """So many drivers with a private hire licence in force, or with what happened to it since."""
    made = []
    for one in range(first, first + number):
        person = register.numbered(one)
        licence = person.licences[0]
        made.append(replace(person, licences=(replace(licence, events=(*licence.events, *events)),)))
    return register.add_all(made, code)


def test_a_small_world_is_counted_as_by_hand(app: Flask) -> None:
    oxford = add_drivers(accounts.OXFORD, 1, 30)
    add_drivers(accounts.CHERWELL, 101, 25)
    add_drivers(accounts.OXFORD, 201, 7, REVOKED_LATELY)
    for person_id in oxford[:24]:
        training.record(accounts.OXFORD, person_id)
    for person_id in oxford[:15]:
        vetting.record(accounts.OXFORD, person_id, vetting.satisfied(CheckKind.DBS_STATUS, TODAY - timedelta(days=20)))
    vetting.record(accounts.OXFORD, oxford[20], vetting.satisfied(CheckKind.DBS_STATUS, TODAY - timedelta(days=400)))
    found = counted()
    in_force = found["licences.private_hire_driver.in_force"]
    assert (in_force.value, in_force.by_place[accounts.OXFORD], in_force.by_place[accounts.CHERWELL]) == (
        55,
        "30",
        "25",
    )
    assert found["decisions.revoked"].value == found["decisions.revoked_immediate"].value == 7
    assert found["decisions.revoked"].previous == 0
    # Of Cherwell neither training nor checks are recorded: it is in no sum of them.
    assert found["training.in_date_percent"].value == round(100 * 24 / 30)
    assert found["vetting.dbs_current_percent"].value == round(100 * 15 / 30)
    assert found["training.in_date_percent"].by_place[accounts.CHERWELL] == "not known"
    assert found["decisions.refused"].shown == "0"
    assert found["mash.enquiries"].value is None
    assert found["mash.enquiries"].shown == "not known"
    assert found["mash.enquiries"].reason


def test_what_nobody_recorded_is_not_known_and_never_nought(app: Flask) -> None:
    """Of nothing at all; of a period before anything was recorded; and of one in which the council was not there."""
    of_nothing = counted()
    known = {code for code, one in of_nothing.items() if not one.reason and not code.startswith("lado.")}
    # A share of none has no number either.
    assert known == {"decisions.immediate_in_order_percent"}
    add_drivers(accounts.OXFORD, 1, 30)
    found = counted()
    assert (found["decisions.revoked"].shown, found["training.in_date_percent"].shown) == ("0", "not known")
    assert found["training.in_date_percent"].reason == "no training of a driver was recorded here by the last day"
    assert found["nr3s.searches"].reason == "no search of the national register was recorded here by the last day"
    assert found["courts.trials"].shown == "not known"
    assert found["decisions.revoked"].by_place[accounts.CHERWELL] == "not known"
    granted = register.GRANTED.decided_on
    assert granted is not None
    first = counted(period=Period(granted, granted + timedelta(days=30)))["decisions.granted"]
    assert (first.value, first.previous_shown, first.last_year_shown) == (30, "not known", "not known")
    with owner_session() as session:
        began = TODAY - timedelta(days=90)
        session.execute(text("UPDATE authority SET valid_from = :began WHERE tier = 'district'"), {"began": began})
        session.commit()
    young = counted()["licences.private_hire_driver.in_force"]
    assert (young.value, young.previous_shown) == (30, "not known")


def test_a_small_count_of_people_is_not_told_and_one_of_places_is(app: Flask) -> None:
    add_drivers(accounts.OXFORD, 1, 3, REVOKED_LATELY)
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, accounts.COUNTY)
    disruption.closed(disruption.officer_of(fire, accounts.COUNTY), fire, TODAY - timedelta(days=9))
    found, oxford = counted(), counted(accounts.OXFORD)
    assert (found["decisions.revoked"].value, found["decisions.revoked"].shown) == (None, "fewer than 5 or withheld")
    assert oxford["decisions.revoked"].value is None
    assert found["disruption.premises_closed.guesthouse"].value == 1
    assert found["disruption.FIRE31"].shown == "1"


def test_what_is_recorded_later_does_not_change_what_had_been_recorded_by_then(app: Flask) -> None:
    people = add_drivers(accounts.OXFORD, 1, 12)
    moment = now()
    before = counted(at=moment)
    officer = accounts.user(Role.LICENSING_MANAGER, accounts.OXFORD)
    with acting_as(accounts.open_session(officer)):
        user = who_is_acting()
        assert user is not None
        for person_id in people[:6]:
            licence_id = db.session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
            append_event(user, licence_id, REVOKED_LATELY)
        db.session.commit()
    training.record(accounts.OXFORD, people[7])
    after, again = counted(), counted(at=moment)
    assert after["licences.private_hire_driver.in_force"].value == 6
    assert after["decisions.revoked"].value == 6
    assert again == before
    assert again["licences.private_hire_driver.in_force"].value == 12


def test_the_figures_of_march_2015_are_had_from_the_records(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, accounts.COUNTY, is_partner=True)
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE, accounts.COUNTY)
    sergeant, inspector = (disruption.officer_of(one, accounts.COUNTY) for one in (police, fire))
    pub = Aim(TargetKind.PREMISES, "The Sample Arms", "2 Sample Street", "OX1 1ZZ")
    second = replace(disruption.GUESTHOUSE, name="Second Guest House")
    for place in (disruption.GUESTHOUSE, second, pub):
        disruption.closed(inspector, fire, TODAY - timedelta(days=9), place)
    with disruption.as_user(sergeant) as user:
        power, day = queries.versions_of("CAWN")[0], TODAY - timedelta(days=9)
        for number in range(60):
            adult = Aim(TargetKind.PERSON, f"Sample Adult {number}")
            made = acting.consider(
                user, acting.Plan(power.id, police, police, day, [adult], "To keep a child safe.", "Two calls.")
            )
            for event in (Event(EventKind.AUTHORISED, day, rank=Rank.INSPECTOR), Event(EventKind.SERVED, day)):
                acting.record_event(user, made, event, officer="Officer 101", words="")
        db.session.commit()
    found = counted()
    assert found["disruption.CAWN"].value == 60
    assert found["disruption.premises_closed.guesthouse"].value == 2
    assert found["disruption.premises_closed.pub"].value == 1


def test_one_hidden_case_more_changes_no_figure(app: Flask) -> None:
    """Twin worlds: below the threshold, none is told as some. The case is of a year and a quarter that are counted."""
    lado = allegations.officer()
    before = counted()
    case_id, day = allegations.open_case(lado), quarter_of(TODAY).from_on - timedelta(days=100)
    with owner_session() as session:
        moved = "UPDATE lado_case SET referred_on = :day, threshold_on = :day WHERE id = :case"
        session.execute(text(moved), {"day": day, "case": case_id})
        session.commit()
        [raw] = queries_of_figures.counted(session, queries_of_figures.places_counted(session), [LATELY], now())
    assert raw.numbers[accounts.COUNTY, "lado.licensed_transport.referred"] == 1
    after = counted()
    assert {code: one.shown for code, one in after.items()} == {code: one.shown for code, one in before.items()}
    assert after["lado.licensed_transport.open"].shown == "fewer than 5"


@pytest.mark.parametrize(
    ("role", "code", "places", "counted_of"),
    [
        (Role.BRIEFING_AUTHOR, accounts.COUNTY, 6, 2),
        (Role.BRIEFING_APPROVER, accounts.OXFORD, 1, 1),
        (Role.BRIEFING_READER, accounts.COUNTY, 0, 0),
        (Role.DESIGNATED_OFFICER, accounts.COUNTY, 0, 0),
        # Returns are of one's own council, and of a county not of its districts.
        (Role.LICENSING_MANAGER, accounts.OXFORD, 0, 1),
        (Role.LICENSING_OFFICER, accounts.COUNTY, 0, 0),
    ],
)
def test_the_database_counts_for_the_office_alone_and_no_further_than_its_area(
    app: Flask, role: Role, code: str, places: int, counted_of: int
) -> None:
    add_drivers(accounts.OXFORD, 1, 1)
    add_drivers(accounts.CHERWELL, 101, 1)
    asked = {"firsts": [LATELY.from_on], "lasts": [LATELY.until_on], "at": datetime.now(UTC)}
    with acting_as(accounts.open_session(accounts.user(role, code))):
        assert len(list(db.session.scalars(text("SELECT figures_area()")))) == places
        rows = db.session.execute(text("SELECT * FROM figures_of_holders(:firsts, :lasts, :at)"), asked).all()
        assert len({row.authority_id for row in rows}) == counted_of


def test_a_council_is_told_its_own_as_they_are_in_its_own_edition(app: Flask) -> None:
    add_drivers(accounts.OXFORD, 1, 2, REVOKED_LATELY)
    with acting_as(accounts.open_session(accounts.user(Role.BRIEFING_AUTHOR, accounts.OXFORD))):
        own = figures(db.session(), LATELY, datetime.now(UTC), accounts.OXFORD, restricted=True)
    found = {one.code: one for one in own}
    assert found["decisions.revoked"].value == 2
    assert not [code for code in found if code.startswith("lado.")]


def test_a_licence_of_a_dual_driver_is_one(app: Flask) -> None:
    dual = replace(
        register.KHAN, licences=(LicenceDetails(register.KHAN.licences[0].kind, "D/1", "1", (register.GRANTED,)),)
    )
    register.add(dual, accounts.OXFORD)
    add_drivers(accounts.OXFORD, 1, 9)
    found = counted(period=Period(date(2024, 3, 1), TODAY))
    assert found["decisions.granted"].value == 10
    assert found["licences.dual_driver.in_force"].shown == "fewer than 5 or withheld"
