"""Figures of what licensing services do: licences, decisions, appeals, and the checks and training of drivers."""

from collections.abc import Iterator

from licensing.figures import recorded
from licensing.figures.definition import Definition
from licensing.figures.words import Better, Section, Tells, Unit, Whose
from licensing.register.catalogue import Family, LicenceKind

LICENSING, COUNTY = "Licensing managers of the districts", "County director of children’s services"
LICENSED_PEOPLE = "hackney carriage, private hire and dual drivers"


def licences() -> Iterator[Definition]:
    for kind in LicenceKind:
        badge = kind.family is Family.BADGE
        code = f"licences.{kind}.in_force"
        yield Definition(
            code,
            f"{kind.label}: in force",
            "Licences of this kind in force on the last day of the period, a pending suspension or revocation included",
            Section.LICENCES,
            COUNTY if badge else LICENSING,
            (code,),
            tells=Tells.PEOPLE,
            whose=Whose.COUNTY if badge else Whose.DISTRICTS,
            rests_on=(recorded.of_licences(kind),),
        )


def _of_drivers(code: str, name: str, words: str, part_of: str = "") -> Definition:
    return Definition(
        code, name, words, Section.DECISIONS, LICENSING, (code,), (part_of,) if part_of else (), tells=Tells.PEOPLE,
        rests_on=("recorded.decisions",),
    )  # fmt: skip


def decisions() -> Iterator[Definition]:
    those = f"of {LICENSED_PEOPLE}, decided in the period"
    yield _of_drivers("decisions.granted", "Driver licences granted", f"Licences {those} to be granted")
    yield _of_drivers("decisions.refused", "Driver applications refused", f"Applications {those} to be refused")
    yield _of_drivers("decisions.renewal_refused", "Driver renewals refused", f"Renewals {those} to be refused")
    for kind, noun in (("suspended", "Suspensions"), ("revoked", "Revocations")):
        code = f"decisions.{kind}"
        yield _of_drivers(code, f"Driver licences {kind}", f"{noun} of licences {those}")
        words = f"Of these {noun.lower()}, those with immediate effect (1976 Act s.61(2B))"
        yield _of_drivers(f"{code}_immediate", f"Driver licences {kind} at once", words, code)
        places = f"decisions.premises_{kind}"
        yield Definition(
            places,
            f"Premises licences {kind}",
            f"{noun} of premises licences and club certificates, decided in the period",
            Section.DECISIONS,
            LICENSING,
            (places,),
            rests_on=("recorded.premises_decisions",),
        )
    yield Definition(
        "decisions.immediate_in_order_percent",
        "Immediate decisions with a notice in order",
        "Of decisions with immediate effect, those whose notice was given and that break no rule this service knows",
        Section.DECISIONS,
        LICENSING,
        ("decisions.immediate_in_order",),
        ("decisions.immediate_all",),
        unit=Unit.PERCENT,
        tells=Tells.PEOPLE,
        better=Better.MORE,
        target=100,
    )


def appeals() -> Iterator[Definition]:
    for word, name in (("lodged", "lodged"), ("allowed", "allowed"), ("dismissed", "dismissed or withdrawn")):
        code = f"appeals.{word}"
        words = f"Appeals against decisions on {LICENSED_PEOPLE} that were {name} in the period"
        yield Definition(
            code, f"Appeals {name}", words, Section.APPEALS, LICENSING, (code,), tells=Tells.PEOPLE,
            rests_on=("recorded.decisions",),
        )  # fmt: skip


def checks() -> Iterator[Definition]:
    for code, counted, rests_on, name, words, target in (
        (
            "vetting.dbs_current_percent",
            "vetting.dbs_current",
            "recorded.dbs",
            "Drivers whose DBS status was looked at in 6 months",
            "a DBS check or status look-up found satisfactory in the 6 months before the last day",
            100,
        ),
        (
            "training.in_date_percent",
            "training.in_date",
            "recorded.training",
            "Drivers whose safeguarding training is in date",
            "safeguarding training passed and not expired on the last day, at their own council or one that counts",
            100,
        ),
    ):
        yield Definition(
            code,
            name,
            f"Of {LICENSED_PEOPLE} with a licence in force, how many in a hundred have {words}",
            Section.CHECKS,
            LICENSING,
            (counted,),
            ("holders.drivers",),
            unit=Unit.PERCENT,
            tells=Tells.PEOPLE,
            better=Better.MORE,
            target=target,
            tolerance=5,
            rests_on=("recorded.drivers", rests_on),
        )
