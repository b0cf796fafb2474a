"""The register's file against every rule that its upload is known to have, each with a line that breaks it."""

from dataclasses import replace
from datetime import date

import pytest

from licensing.register.catalogue import LicenceKind
from licensing.returns import national_register
from licensing.returns.national_register import Rule, Vehicle, content, faults, file_name, is_file_name, line_of

TODAY = date(2026, 10, 1)
COUNCIL = "Sample City Council"
SOUND = Vehicle(
    "BD51 SMR", date(2026, 4, 1), date(2027, 3, 31), LicenceKind.HACKNEY_CARRIAGE_VEHICLE, "HC 101", accessible=True
)
LINE = f"BD51SMR,2026-04-01,2027-03-31,TAXI,{COUNCIL},HC 101,true"


def with_value(place: int, value: str) -> str:
    values = LINE.split(",")
    values[place] = value
    return ",".join(values)


def test_a_vehicle_is_a_line_of_seven_values_in_their_order_without_spaces() -> None:
    assert line_of(SOUND, COUNCIL) == LINE
    assert faults(LINE, COUNCIL, TODAY) == []
    private = replace(SOUND, kind=LicenceKind.PRIVATE_HIRE_VEHICLE, accessible=None, plate="7")
    assert line_of(private, COUNCIL) == f"BD51SMR,2026-04-01,2027-03-31,PHV,{COUNCIL},7,"
    assert line_of(replace(private, accessible=False), COUNCIL).endswith(",false")


def test_a_comma_quotes_a_value_and_a_quote_is_doubled() -> None:
    line = line_of(replace(SOUND, plate='A,"1"'), COUNCIL)
    assert line.endswith(',"A,""1""",true')
    assert faults(line, COUNCIL, TODAY) == []


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("", [Rule.BLANK]),
        ("   ", [Rule.BLANK]),
        ("VRM,start,end,taxiOrPHV,authority,plate,wheelchair", None),  # a heading is no vehicle
        (f"{LINE},", [Rule.FIELDS]),
        (LINE.removesuffix(",true"), [Rule.FIELDS]),
        *[(with_value(5, f"A{one}1"), [Rule.CHARACTERS]) for one in ("£", "$", "#", "é", "\t", "|", "<")],
        (with_value(5, '"A\n1"'), [Rule.CHARACTERS]),
        (with_value(3, "T" * 170), [Rule.LINE_LENGTH, Rule.WORD_LENGTH]),
        (with_value(5, " 101"), [Rule.PADDING]),
        (with_value(4, f"{COUNCIL} "), [Rule.PADDING, Rule.NAME_UNKNOWN]),
        (with_value(0, ""), [Rule.MARK_MISSING]),
        (with_value(0, "AB51 SMRX"), [Rule.MARK_LENGTH]),
        *[(with_value(0, one), [Rule.MARK_FORMAT]) for one in ("101D234", "ABCDEFG", "1234567", "12A34", "AB-1")],
        (with_value(1, ""), [Rule.START_MISSING]),
        *[
            (with_value(1, one), [Rule.START_FORMAT])
            for one in ("1 April 2026", "2026-4-1", "2026/04/01", "01-04-2026", "31/04/2026", "2026-02-30", "1/4/2026")
        ],
        (with_value(1, "2006-09-30"), [Rule.START_TOO_OLD]),
        (with_value(2, ""), [Rule.END_MISSING]),
        (with_value(2, "31.03.2027"), [Rule.END_FORMAT]),
        (with_value(2, "2026-03-31"), [Rule.END_BEFORE_START]),
        (with_value(2, "2046-10-01"), [Rule.END_TOO_FAR]),
        (with_value(3, ""), [Rule.WORD_MISSING]),
        (with_value(3, "T" * 101), [Rule.WORD_LENGTH]),
        (with_value(3, "minibus"), [Rule.WORD_UNKNOWN]),
        (with_value(4, ""), [Rule.NAME_MISSING]),
        (with_value(4, "C" * 51), [Rule.NAME_LENGTH, Rule.NAME_UNKNOWN]),
        (with_value(4, "Another Council"), [Rule.NAME_UNKNOWN]),
        (with_value(5, ""), [Rule.PLATE_MISSING]),
        (with_value(5, "1" * 16), [Rule.PLATE_LENGTH]),
        *[(with_value(5, f"{one}1"), [Rule.FORMULA]) for one in ("=", "+", "-", "@")],
        *[(with_value(6, one), [Rule.ACCESSIBLE_WORD]) for one in ("1", "Y", "yes", "0", "tru")],
    ],
)
def test_a_line_that_breaks_a_rule_is_found(line: str, broken: list[Rule] | None) -> None:
    found = faults(line, COUNCIL, TODAY)
    assert found
    if broken is not None:
        assert found == broken


def test_every_rule_is_broken_above_and_says_what_is_wrong_and_what_to_do() -> None:
    marks = test_a_line_that_breaks_a_rule_is_found.pytestmark  # type: ignore[attr-defined]
    tried = {rule for _, broken in marks[0].args[1] for rule in broken or []}
    assert tried == set(Rule)
    assert all(rule.wrong and rule.do for rule in Rule)


@pytest.mark.parametrize(
    "line",
    [
        *[
            with_value(0, one)
            for one in (
                "ABC1234", "A123ABC", "ABC123A", "AB12ABC", "ABC123", "1234ABC", "AB1234", "Q123ABC", "bd51 smr", "A1",
            )
        ],
        with_value(1, "01/04/2026"),
        with_value(1, "2006-10-01"),  # twenty years ago to the day
        with_value(2, "31/03/2027"),
        with_value(2, "2026-04-01"),  # ends on the day on which it begins
        with_value(2, "2046-09-30"),
        with_value(3, "PHV"),
        with_value(3, "HCV"),
        with_value(5, "1" * 15),
        with_value(6, ""),
        with_value(6, "TRUE"),
        with_value(6, "False"),
    ],
)  # fmt: skip
def test_what_only_just_keeps_the_rules_is_taken(line: str) -> None:
    assert faults(line, COUNCIL, TODAY) == []


def test_a_name_of_fifty_characters_and_a_line_of_210_are_taken() -> None:
    name = "C" * 50
    assert faults(with_value(4, name), name, TODAY) == []
    plates = LINE.replace("TAXI", "T" * (210 - len(LINE) + 4))
    assert len(plates) == 210
    assert Rule.LINE_LENGTH not in faults(plates, COUNCIL, TODAY)


@pytest.mark.parametrize("name", ["CAZ-2026-10-01-SAMPLE1.csv", "CAZ-2026-10-01-a.CSV", "CAZ-1999-12-31-1.Csv"])
def test_a_file_is_named_as_the_register_asks(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "caz-2026-10-01-SAMPLE1.csv",
        "CAZ-2026-10-01-SAMPLE-1.csv",
        "CAZ-2026-10-01-SAMPLE 1.csv",
        "CAZ-2026-10-01-.csv",
        "CAZ-2026-13-01-A.csv",
        "CAZ-2026-02-31-A.csv",
        "CAZ-01-10-2026-A.csv",
        "CAZ_2026-10-01-A.csv",
        "CAZ-2026-10-01-A.txt",
        "CAZ-2026-10-01-A",
        "CAZ-2026-10-01-Ä.csv",
        "X-CAZ-2026-10-01-A.csv",
    ],
)
def test_another_name_is_none(name: str) -> None:
    assert not is_file_name(name)


def test_the_file_is_its_lines_and_nothing_before_between_or_after_them() -> None:
    assert is_file_name(file_name("SAMPLE1", TODAY))
    assert content([LINE, LINE]) == f"{LINE}\n{LINE}".encode()
    assert content([]) == b""


def test_a_file_must_be_smaller_than_50_mb() -> None:
    assert national_register.is_small_enough(bytes(50 * 1024 * 1024 - 1))
    assert not national_register.is_small_enough(bytes(50 * 1024 * 1024))


def test_a_registration_that_is_there_twice_is_named_once() -> None:
    assert national_register.twice(["B1", "A1", "B1", "B1"]) == ["B1"]
