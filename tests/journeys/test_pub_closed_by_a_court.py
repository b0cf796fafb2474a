"""Story 22: a court closes a pub. Its council hears, reviews the licence in time, and nothing is revoked by itself."""

from datetime import timedelta
from uuid import UUID

from accounts import browsers
from factories import accounts, disruption, register
from flask import Flask
from journeys.deciding import answers, decide, send
from journeys.reading import words
from sqlalchemy import text

from licensing import dates
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, EventKind, Rank, TargetKind
from licensing.permissions import Role
from licensing.setup import owner_session

OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL


def order(place_id: UUID) -> None:
    """The police of elsewhere apply; the court closes the pub five days ago."""
    on, police = dates.today() - timedelta(days=5), disruption.agency(AgencyKind.POLICE, CHERWELL, is_partner=True)
    inspector = disruption.officer_of(police, CHERWELL)
    aim = Aim(TargetKind.PREMISES, "The Tugboat", "2 Sample Wharf", "", place_id, accounts.authority_id(OXFORD))
    made = disruption.consider(inspector, "ASBCO", aim, police, considered_on=on)
    closed = Event(EventKind.IN_FORCE, on, ends_on=on + timedelta(days=60), rank=Rank.COURT)
    disruption.tell(inspector, made, Event(EventKind.AUTHORISED, on, rank=Rank.COURT), closed)


def test_from_the_order_through_the_review_to_the_timeline_of_the_place(app: Flask) -> None:
    today, received = dates.today(), dates.today() - timedelta(days=4)
    disruption.agency(AgencyKind.LICENSING)
    pub = register.add_things(OXFORD, register.add(register.KHAN, OXFORD), accounts.user(Role.LICENSING_OFFICER))
    licence = str(pub.premises_licence_id)
    order(pub.premises_id)
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    assert "Look at it again" in words(officer.get("/work").text)
    assert "In force" in words(officer.get(f"/licences/{licence}").text)

    given = {
        "source": "closure_order",
        "ground": "licensing_objectives",
        "received_on": received,
        "opened_on": received,
    }
    given |= {"received_time": "", "concern": "The court closed it.", "case_reference": ""}
    page = send(officer, f"/licences/{licence}/consideration", **given)
    asked = {"decided_on": today, "maker": "sub_committee", "minute_ref": "Minute 14", "power": "LA167"}
    told = {"grounds": "objectives", "reasons": "Disorder.", "condition": "Door staff from 9pm."}
    decide(officer, licence, "modify_conditions", answers(**asked, **told))
    with owner_session() as session:
        found = "SELECT due_on, met_on FROM clock WHERE code = 'LA_167_DETERMINE' AND object_id = :id"
        [clock] = session.execute(text(found), {"id": page.rpartition("/")[2]})
    assert tuple(clock) == (received + timedelta(days=28), today)
    assert "In force" in words(officer.get(f"/licences/{licence}").text)

    place = words(officer.get(f"/places/{pub.premises_id}").text)
    timeline = place[place.index("What has happened") :]
    for line in ("Closure order: in force", "Review of the licence began", "Review of the licence ended"):
        assert line in timeline, line
