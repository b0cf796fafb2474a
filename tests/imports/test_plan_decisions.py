"""Decisions about drivers, compared with the register."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from licensing.imports.headings import resolve
from licensing.imports.known_decisions import DriverLicence, KnownDecisions, KnownEvent
from licensing.imports.mapping import AS_WRITTEN
from licensing.imports.plan import Outcome, Plan
from licensing.imports.plan_decisions import plan_decisions
from licensing.imports.rows_decisions import decision_rows
from licensing.imports.rules import ImportKind
from licensing.imports.tables import Row, Table
from licensing.keys import FieldKeys, new_keys
from licensing.register.catalogue import LicenceKind
from licensing.register.events import Event, EventKind, RelevantInformation

TODAY = date(2026, 6, 1)
KEYS = FieldKeys.parse(new_keys())
GRANT = Event(EventKind.GRANTED, starts_on=date(2024, 3, 1), expires_on=date(2027, 2, 28))
REVOCATION = {"source_id": "D1", "licence_no": "PHD1", "decision": "revoked", "decided_on": "01/05/2026"}


def plan(rows: list[dict[str, str]], *events: KnownEvent, kinds: int = 1) -> Plan:
    """What these rows would do to licence PHD1, granted, with these events."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [Row(number, [row.get(column, "") for column in columns]) for number, row in enumerate(rows, 2)]
    table = Table(resolve(columns, 1, ImportKind.ADVERSE_DECISIONS, AS_WRITTEN), cells)
    held = [KnownEvent(GRANT, id=uuid4()), *events]
    licences = [DriverLicence(uuid4(), LicenceKind.PRIVATE_HIRE_DRIVER, "PHD1", list(held)) for _ in range(kinds)]
    known = KnownDecisions({"PHD1": licences}, {one.source_id: licences[0] for one in events if one.source_id})
    return plan_decisions(decision_rows(table, AS_WRITTEN, TODAY), known, KEYS, UUID(int=1), TODAY)


def outcomes(made: Plan) -> list[Outcome]:
    return [one.outcome for one in made.outcomes]


def test_the_details_of_a_revocation_stand_in_place_of_revoked_alone() -> None:
    bare = KnownEvent(Event(EventKind.REVOKED), id=uuid4())
    made = plan([REVOCATION], bare)
    assert outcomes(made) == [Outcome.CHANGED]
    (added,) = made.steps._added.values()  # type: ignore[attr-defined]
    assert added.in_place_of == bare.id
    assert added.event.event.decided_on == date(2026, 5, 1)


def test_a_changed_row_under_the_same_key_supersedes_and_the_same_row_changes_nothing() -> None:
    known = KnownEvent(Event(EventKind.REVOKED, decided_on=date(2026, 5, 1)), "D1", id=uuid4())
    assert outcomes(plan([REVOCATION], known)) == [Outcome.UNCHANGED]
    made = plan([{**REVOCATION, "notified_on": "02/05/2026"}], known)
    assert [one.what for one in made.outcomes] == ["date of notice"]


FULL = Event(
    EventKind.REVOKED,
    decided_on=date(2026, 5, 1),
    notified_on=date(2026, 5, 2),
    effective_on=date(2026, 5, 30),
    relevant_information=RelevantInformation.WHOLLY,
)


@pytest.mark.parametrize("key", ["D1", ""])
@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"decision": "suspension ended"}, "decision"),
        ({"notified_on": "03/05/2026"}, "notified_on"),
        ({"effective_on": "31/05/2026"}, "effective_on"),
        ({"immediate": "yes", "notified_on": "02/05/2026"}, "immediate"),
        ({"relevant_information": "no"}, "relevant_information"),
        ({"power": "s.60"}, "power"),
        ({"permanent": "no"}, "permanent"),
    ],
)
def test_a_file_does_not_change_what_was_recorded_of_a_decision(key: str, changed: dict[str, str], column: str) -> None:
    known = KnownEvent(FULL, key, "s.61", True, id=uuid4())
    made = plan([{**REVOCATION, "source_id": key, **changed}], known)
    if column == "decision" and not key:  # without a key another kind is another decision
        assert outcomes(made) == [Outcome.NEW]
        return
    assert not made.outcomes
    assert not made.steps._added  # type: ignore[attr-defined]
    [refused] = made.rejected
    assert refused.column == column
    assert "where a second person agrees" in refused.reason
    assert known.id in made.spoken_of


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**REVOCATION, "licence_no": "PHD9"}, "No driver licence on your register has this number"),
        ({**REVOCATION, "notified_on": "30/04/2026"}, "Notice was given before the decision"),
        ({**REVOCATION, "effective_on": "30/04/2026"}, "takes effect before it was decided"),
        ({**REVOCATION, "decided_on": "02/06/2026"}, "is in the future"),
        ({**REVOCATION, "relevant_information": "perhaps"}, "Write wholly, partly or no"),
        ({**REVOCATION, "decision": "told off"}, "This is not a decision about a licence"),
    ],
)
def test_what_cannot_be_is_rejected_with_its_reason(row: dict[str, str], reason: str) -> None:
    made = plan([row])
    assert not made.outcomes
    assert reason in made.rejected[0].reason


def test_a_number_of_two_kinds_of_licence_is_rejected() -> None:
    assert "Several kinds" in plan([REVOCATION], kinds=2).rejected[0].reason


def test_two_rows_that_give_one_key_to_two_decisions_are_not_both_believed() -> None:
    made = plan([REVOCATION, {**REVOCATION, "decided_on": "02/05/2026"}, REVOCATION])
    assert outcomes(made) == [Outcome.NEW, Outcome.UNCHANGED]
    assert "Row 2 has this key too" in made.rejected[0].reason


def test_what_the_rules_do_not_foresee_is_kept_and_marked_irregular() -> None:
    made = plan([{**REVOCATION, "decision": "suspension ended"}])
    assert outcomes(made) == [Outcome.NEW]
    assert any("irregular" in warning for warning in made.warnings)
    (added,) = made.steps._added.values()  # type: ignore[attr-defined]
    assert added.event.irregular
