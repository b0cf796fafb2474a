"""The file of the national register of taxis and private hire vehicles: its name, its lines, and every rule of both.

SI 2019/885 regulation 3: every licensed vehicle, at least weekly. The rules are those of the register's upload, whose
source is public; what nobody could verify is in UNVERIFIED. Values in, values out.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO

from licensing.cells import neutralised
from licensing.dates import years_after
from licensing.register.catalogue import LicenceKind

LAW = "Air Quality (Taxis and Private Hire Vehicles Database) (England and Wales) Regulations 2019, regulation 3"
UNVERIFIED = (
    "A taxi is written TAXI and a private hire vehicle PHV, as the register’s rules page has it. Its first version "
    "took “taxi” in small letters, and a later one any words. If the register refuses the word, say so to whoever "
    "keeps this service.",
    "Whether a registration may stand in a file twice was not found. One that does is in the file, and is named here.",
    "Each file takes the place of the one before: a vehicle that is left out is no longer licensed for the register.",
)
FIELDS = 7
LONGEST_LINE = 210
LARGEST_FILE = 50 * 1024 * 1024
LONGEST_MARK, LONGEST_WORD, LONGEST_NAME, LONGEST_PLATE = 7, 100, 50, 15
YEARS_BACK = YEARS_AHEAD = 20
WORDS = {LicenceKind.HACKNEY_CARRIAGE_VEHICLE: "TAXI", LicenceKind.PRIVATE_HIRE_VEHICLE: "PHV"}
TAKEN = frozenset({"TAXI", "PHV", "HCV"})
FILE_NAME = re.compile(r"CAZ-([12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))-([a-zA-Z0-9]+)\.csv", re.ASCII)
_IDENTIFIER = re.compile(r"[a-zA-Z0-9]+", re.ASCII)
_ALLOWED = re.compile(r"[\w &,'\"\-().*/%!+:;=?@\[\]^{}~]+", re.ASCII)
# The marks of the licensing agency's own validator, in one group, so that each is matched whole.
_MARK = re.compile(
    "[A-Z]{3}[0-9]{1,4}|[A-Z][0-9]{1,3}[A-Z]{3}|[A-Z]{3}[0-9]{1,3}[A-Z]|[A-Z]{2}[0-9]{2}[A-Z]{3}"
    "|[A-Z]{1,3}[0-9]{1,3}|[0-9]{1,4}[A-Z]{1,3}|[A-Z]{1,2}[0-9]{1,4}",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SLASHED = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)


class Rule(StrEnum):
    """What a line must keep to. `wrong` says how it does not, `do` what somebody does about it."""

    BLANK = "blank"
    CHARACTERS = "characters"
    LINE_LENGTH = "line_length"
    FIELDS = "fields"
    PADDING = "padding"
    FORMULA = "formula"
    MARK_MISSING = "mark_missing"
    MARK_LENGTH = "mark_length"
    MARK_FORMAT = "mark_format"
    START_MISSING = "start_missing"
    START_FORMAT = "start_format"
    START_TOO_OLD = "start_too_old"
    END_MISSING = "end_missing"
    END_FORMAT = "end_format"
    END_BEFORE_START = "end_before_start"
    END_TOO_FAR = "end_too_far"
    WORD_MISSING = "word_missing"
    WORD_LENGTH = "word_length"
    WORD_UNKNOWN = "word_unknown"
    NAME_MISSING = "name_missing"
    NAME_LENGTH = "name_length"
    NAME_UNKNOWN = "name_unknown"
    PLATE_MISSING = "plate_missing"
    PLATE_LENGTH = "plate_length"
    ACCESSIBLE_WORD = "accessible_word"

    @property
    def wrong(self) -> str:
        return _SAID[self][0]

    @property
    def do(self) -> str:
        return _SAID[self][1]


_MARK_DO = "Correct the registration on the vehicle’s page."
_TERM_DO = "Correct the dates of the licence."
_PLATE_DO = "Correct the plate number of the licence."
_NAME_DO = "Change the name under which the register knows your council."
_SOFTWARE_DO = "Tell whoever keeps this service: it writes this itself."
_SAID = {
    Rule.BLANK: ("The line is blank", _SOFTWARE_DO),
    Rule.CHARACTERS: (
        "It holds a character that the register does not take, such as £, # or an accent",
        "Correct the plate number, the registration or the council’s name.",
    ),
    Rule.LINE_LENGTH: (f"Its line is longer than {LONGEST_LINE} characters", _PLATE_DO),
    Rule.FIELDS: (f"Its line has not {FIELDS} values", _SOFTWARE_DO),
    Rule.PADDING: ("A value begins or ends with a space", _PLATE_DO),
    Rule.FORMULA: ("The plate number begins as a formula, which a spreadsheet would run", _PLATE_DO),
    Rule.MARK_MISSING: ("It has no registration", _MARK_DO),
    Rule.MARK_LENGTH: (f"Its registration is longer than {LONGEST_MARK} characters", _MARK_DO),
    Rule.MARK_FORMAT: ("Its registration is none that is issued to such a vehicle", _MARK_DO),
    Rule.START_MISSING: ("It is not recorded when the licence took effect", _TERM_DO),
    Rule.START_FORMAT: ("The first day of the licence is not a date", _TERM_DO),
    Rule.START_TOO_OLD: (f"The licence began more than {YEARS_BACK} years ago", _TERM_DO),
    Rule.END_MISSING: ("It is not recorded when the licence expires", _TERM_DO),
    Rule.END_FORMAT: ("The last day of the licence is not a date", _TERM_DO),
    Rule.END_BEFORE_START: ("The licence ends before it begins", _TERM_DO),
    Rule.END_TOO_FAR: (f"The licence ends in {YEARS_AHEAD} years or later", _TERM_DO),
    Rule.WORD_MISSING: ("It is not said whether it is a taxi", _SOFTWARE_DO),
    Rule.WORD_LENGTH: (f"The word for its kind is longer than {LONGEST_WORD} characters", _SOFTWARE_DO),
    Rule.WORD_UNKNOWN: ("The word for its kind is none that the register names", _SOFTWARE_DO),
    Rule.NAME_MISSING: ("The council’s name is missing", _NAME_DO),
    Rule.NAME_LENGTH: (f"The council’s name is longer than {LONGEST_NAME} characters", _NAME_DO),
    Rule.NAME_UNKNOWN: ("The council’s name is not the one that the register knows", _NAME_DO),
    Rule.PLATE_MISSING: ("It has no plate number", "Add the plate number to the licence."),
    Rule.PLATE_LENGTH: (f"Its plate number is longer than {LONGEST_PLATE} characters", _PLATE_DO),
    Rule.ACCESSIBLE_WORD: (
        "Whether it is wheelchair accessible is neither true nor false nor empty",
        _SOFTWARE_DO,
    ),
}


@dataclass(frozen=True)
class Vehicle:
    """A licence of a vehicle, as a line of the file says it; None is not recorded."""

    mark: str
    starts_on: date | None
    expires_on: date | None
    kind: LicenceKind
    plate: str
    accessible: bool | None


def file_name(identifier: str, day: date) -> str:
    """The name that the register asks for, of a file made on a day."""
    return f"CAZ-{day.isoformat()}-{identifier}.csv"


def is_identifier(text: str) -> bool:
    return _IDENTIFIER.fullmatch(text) is not None


def is_file_name(text: str) -> bool:
    """As the register reads it: the ending in any case, all else exactly, and the day is one."""
    stem, dot, ending = text.rpartition(".")
    found = FILE_NAME.fullmatch(f"{stem}.{ending.lower()}") if dot else None
    return found is not None and _day(found[1]) is not None


def is_small_enough(content: bytes) -> bool:
    return len(content) < LARGEST_FILE


def line_of(one: Vehicle, name: str) -> str:
    """The line as it is sent, without its end. A quote in a value is doubled, and a comma quotes it."""
    accessible = {True: "true", False: "false", None: ""}[one.accessible]
    days = [day.isoformat() if day else "" for day in (one.starts_on, one.expires_on)]
    out = StringIO()
    csv.writer(out, lineterminator="").writerow(
        [re.sub(r"\s", "", one.mark).upper(), *days, WORDS[one.kind], name, one.plate, accessible]
    )
    return out.getvalue()


def content(lines: Iterable[str]) -> bytes:
    """No heading, no line after the last vehicle's."""
    return "\n".join(lines).encode("ascii")


def faults(line: str, name: str, today: date) -> list[Rule]:
    """Every rule that a line breaks; `name` is the one by which the register knows the council."""
    if not line.strip():
        return [Rule.BLANK]
    found = [] if _ALLOWED.fullmatch(line) else [Rule.CHARACTERS]
    if len(line) > LONGEST_LINE:
        found.append(Rule.LINE_LENGTH)
    if len(line.splitlines()) > 1:  # a line within a value, which is one of the characters
        return found
    values = next(csv.reader([line]))
    if len(values) != FIELDS:
        return [*found, Rule.FIELDS]
    return [*found, *_of_values(values, name, today)]


def twice(marks: Sequence[str]) -> list[str]:
    """The registrations that are there more than once, each once."""
    return sorted(mark for mark, times in Counter(marks).items() if times > 1)


def _of_values(values: Sequence[str], name: str, today: date) -> Iterator[Rule]:
    mark, start, end, word, council, plate, accessible = values
    if any(value != value.strip() for value in values):
        yield Rule.PADDING
    yield from _of_mark(mark)
    yield from _of_term(start, end, today)
    yield from _of_text(word, LONGEST_WORD, Rule.WORD_MISSING, Rule.WORD_LENGTH)
    if 0 < len(word) <= LONGEST_WORD and word not in TAKEN:
        yield Rule.WORD_UNKNOWN
    yield from _of_text(council, LONGEST_NAME, Rule.NAME_MISSING, Rule.NAME_LENGTH)
    if council and council != name:
        yield Rule.NAME_UNKNOWN
    yield from _of_text(plate, LONGEST_PLATE, Rule.PLATE_MISSING, Rule.PLATE_LENGTH)
    if any(neutralised(value) != value for value in values):
        yield Rule.FORMULA
    if accessible.lower() not in ("true", "false", ""):
        yield Rule.ACCESSIBLE_WORD


def _of_mark(mark: str) -> Iterator[Rule]:
    plain = re.sub(r"\s", "", mark)
    if not plain:
        yield Rule.MARK_MISSING
    elif len(plain) > LONGEST_MARK:
        yield Rule.MARK_LENGTH
    elif not _MARK.fullmatch(plain):
        yield Rule.MARK_FORMAT


def _of_term(start: str, end: str, today: date) -> Iterator[Rule]:
    first, last = _day(start), _day(end)
    if first is None:
        yield Rule.START_FORMAT if start else Rule.START_MISSING
    elif first < years_after(today, -YEARS_BACK):
        yield Rule.START_TOO_OLD
    if last is None:
        yield Rule.END_FORMAT if end else Rule.END_MISSING
    elif last >= years_after(today, YEARS_AHEAD):
        yield Rule.END_TOO_FAR
    if first and last and last < first:  # one that ends as it begins is taken
        yield Rule.END_BEFORE_START


def _of_text(value: str, longest: int, missing: Rule, too_long: Rule) -> Iterator[Rule]:
    if not value:
        yield missing
    elif len(value) > longest:
        yield too_long


def _day(written: str) -> date | None:
    """2026-04-01 or 01/04/2026, else None."""
    if found := _ISO.fullmatch(written):
        parts = found.groups()
    elif found := _SLASHED.fullmatch(written):
        parts = found.groups()[::-1]
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
