"""The catalogue of powers, and "which powers could we use here?" in ten worked cases."""

import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from accounts import browsers
from flask import Flask

from licensing.deadlines.catalogue import national_rules
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import Calendar, Unit, reckon
from licensing.disruption.catalogue import national_powers
from licensing.disruption.facts import Fact
from licensing.disruption.models import PowerRow
from licensing.disruption.powers import (
    Length,
    Power,
    check_agency,
    check_extension,
    check_length,
    check_rank,
    code_key,
    fitting,
)
from licensing.disruption.words import AgencyKind, Harm, Rank, TargetKind
from licensing.errors import RuleBroken
from licensing.permissions import Role

TODAY = date(2026, 11, 2)
MIGRATIONS = Path(__file__).parents[2] / "migrations" / "versions"
POWERS = [PowerRow(id=uuid4(), **row) for row in national_powers()]


def _power(code: str) -> Power:
    return next(row.as_power() for row in POWERS if row.code == code)


def test_codes_are_told_apart_however_they_are_typed() -> None:
    keys = [code_key(row.code) for row in POWERS]
    assert len(set(keys)) == len(keys)
    assert code_key("ts tob") == code_key("TS-TOB") == code_key("tstob")


@pytest.mark.parametrize("row", POWERS, ids=lambda row: row.code)
def test_each_power_has_a_source_an_agency_a_threshold_and_known_words(row: PowerRow) -> None:
    power = row.as_power()  # every word is one of the vocabulary, or this raises
    assert all((power.law, power.threshold, power.evidence, power.effect, power.appeal))
    assert all((power.used_by, power.targets, power.harms))
    assert power.review_on > date(2026, 1, 1)
    assert not (power.shortest and power.longest) or power.shortest.after(TODAY) < power.longest.after(TODAY)


C = ClockCode
# The last day of each clock of a power that begins on Monday 2 November 2026; what is not here has none.
APPEAL_BY_MAGISTRATES = {C.APPEAL_MAGISTRATES: date(2026, 11, 23)}
CLOSURE_ORDER = {C.APPEAL_CROWN: date(2026, 11, 22)}
TRIBUNAL = {C.APPEAL_TRIBUNAL: date(2026, 11, 29)}
EMPLOYMENT = {C.APPEAL_EMPLOYMENT: date(2026, 11, 23)}
OF_1976 = {C.MAG_APPEAL_1976: date(2026, 11, 23)}
OF_2003 = {C.LA_APPEAL: date(2026, 11, 22)}
LAST_DAYS: dict[str, dict[ClockCode, date]] = {
    "CPN-P": APPEAL_BY_MAGISTRATES,
    "CPN-B": APPEAL_BY_MAGISTRATES,
    "FIRE29": APPEAL_BY_MAGISTRATES,
    "FIRE30": APPEAL_BY_MAGISTRATES,
    "FIRE31": APPEAL_BY_MAGISTRATES,
    "LIC-D": OF_1976,
    "S60": OF_1976,
    "S62": OF_1976,
    "S68": {C.S68_DEEMED: date(2027, 1, 2), **OF_1976},
    "LIC-P": OF_2003,
    "PREMREV": {C.LA_REVIEW_CONSULT: date(2026, 11, 30), **OF_2003},
    "PREM53A": {C.LA_53A_INTERIM: date(2026, 11, 4), C.LA_53A_FINAL: date(2026, 11, 30), **OF_2003},
    "CJPA19": {
        C.CLOSE_CJPA_FROM: date(2026, 11, 9),
        C.CLOSE_CJPA_APPLY: date(2027, 5, 2),
        **CLOSURE_ORDER,
    },
    "ASBCO": CLOSURE_ORDER,
    "SOACL": {C.CLOSE_SOA_HEAR: date(2026, 11, 4), **CLOSURE_ORDER},
    "ASBCN": {C.CLOSE_ASB_HEAR: date(2026, 11, 4)},
    "IWCN": {C.IWCN_HEAR: date(2026, 11, 4)},
    "HSW21": EMPLOYMENT,
    "HSW22": EMPLOYMENT,
    "HA-PO": TRIBUNAL,
    "HA-EPO": TRIBUNAL,
    "HMO": TRIBUNAL,
    "HIN": {C.APPEAL_HYGIENE: date(2026, 12, 2)},
    "HEPN": {C.HEPN_APPLY: date(2026, 11, 4)},
    "IMMP": {C.APPEAL_COUNTY_COURT: date(2026, 11, 30)},
    "PSPO": {C.APPEAL_HIGH_COURT: date(2026, 12, 13)},
    "S116": {C.S116_MAX: date(2027, 5, 2), C.APPEAL_HOTEL: date(2026, 11, 22)},
    "TS-INV": {C.TS_VISIT_NOTICE: date(2026, 11, 4)},
}


@pytest.mark.parametrize("row", POWERS, ids=lambda row: row.code)
def test_each_clock_of_a_power_ends_on_its_day(row: PowerRow) -> None:
    rules, calendar = {rule.code: rule for rule in national_rules()}, Calendar(lambda _: "", {})
    power = row.as_power()
    codes = [*(code for _, code in power.starts), *power.with_decision]
    assert {code: reckon(rules[code], TODAY, calendar).due_on for code in codes} == LAST_DAYS.get(row.code, {})
    assert all(rules[code].source for code in codes)


def test_each_power_whose_appeal_has_a_number_of_days_has_a_clock() -> None:
    counted = [row for row in POWERS if re.search(r"\d+ (days|weeks)|one month", row.appeal)]
    assert len(counted) > 20
    assert not [row.code for row in counted if row.code not in LAST_DAYS]


def test_the_clocks_of_a_power_are_told_in_words(app: Flask) -> None:
    page = browsers.of_role(app, Role.DISRUPTION_OFFICER).get("/powers/PREMREV").text
    assert "28 days, beginning with the day after, once it is served or applied for. Licensing Act 2003 s.51" in page
    assert "21 days, beginning with that day, once the decision is told, and kept with that decision" in page
    assert "Incidents at the premises, each tied to the licensing objective that it failed" in page


NO_BEGINNING = (
    "From when it is the law is not verified",
    "It rests on no statute, so that no day begins it",
    "The 1976 Act holds where the council adopted it",
)


def test_a_power_without_a_known_beginning_says_so() -> None:
    unknown = [row for row in POWERS if row.active_from == date(1900, 1, 1)]
    assert unknown
    assert not [row.code for row in unknown if not any(words in row.notes for words in NO_BEGINNING)]
    began = {row.code: row.active_from for row in POWERS}
    assert began["STPO"] == date(2015, 7, 31)
    assert began["SHPO"] == date(2015, 3, 8)
    assert began["IWCN"] == date(2016, 12, 1)


@pytest.mark.parametrize("fact", Fact, ids=str)
def test_each_fact_is_asked_for_by_some_power_and_has_words(fact: Fact) -> None:
    assert fact.label
    assert any(fact in row.as_power().needs for row in POWERS)


P, A = AgencyKind, Fact
# Domain guide, part 7: at what, for what harm, whose powers, what is so; the first that fits and lacks nothing, what is
# offered as well, and what must not be.
WORKED: dict[str, tuple[dict[str, Any], set[str], set[str], set[str]]] = {
    "an adult keeps a girl of 15 from home": (
        {
            "target": TargetKind.PERSON,
            "harm": Harm.ABDUCTION,
            "agencies": [P.POLICE],
            "facts": [A.WITHOUT_CONSENT, A.CHILD_PROTECTED_BY_AGE_OR_ORDER, A.GUARDIAN_STATEMENT],
        },
        {"CAWN"},
        set(),
        {"HCI"},
    ),
    "a hotel where children were taken to rooms": (
        {
            "target": TargetKind.PREMISES,
            "harm": Harm.SEXUAL_EXPLOITATION,
            "agencies": [P.POLICE],
            "facts": [A.HOTEL_USED, A.USED_FOR_OFFENCES, A.COUNCIL_CONSULTED],
        },
        {"S116", "SOACL"},
        {"ASBCN", "PREMREV"},
        {"FIRE31"},
    ),
    "a council alone cannot use the police's powers on that hotel": (
        {
            "target": TargetKind.PREMISES,
            "harm": Harm.SEXUAL_EXPLOITATION,
            "agencies": [P.COMMUNITY_SAFETY],
            "facts": [A.HOTEL_USED, A.DISORDER, A.OWNERS_CONSULTED],
        },
        {"ASBCN", "PREMVISIT"},
        {"ASBCO"},
        {"S116", "SOACL", "HOTELREC"},
    ),
    "locked exits in a guesthouse": (
        {
            "target": TargetKind.PREMISES,
            "harm": Harm.FIRE_SAFETY,
            "agencies": [P.FIRE_AND_RESCUE],
            "facts": [A.SERIOUS_FIRE_RISK],
        },
        {"FIRE31", "FIRE29"},
        {"FIRE30"},
        {"HSW22"},
    ),
    "alcohol sold to children twice": (
        {
            "target": TargetKind.PREMISES,
            "harm": Harm.ALCOHOL_SALES,
            "agencies": [P.TRADING_STANDARDS],
            "facts": [A.SOLD_TO_CHILDREN, A.LICENSED_PREMISES],
        },
        {"S169A", "ALC146", "PREMREV"},
        {"TS-INV"},
        {"PREM53A"},
    ),
    "a pub with serious crime on its certificate": (
        {
            "target": TargetKind.PREMISES,
            "harm": Harm.SERIOUS_CRIME,
            "agencies": [P.POLICE],
            "facts": [A.SERIOUS_CRIME, A.LICENSED_PREMISES],
        },
        {"PREM53A"},
        {"PACE"},
        {"PREMREV"},
    ),
    "a kitchen that makes people ill": (
        {
            "target": TargetKind.PREMISES,
            "harm": Harm.FOOD_HYGIENE,
            "agencies": [P.ENVIRONMENTAL_HEALTH],
            "facts": [A.HEALTH_RISK],
        },
        {"HEPN"},
        {"HIN", "HEPO"},
        {"HSW22"},
    ),
    "a risk without a conviction": (
        {
            "target": TargetKind.PERSON,
            "harm": Harm.SEXUAL_EXPLOITATION,
            "agencies": [P.POLICE],
            "facts": [A.SEXUAL_ACT],
        },
        {"SRO"},
        {"SHPO"},
        {"DBSREF"},
    ),
    "a taxi that is not fit for the road": (
        {
            "target": TargetKind.VEHICLE,
            "harm": Harm.VEHICLE_SAFETY,
            "agencies": [P.LICENSING],
            "facts": [A.LICENSED_VEHICLE],
        },
        {"S68", "S60"},
        {"STOPOP"},
        {"PG9", "RTA165A"},
    ),
    "nobody is offered what has not begun": (
        {
            "target": TargetKind.PERSON,
            "harm": Harm.CRIMINAL_EXPLOITATION,
            "agencies": [P.POLICE],
            "facts": [A.EXPLOITATION_CONDUCT],
        },
        set(),
        {"CAWN", "BAIL"},
        {"CCEPO"},
    ),
}


@pytest.mark.parametrize("case", WORKED, ids=str)
def test_which_powers_could_we_use_here(case: str) -> None:
    asked, complete, lacking, absent = WORKED[case]
    fits = {fit.power.code: fit for fit in fitting([row.as_power() for row in POWERS], day=TODAY, **asked)}
    assert complete <= {code for code, fit in fits.items() if not fit.missing}
    assert lacking <= {code for code, fit in fits.items() if fit.missing}
    assert not absent & fits.keys()


def test_what_lacks_least_stands_first() -> None:
    asked, *_ = WORKED["a hotel where children were taken to rooms"]
    fits = fitting([row.as_power() for row in POWERS], day=TODAY, **asked)
    assert [len(fit.missing) for fit in fits] == sorted(len(fit.missing) for fit in fits)
    assert fits[0].power.code == "SOACL"  # nothing is missing, and it asks for most


def test_a_power_is_refused_to_an_agency_that_has_it_not_and_the_law_is_cited() -> None:
    with pytest.raises(RuleBroken, match="Trading standards may not use this power: Anti-social Behaviour"):
        check_agency(_power("S116"), AgencyKind.TRADING_STANDARDS)


@pytest.mark.parametrize(
    ("code", "rank", "may"),
    [
        ("S116", Rank.SERGEANT, False),
        ("S116", Rank.INSPECTOR, True),
        ("S116", Rank.SUPERINTENDENT, True),
        ("S116", Rank.CHIEF_EXECUTIVE, False),
        ("SOACL", Rank.INSPECTOR, False),
        ("FIRE31", Rank.HEAD_OF_SERVICE, True),
        ("ASBCO", Rank.COURT, True),
        ("ASBCO", Rank.CHIEF_OFFICER, True),  # not verified, so nobody is stopped
    ],
)
def test_who_may_authorise(code: str, rank: Rank, may: bool) -> None:
    if may:
        check_rank(_power(code), rank)
    else:
        with pytest.raises(RuleBroken, match="asks for"):
            check_rank(_power(code), rank)


@pytest.mark.parametrize(
    ("code", "last_day", "rank", "said"),
    [
        ("S116", date(2027, 5, 2), None, None),
        ("S116", date(2027, 5, 3), None, "6 months at most"),
        ("S116", None, None, "Enter the last day"),
        ("SOACL", date(2027, 2, 3), None, "3 months at most"),
        ("FIRE30", date(2026, 11, 29), None, "28 days at least"),
        ("FIRE30", date(2026, 11, 30), None, None),
        ("ASBCN", date(2026, 11, 3), Rank.INSPECTOR, None),
        ("ASBCN", date(2026, 11, 4), Rank.INSPECTOR, "Beyond 24 hours"),
        ("ASBCN", date(2026, 11, 4), Rank.SUPERINTENDENT, None),
        ("ASBCN", date(2026, 11, 4), Rank.CHIEF_EXECUTIVE, None),
        ("ASBCN", date(2026, 11, 5), Rank.SUPERINTENDENT, "48 hours at most"),
        ("S116", date(2026, 11, 1), None, "on or after the day"),
    ],
)
def test_how_long_it_may_last(code: str, last_day: date | None, rank: Rank | None, said: str | None) -> None:
    if said is None:
        check_length(_power(code), TODAY, last_day, rank)
    else:
        with pytest.raises(RuleBroken, match=said):
            check_length(_power(code), TODAY, last_day, rank)


def test_months_and_hours_are_counted_as_the_law_writes_them() -> None:
    assert Length(6, Unit.MONTHS).after(date(2026, 8, 31)) == date(2027, 2, 28)
    assert Length(336, Unit.HOURS).after(TODAY) == date(2026, 11, 16)
    assert Length(25, Unit.HOURS).after(TODAY) == date(2026, 11, 4)


def test_what_is_unverified_is_said_so_and_is_most_of_what_the_guide_marks() -> None:
    unverified = {row.code for row in POWERS if not row.verified}
    assert {"CBO", "DISP", "CCEPO", "HMO", "PLN-EN"} <= unverified
    assert not {"CAWN", "S116", "SOACL", "FIRE31", "HSW22"} & unverified
    assert ClockCode.S116_MAX in {code for _, code in _power("S116").starts}


def test_a_database_that_exists_takes_the_beginnings_that_the_catalogue_has() -> None:
    """A row is found by its code and first day: without the step, setup would write each of these a second time."""
    begun = runpy.run_path(str(MIGRATIONS / "0075_disruption_completed.py"))["BEGAN"]
    catalogue = {row.code: row.active_from for row in POWERS}
    assert {
        code: date.fromisoformat(day) for day, codes in begun.items() for code in codes
    }.items() <= catalogue.items()


def test_of_a_limit_that_is_not_verified_it_is_asked_and_nothing_is_refused() -> None:
    order, two_years = _power("ASBCO"), date(2028, 11, 2)
    with pytest.raises(
        RuleBroken, match=r"s\.80 allows 3 months at most: until 2 February 2027\. That limit"
    ) as broken:
        check_length(order, TODAY, two_years)
    assert broken.value.field == "limit_checked"
    check_length(order, TODAY, two_years, limit_checked=True)
    check_length(order, TODAY, date(2027, 2, 2))
    with pytest.raises(RuleBroken, match="6 months at most"):
        check_extension(order, TODAY, two_years)
    check_extension(order, TODAY, two_years, limit_checked=True)
    with pytest.raises(RuleBroken, match="6 months at most"):
        check_length(_power("S116"), TODAY, two_years, limit_checked=True)  # what is verified nobody ticks away
