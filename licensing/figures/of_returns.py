"""Figures that returns and requests ask for beside those of a briefing: their codes, and what each means in words.

They are no part of a briefing, so that adding one changes nothing that was approved.
"""

from collections.abc import Iterator
from functools import cache

from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.figures.of_grounds import ADVERSE, NOT_RECORDED_ABOUT
from licensing.figures.of_licensing import LICENSED_PEOPLE, LICENSING
from licensing.figures.words import Section, Tells
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.suitability.rules import Limb

VEHICLE_KINDS = (LicenceKind.HACKNEY_CARRIAGE_VEHICLE, LicenceKind.PRIVATE_HIRE_VEHICLE)
# What happened, in the database's word, and what it is called of many.
DECIDED = {
    "granted": "Licences granted",
    "renewed": "Licences renewed",
    "refused": "Applications refused",
    "renewal_refused": "Renewals refused",
    "suspended": "Suspensions",
    "revoked": "Revocations",
}
ACCESSIBLE = {
    "accessible": "wheelchair accessible",
    "not_accessible": "not wheelchair accessible",
    "not_recorded": "not recorded whether accessible",
}


@cache
def every_figure() -> dict[str, Definition]:
    """Those of a briefing and those of returns, by code."""
    return catalogue() | {one.code: one for one in (*_people(), *_decisions(), *_about(), *_vehicles())}


def codes_by_kind(decided: str) -> tuple[str, ...]:
    return tuple(f"decisions.{decided}.{kind}" for kind in DRIVER_KINDS)


def codes_about(decided: str) -> tuple[str, ...]:
    return tuple(f"decisions.{decided}.about.{word}" for word in (*Limb, NOT_RECORDED_ABOUT))


def codes_accessible(kind: LicenceKind) -> tuple[str, ...]:
    return tuple(f"vehicles.{kind}.{word}" for word in ACCESSIBLE)


def _people() -> Iterator[Definition]:
    yield Definition(
        "licences.drivers.in_force",
        "Driver licences in force",
        f"Licences of {LICENSED_PEOPLE} in force on the last day; a dual document is one",
        Section.LICENCES,
        LICENSING,
        tuple(f"licences.{kind}.in_force" for kind in DRIVER_KINDS),
        tells=Tells.PEOPLE,
        rests_on=("recorded.drivers",),
    )
    yield _of_people("decisions.renewed", "Driver licences renewed", f"Renewals of licences of {LICENSED_PEOPLE}")


def _of_people(code: str, name: str, words: str) -> Definition:
    words = f"{words}, decided in the period"
    rests_on = ("recorded.decisions",)
    return Definition(code, name, words, Section.DECISIONS, LICENSING, (code,), tells=Tells.PEOPLE, rests_on=rests_on)


def _decisions() -> Iterator[Definition]:
    for decided, noun in DECIDED.items():
        for kind, code in zip(DRIVER_KINDS, codes_by_kind(decided), strict=True):
            yield _of_people(code, f"{noun}: {kind.label}", f"{noun} of documents of this kind")


def _about() -> Iterator[Definition]:
    for decided in ADVERSE:
        for limb in Limb:
            code = f"decisions.{decided}.about.{limb}"
            words = (
                f"{DECIDED[decided]} whose decision named this as relevant information (2022 Act s.1). "
                "One may name several"
            )
            yield _of_people(code, f"{DECIDED[decided]}: {limb.label}", words)
        yield _of_people(
            f"decisions.{decided}.about.{NOT_RECORDED_ABOUT}",
            f"{DECIDED[decided]}: nothing of the kind recorded",
            f"{DECIDED[decided]} that relied on no relevant information, or that were brought in without it",
        )


def _vehicles() -> Iterator[Definition]:
    for kind in VEHICLE_KINDS:
        for word, name in ACCESSIBLE.items():
            code = f"vehicles.{kind}.{word}"
            words = f"Licences in force on the last day, by their vehicle: {name}, as the register has it today"
            yield Definition(
                code, f"{kind.label}: {name}", words, Section.LICENCES, LICENSING, (code,),
                rests_on=("recorded.vehicles",),
            )  # fmt: skip
