"""Every figure: its code, its name, what it means in words, what it may tell, and who answers for it.

A code is for ever; what it means is not changed, but another code is added, with the day since when. Figures of a power
or of a statutory period are made from the catalogues of those.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from licensing.deadlines.catalogue import name_of
from licensing.deadlines.codes import ClockCode
from licensing.disruption.catalogue import national_powers
from licensing.disruption.words import Effect
from licensing.figures import of_grounds, of_licensing
from licensing.figures.definition import Definition
from licensing.figures.of_licensing import COUNTY, LICENSED_PEOPLE, LICENSING
from licensing.figures.words import Better, Section, Tells, Unit, Whose

LEAD_AGENCIES = "Lead agency of each action"


# Statutory periods whose keeping leaders answer for. None of the designated officer's: see queries.
CLOCKS = (
    ClockCode.NR3S_ENTRY,
    ClockCode.NR3S_UPDATE,
    ClockCode.NR3S_ANSWER,
    ClockCode.S5_REPORT,
    ClockCode.S6_REPLY,
    ClockCode.S60_61_GROUNDS,
    ClockCode.IMMEDIATE_REVIEW,
    ClockCode.SUSPENSION_REVIEW,
    ClockCode.CONCERN_ACKNOWLEDGE,
    ClockCode.LA_REVIEW_CONSULT,
    ClockCode.LA_REVIEW_HEAR,
    ClockCode.LA_53A_INTERIM,
    ClockCode.LA_53A_FINAL,
    ClockCode.EFFECT_30,
    ClockCode.EFFECT_90,
    ClockCode.PARTNER_ANSWER,
)
_CLOCKS_KEPT = ("recorded.clocks",)
_REVIEWS = (ClockCode.SUSPENSION_REVIEW, ClockCode.IMMEDIATE_REVIEW, ClockCode.EFFECT_30, ClockCode.EFFECT_90)
_WITH_TARGET = {ClockCode.NR3S_ENTRY, ClockCode.NR3S_ANSWER, ClockCode.S5_REPORT, ClockCode.S6_REPLY}


@cache
def catalogue() -> dict[str, Definition]:
    """Every figure by its code, in the order of a briefing."""
    made = (
        *of_licensing.licences(),
        *of_licensing.decisions(),
        *of_grounds.grounds(LICENSING),
        *of_licensing.appeals(),
        *_clocks(),
        *of_licensing.checks(),
        *_allegations(),
        *_disruption(),
        *_sharing(),
        *_courts(),
        *_prevention(),
        *_quality(),
    )
    return {one.code: one for one in made}


def _clocks() -> Iterator[Definition]:
    for clock in CLOCKS:
        yield from _of_clock(clock)


def _of_clock(clock: ClockCode) -> Iterator[Definition]:
    name, code = name_of(clock), f"clocks.{clock.lower()}"
    owner = LEAD_AGENCIES if clock in (ClockCode.EFFECT_30, ClockCode.EFFECT_90) else LICENSING
    of: dict[str, Any] = {"section": Section.CLOCKS, "owner": owner, "whose": Whose.ALL, "rests_on": _CLOCKS_KEPT}
    met, missed, overdue = (f"{code}.{word}" for word in ("met", "missed", "overdue"))
    words = "Done in the period, by the day it was due, which had not been missed before"
    yield Definition(met, f"{name}: done in time", words, counted=(met,), **of)
    words = "Due in the period, and not done by that day, whatever other day was given to it later"
    yield Definition(missed, f"{name}: late", words, counted=(missed,), better=Better.FEWER, **of)
    words = "Due before the last day of the period, still not done, and not paused"
    yield Definition(overdue, f"{name}: overdue now", words, counted=(overdue,), better=Better.FEWER, **of)
    if clock in _WITH_TARGET:
        yield Definition(
            f"{code}.in_time_percent",
            f"{name}: in time",
            "Of those done in time or late in the period, how many in a hundred were in time",
            counted=(met,),
            out_of=(met, missed),
            unit=Unit.PERCENT,
            better=Better.MORE,
            target=100,
            tolerance=5,
            **of,
        )


def _allegations() -> Iterator[Definition]:
    those = "about licensed drivers, operators’ staff and passenger assistants"
    # To the nearest five: what one twelve months takes from another, or from the year before, is no count of cases.
    year = "in the twelve months to the end of the last quarter"
    for word, name, words, part_of in (
        ("open", "open", f"Cases {those} that met the threshold and were open at the end of the last quarter", ""),
        ("referred", "referred", f"Cases {those} that were referred {year}", ""),
        ("closed", "closed", f"Cases {those} that met the threshold and were closed {year}", ""),
        ("substantiated", "substantiated", "Of these, cases with an allegation found substantiated", "closed"),
        ("closed_in_3_months", "closed within three months", "Of these, closed within three months", "closed"),
    ):
        code = f"lado.licensed_transport.{word}"
        yield Definition(
            code,
            f"Allegations {name}",
            f"{words}, to the nearest 5. Fewer than 5, none included, is not told",
            Section.ALLEGATIONS,
            COUNTY,
            (code,),
            (f"lado.licensed_transport.{part_of}",) if part_of else (),
            tells=Tells.HIDDEN,
            whose=Whose.COUNTY,
        )
    yield Definition(
        "lado.days_to_consideration",
        "Days from allegation to licensing’s consideration",
        f"Median days from a referral {those} until licensing opened the consideration in which it relied on what was "
        "released to it, or relied on it where that was open before, of those in the twelve months to the last day. "
        "Of fewer than ten it is not told",
        Section.ALLEGATIONS,
        COUNTY,
        ("lado.days_to_consideration",),
        unit=Unit.DAYS,
        tells=Tells.HIDDEN,
        whose=Whose.COUNTY,
        better=Better.FEWER,
        target=10,
        tolerance=5,
    )


def _disruption() -> Iterator[Definition]:
    of: dict[str, Any] = {"section": Section.DISRUPTION, "owner": LEAD_AGENCIES, "whose": Whose.ALL}
    of |= {"rests_on": ("recorded.disruption",)}
    for code, (name, law, exact) in _powers().items():
        yield Definition(
            f"disruption.{code}",
            name,
            f"Actions under {law} served, or first in force, in the period",
            counted=(f"disruption.{code}",),
            tells=Tells.EXACT if exact else Tells.PEOPLE,
            **of,
        )
    for kind, name in (("guesthouse", "Guesthouses"), ("pub", "Pubs"), ("hotel", "Hotels"), ("other", "Other places")):
        code = f"disruption.premises_closed.{kind}"
        words = (
            "Places closed, wholly or to some, or stopped from selling alcohol or from what put people at risk, by a "
            "notice or order of any power in the period"
        )
        yield Definition(code, f"{name} closed", words, counted=(code,), **of)
    for effect in Effect:
        code = f"disruption.effect.{effect}"
        words = "Reviews of actions, 30 or 90 days after they began, in the period"
        name = f"Reviewed: {effect.label.lower()}"
        yield Definition(code, name, words, counted=(code,), tells=Tells.PEOPLE, **of)
    yield Definition(
        "disruption.breached", "Breaches recorded", "Breaches of any action in the period",
        counted=("disruption.breached",), tells=Tells.PEOPLE, **of,
    )  # fmt: skip
    yield Definition(
        "disruption.past_review_percent",
        "Reviews of actions past their day",
        "Of the reviews of actions that were to be made in the period, how many in a hundred were late on its last day",
        counted=("clocks.effect_reviews.overdue",),
        out_of=("clocks.effect_reviews.running",),
        unit=Unit.PERCENT,
        better=Better.FEWER,
        target=0,
        tolerance=10,
        **of,
    )
    yield from _operations(of)


def _operations(of: dict[str, Any]) -> Iterator[Definition]:
    words = "Patrols, raids, stops and visits begun in the period"
    of["rests_on"] = ("recorded.operations",)
    yield Definition("operations.held", "Operations held", words, counted=("operations.held",), **of)
    of["rests_on"] = ("recorded.test_purchases",)
    for word, name in (("passed", "passed"), ("partial", "refused, but not reported"), ("failed", "failed")):
        code = f"test_purchases.{word}"
        yield Definition(code, f"Test purchases {name}", "Made in the period", counted=(code,), **of)
    yield Definition(
        "test_purchases.passed_percent",
        "Test purchases passed in full",
        "Of test purchases in the period, how many in a hundred were refused and reported",
        counted=("test_purchases.passed",),
        out_of=("test_purchases.all",),
        unit=Unit.PERCENT,
        better=Better.MORE,
        target=90,
        tolerance=5,
        **of,
    )


def _powers() -> dict[str, tuple[str, str, bool]]:
    """Code -> name, law, and whether it is used on places and vehicles first, so that it is no count of people."""
    exact = ("premises", "place", "vehicle")
    return {one["code"]: (one["name"], one["law"], one["targets"][0] in exact) for one in national_powers()}


def _sharing() -> Iterator[Definition]:
    for code, rests_on, name, words in (
        (
            "sharing.concerns_sent",
            ("recorded.concerns_sent",),
            "Concerns sent to other authorities",
            "Under the 2022 Act s.5, sent in the period",
        ),
        (
            "sharing.concerns_received",
            ("recorded.concerns_received",),
            "Concerns received",
            "From other authorities in the period (2022 Act s.6)",
        ),
        (
            "nr3s.searches",
            ("recorded.nr3s_searches",),
            "NR3S searches",
            "Searches of the national register recorded in the period",
        ),
        (
            "nr3s.entries",
            ("recorded.nr3s_entries",),
            "NR3S entries",
            "Entries on the national register made in the period",
        ),
        (
            "operators.two_revoked",
            ("recorded.decisions", "recorded.operator_drivers"),
            "Operators with two or more drivers revoked",
            "Operators for whom two or more drivers worked whose licences were revoked in the period",
        ),
    ):
        yield Definition(code, name, words, Section.SHARING, LICENSING, (code,), tells=Tells.PEOPLE, rests_on=rests_on)


_COURTS = ("recorded.courts",)


def _courts() -> Iterator[Definition]:
    for word, name, words, tells in (
        ("trials", "Trials concluded", "Trials that ended in the period", Tells.EXACT),
        ("under_way", "Trials under way", "Trials begun and not ended on the last day", Tells.EXACT),
        ("convicted", "Defendants convicted", "Of trials that ended in the period", Tells.PEOPLE),
        ("acquitted", "Defendants acquitted", "Of trials that ended in the period", Tells.PEOPLE),
    ):
        code = f"courts.{word}"
        yield Definition(
            code, name, words, Section.COURTS, COUNTY, (code,), tells=tells, whose=Whose.ALL, rests_on=_COURTS
        )
    yield Definition(
        "courts.sentence_months",
        "Sentences, in months",
        "Of defendants of trials that ended in the period: the longest served at once, and all others after it",
        Section.COURTS,
        COUNTY,
        ("courts.sentence_months",),
        ("courts.convicted",),
        unit=Unit.MONTHS,
        tells=Tells.PEOPLE,
        whose=Whose.ALL,
        rests_on=_COURTS,
    )


def _prevention() -> Iterator[Definition]:
    for code, name, words in (
        ("mash.enquiries", "Enquiries to the safeguarding hub", "Counted by the hub in the period"),
        ("mash.assessments", "Assessments by the safeguarding hub", "Counted by the hub in the period"),
        ("indicators.screening_tools", "Screening tools completed", "For exploitation, by any agency in the period"),
        ("indicators.missing_over_two", "Children missing more than twice in 90 days", "As the panel counted them"),
        (
            "awareness.reach",
            "People reached by awareness work",
            "Reach of talks, campaigns and workshops in the period",
        ),
    ):
        yield Definition(
            code,
            name,
            words,
            Section.PREVENTION,
            COUNTY,
            (code,),
            whose=Whose.ALL,
            tells=Tells.PEOPLE,
            rests_on=(code,),
        )


def _quality() -> Iterator[Definition]:
    fewer = Better.FEWER
    yield Definition(
        "quality.no_date_of_birth",
        "Drivers without a date of birth",
        f"Of {LICENSED_PEOPLE} with a licence in force on the last day, those whose date of birth is not recorded",
        Section.QUALITY,
        LICENSING,
        ("quality.no_date_of_birth",),
        tells=Tells.PEOPLE,
        better=fewer,
        rests_on=("recorded.drivers",),
    )
    for code, name, words, tells, rests_on in (
        (
            "quality.unmatched",
            "Attendance not yet matched",
            "Training that another council offered, and nobody took up",
            Tells.PEOPLE,
            "recorded.training_offers",
        ),
        (
            "quality.stale_imports",
            "Registers not brought in for 35 days",
            "Registers by council that were ever brought in, as at the last day",
            Tells.EXACT,
            "recorded.imports",
        ),
    ):
        yield Definition(
            code, name, words, Section.QUALITY, LICENSING, (code,), whose=Whose.ALL, better=fewer, tells=tells,
            rests_on=(rests_on,),
        )  # fmt: skip
    yield Definition(
        "quality.overdue_reviews",
        "Reviews overdue",
        "Reviews of suspensions, immediate decisions and actions that were due before the last day, and are not done",
        Section.QUALITY,
        LICENSING,
        tuple(f"clocks.{clock.lower()}.overdue" for clock in _REVIEWS),
        whose=Whose.ALL,
        better=fewer,
        rests_on=_CLOCKS_KEPT,
    )
