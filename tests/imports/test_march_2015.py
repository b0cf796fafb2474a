"""The county's picture of March 2015: brought in from files, and read back from the lists with the same figures."""

import html
import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts, briefings, disruption, register
from flask import Flask
from imports.conftest import BringIn
from imports.first_trial import trial
from pypdf import PdfReader
from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.disruption.models import Action, ActionAgency, ActionEvent, EffectReview, Target
from licensing.disruption.words import AgencyKind
from licensing.figures.rules import Period
from licensing.imports.rules import ImportKind
from licensing.register.models import Premises
from licensing.register.places import PremisesKind

ACTIONS = (
    "source_id,power_code,lead_agency,partner_agencies,target_kind,target_name,target_address,target_postcode,"
    "decided_on,in_force_on,ends_on,outcome,result\n"
)
# Two guesthouses and one pub, by fire safety, health and safety, and trading standards.
CLOSURES = (
    "C1,FIRE31,fire and rescue,trading standards; EH,guesthouse,The Sample Lodge,1 Sample Street,OX99 1AA,"
    "2013-06-04,2013-06-04,2013-09-30,ended,effective\n"
    "C2,HSW22,environmental health,fire service|police,guesthouse,Sample View,2 Sample Street,OX99 1AA,"
    "2013-11-12,2013-11-14,,complied,effective\n"
    "C3,S169A,trading standards,police,pub,The Sample Arms,3 Sample Street,OX99 1AA,"
    "2014-05-01,2014-05-02,2014-05-09,expired,partial\n"
)
AGENCIES = (
    AgencyKind.POLICE,
    AgencyKind.CHILDRENS_SERVICES,
    AgencyKind.FIRE_AND_RESCUE,
    AgencyKind.TRADING_STANDARDS,
    AgencyKind.ENVIRONMENTAL_HEALTH,
    AgencyKind.LICENSING,
    AgencyKind.OTHER,
)
INDICATORS = (
    "code,agency,period_start,period_end,value\n"
    'MASH enquiries,children’s services,2014-10-01,2015-01-31,"4,592"\n'
    "MASH_ASSESSMENTS,childrens_services,2014-10-01,2015-01-31,1337\n"
    "SCREENING_TOOLS,E07000178 Other,2014-04-01,2014-12-31,327\n"
    "caseload,E07000178 Other,2015-01-01,2015-01-31,70\n"
    "known victims,E07000178 Other,1999-01-01,2014-12-31,373\n"
    "WORKFORCE_TRAINED,children’s services,2011-04-01,2015-02-28,7000\n"
)
AWARENESS = (
    "source_id,kind,audience,held_on,place,reach,agency\n"
    "W1,drama workshop,young people,2014-07-01,Schools of the county,6000,children’s services\n"
    "W2,briefing,stakeholders,2014-03-10,Oxford,150,children’s services\n"
    "W3,learning event,stakeholders,2014-11-20,Oxford,300,children’s services\n"
    "W4,visits,hotels,2014-09-15,Oxford,43,licensing\n"
    "W5,training,taxi drivers,2014-10-01,Oxford,612,licensing\n"
)


def notices() -> str:
    """Sixty abduction notices since 2011, each to somebody else."""
    first, lines = date(2011, 3, 1), []
    for number in range(1, 61):
        day = (first + timedelta(days=number * 23)).isoformat()
        lines.append(f"N{number},CAWN,police,children’s services,person,Adult Sample {number},,,{day},{day},,issued,\n")
    return "".join(lines)


def trials() -> str:
    """The first trial; since April 2013 nine more with ten convicted and 48 years; one under way with seven."""
    lines = [
        f"T{number},Sample Crown Court,2013-05-01,2013-06-01,Defendant 1,guilty,58,no,," for number in range(2, 11)
    ]
    lines.append("T10,Sample Crown Court,2013-05-01,2013-06-01,Defendant 2,guilty,54,no,,")
    lines += [f"T11,Sample Crown Court,2015-01-12,,Defendant {number},awaited,,,," for number in range(1, 8)]
    return trial() + "\n".join(lines) + "\n"


@pytest.fixture
def desk(app: Flask, officer: ActingUser) -> CheckingClient:
    """A licensing officer's browser, in a council with every agency, two guesthouses and a pub on the register."""
    for kind in AGENCIES:
        disruption.agency(kind)
    for name, kind in (
        ("The Sample Lodge", PremisesKind.GUESTHOUSE),
        ("Sample View", PremisesKind.GUESTHOUSE),
        ("The Sample Arms", PremisesKind.PUB),
    ):
        register.add_premises(accounts.OXFORD, name, kind)
    return browsers.of_user(app, officer.id)


def words_of(desk: CheckingClient, address: str) -> str:
    """What a page says, without its tags."""
    page = desk.get(address).text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


FILES = {
    ImportKind.DISRUPTION: (ACTIONS + notices() + CLOSURES, 63),
    ImportKind.COURTS: (trials(), 30),
    ImportKind.INDICATORS: (INDICATORS, 6),
    ImportKind.AWARENESS: (AWARENESS, 5),
}


def test_the_picture_of_march_2015_is_brought_in_and_read_back(bring_in: BringIn, desk: CheckingClient) -> None:
    for kind, (content, rows) in FILES.items():
        first, again = bring_in(kind, content), bring_in(kind, content)
        assert (first["rejected"], first["new"], first["accepted"]) == ([], rows, rows), kind
        assert (again["unchanged"], again["accepted"]) == (rows, rows), kind

    actions = words_of(desk, "/actions?every=y")
    for power, code, number in (
        ("Child abduction warning notice", "CAWN", 60),
        ("Fire safety prohibition notice", "FIRE31", 1),
        ("Health and safety prohibition notice", "HSW22", 1),
        ("Closure for persistently selling alcohol to children", "S169A", 1),
    ):
        assert f"{power} {code} {number}" in actions
    closed = words_of(desk, "/actions?every=y&target=premises")
    assert all(name in closed for name in ("The Sample Lodge", "Sample View", "The Sample Arms"))
    assert "CAWN" not in closed.partition("How many by each power")[2]
    assert "26 defendants, 17 guilty, 143 years in all, 6 witnesses, 7 awaiting" in words_of(desk, "/courts")
    since = "/courts?from_on-day=1&from_on-month=4&from_on-year=2013"
    assert "10 cases, 9 ended, 1 under way; 17 defendants, 10 guilty, 48 years" in words_of(desk, since)
    ended = words_of(desk, f"{since}&until_on-day=31&until_on-month=12&until_on-year=2014")
    assert "9 cases, 9 ended, 0 under way; 10 defendants, 10 guilty, 48 years in all" in ended
    first = words_of(desk, "/courts?until_on-day=31&until_on-month=3&until_on-year=2013")
    assert "1 case, 1 ended, 0 under way; 9 defendants, 7 guilty, 95 years in all, 6 witnesses" in first
    indicators = words_of(desk, "/indicators")
    assert "4,592" in indicators
    assert "1,337" in indicators
    assert "1 October 2014 to 31 January 2015" in indicators
    reached = words_of(desk, "/awareness")
    assert "Children and young people 1 6,000" in reached
    assert "Partners and other councils 2 450" in reached
    assert "Hotels and guesthouses 1 43" in reached
    assert "Taxi and private hire drivers 1 612" in reached


def test_the_picture_of_march_2015_is_printed_in_a_briefing_of_the_county(
    app: Flask, bring_in: BringIn, desk: CheckingClient
) -> None:
    for kind, (content, _) in FILES.items():
        bring_in(kind, content)
    db.session.commit()
    office = briefings.office()
    made = briefings.drafted(office, period=Period(date(2011, 3, 1), date(2015, 3, 31)))
    author = browsers.of_user(app, office.author)
    page = words_of(author, f"/briefings/{made}")
    pdf = PdfReader(BytesIO(author.get(f"/briefings/{made}/pdf").data))
    printed = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    assert len(pdf.pages) == 2
    for line in (
        "Child abduction warning notice 60",
        "Guesthouses closed 2",
        "Pubs closed 1",
        "Trials concluded 10",
        "Trials under way 1",
        "Defendants convicted 17",
        "Sentences, in months 1,716",
        "Enquiries to the safeguarding hub 4,592",
        "Assessments by the safeguarding hub 1,337",
        "Screening tools completed 327",
    ):
        assert line in page
        assert line in printed


def test_closures_are_linked_with_the_register_and_looked_at_as_the_file_says(
    bring_in: BringIn, desk: CheckingClient
) -> None:
    bring_in(ImportKind.DISRUPTION, ACTIONS + CLOSURES)
    kinds = select(Premises.kind).join(Target, Target.record_id == Premises.id).order_by(Premises.kind)
    assert list(db.session.scalars(kinds)) == [PremisesKind.GUESTHOUSE, PremisesKind.GUESTHOUSE, PremisesKind.PUB]
    fire = db.session.scalars(select(Action).where(Action.source_id == "C1")).one()
    agencies = select(ActionAgency).where(ActionAgency.action_id == fire.id)
    assert {one.agency.kind for one in db.session.scalars(agencies)} == {
        AgencyKind.FIRE_AND_RESCUE,
        AgencyKind.TRADING_STANDARDS,
        AgencyKind.ENVIRONMENTAL_HEALTH,
        AgencyKind.LICENSING,  # for which it is recorded
    }
    events = select(ActionEvent).where(ActionEvent.action_id == fire.id).order_by(ActionEvent.number)
    assert [(one.kind.value, one.on_day.isoformat()) for one in db.session.scalars(events)] == [
        ("considered", "2013-06-04"),
        ("authorised", "2013-06-04"),
        ("served", "2013-06-04"),
        ("in_force", "2013-06-04"),
        ("ended", "2013-09-30"),
    ]
    assert (fire.state.value, fire.ended_on) == ("ended", date(2013, 9, 30))
    looks = select(EffectReview.after_days, EffectReview.effect).order_by(EffectReview.effect)
    assert [(days, effect.value) for days, effect in db.session.execute(looks)] == [
        (90, "effective"),
        (90, "effective"),
        (90, "partial"),
    ]
    shown = words_of(desk, f"/actions/{fire.id}")
    assert "has no day of service: it was on this day at the latest" in shown
