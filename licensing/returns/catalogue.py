"""What each return asks for: its source, its tables of figures, and what this service cannot say."""

from dataclasses import dataclass
from enum import StrEnum

from licensing.figures.of_returns import ADVERSE, DECIDED, VEHICLE_KINDS, codes_about, codes_accessible, codes_by_kind
from licensing.register.catalogue import DRIVER_KINDS


class Which(StrEnum):
    """The returns that are figures of a period."""

    TAXI_SURVEY = "taxi-survey"
    FREEDOM_OF_INFORMATION = "freedom-of-information"


@dataclass(frozen=True)
class Table:
    """Figures that stand together. Where `whole` is given they are its parts: small ones are withheld with others.

    `unsaid` is the part that says of how many it is not recorded: where that is everybody, the other parts are not
    known.
    """

    title: str
    parts: tuple[str, ...]
    whole: str = ""
    unsaid: str = ""
    made_of: tuple[str, ...] = ()  # what adds up to it elsewhere: told with these, it would give one of them back


@dataclass(frozen=True)
class Return:
    """One return. `exactly`: for a department's officials, and for nobody else; else it may be published."""

    which: Which
    title: str
    asked_by: str
    words: str
    edition: str
    source: str
    exactly: bool
    tables: tuple[Table, ...]
    not_kept: tuple[tuple[str, str], ...]


_NOWHERE = "this service does not record it"
_DRIVERS = Table(
    "Driver licences in force",
    tuple(f"licences.{kind}.in_force" for kind in DRIVER_KINDS),
    whole="licences.drivers.in_force",
)
_OPERATORS = Table("Operators", ("licences.private_hire_operator.in_force",))
_VEHICLES = tuple(
    Table(
        kind.label,
        codes_accessible(kind),
        whole=f"licences.{kind}.in_force",
        unsaid=codes_accessible(kind)[-1],
    )
    for kind in VEHICLE_KINDS
)
_NR3S = (
    Table("NR3S: searches", ("nr3s.searches",)),
    Table(
        "NR3S: entries",
        ("nr3s.entries",),
        made_of=tuple(f"decisions.{decided}" for decided in ADVERSE),
    ),
)
_CHECKS = (
    Table("DBS checks", ("vetting.dbs_current_percent",)),
    Table("Safeguarding training", ("training.in_date_percent",)),
)
_BY_KIND = tuple(
    Table(f"{noun}, by kind of licence", codes_by_kind(decided), whole=f"decisions.{decided}")
    for decided, noun in DECIDED.items()
)
_AT_ONCE = tuple(
    Table(f"{DECIDED[one]} with immediate effect", (f"decisions.{one}_immediate",)) for one in ("suspended", "revoked")
)
_ABOUT = tuple(
    Table(f"{DECIDED[one]}, by what they were about", codes_about(one), whole=f"decisions.{one}") for one in ADVERSE
)

RETURNS = {
    Which.TAXI_SURVEY: Return(
        Which.TAXI_SURVEY,
        "Taxi survey of the Department for Transport",
        "Department for Transport, each year; the position is that of 1 April",
        "Licences in force on the last day of the period, and what was decided and searched for in it. A licence "
        "that is suspended on that day is not in force.",
        "Exact figures of your own council, for the department’s survey alone. Do not publish this edition, and do not "
        "answer a request with it: small numbers in it are people.",
        "GOV.UK: statistical data set TAXI01 and its quality report of 2024. The survey’s own form was not read: what "
        "it asks for is known from the tables that are published of it, so compare the two before you send it.",
        True,
        (_DRIVERS, *_VEHICLES, _OPERATORS, *_BY_KIND, *_NR3S, *_CHECKS),
        (
            ("Limit on the number of taxis, and the survey of unmet demand", _NOWHERE),
            ("Age and fuel of vehicles, and limits of age or emissions", _NOWHERE),
            ("CCTV required in vehicles", _NOWHERE),
            ("Disability awareness training required", _NOWHERE),
            ("Enforcement staff", _NOWHERE),
        ),
    ),
    Which.FREEDOM_OF_INFORMATION: Return(
        Which.FREEDOM_OF_INFORMATION,
        "Answers under freedom of information",
        "Anybody, under the Freedom of Information Act 2000",
        "What councils are really asked about taxi licensing: how many drivers, what was granted, refused, suspended "
        "and revoked and what it was about, and how drivers are checked.",
        "May be published: one to four people are withheld (section 40 of the Act), with whatever would give them "
        "back. Where all the parts of a table are withheld, that is why. “About” is to the nearest 5, where the exact "
        "number beside a briefing or another answer would give one back.",
        "Answers that councils publish to requests; few were read, so compare the questions with your own. Which "
        "exemption applies to what is withheld is for your information officer.",
        False,
        (_DRIVERS, *_BY_KIND, *_AT_ONCE, *_ABOUT, *_NR3S, *_CHECKS),
        (
            ("Complaints by the ethnic group or nationality of the driver", "councils do not keep it here, on purpose"),
            ("Reasons of single decisions", "a reason is about a person: it is no figure"),
        ),
    ),
}
