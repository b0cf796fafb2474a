"""From the rows of a file of any kind to its plan: the one way for preview, command and application alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from flask import current_app

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.imports import queries
from licensing.imports.cell_reading import checked_rows
from licensing.imports.existing import known_people, known_places, unregistered_places
from licensing.imports.known_courts import known_courts
from licensing.imports.known_decisions import known_decisions
from licensing.imports.known_disruption import known_disruption
from licensing.imports.known_things import known_things
from licensing.imports.known_training import known_training
from licensing.imports.known_vetting import known_people as people_to_vet
from licensing.imports.options import Options
from licensing.imports.plan import Plan
from licensing.imports.plan_courts import plan_courts
from licensing.imports.plan_decisions import plan_decisions
from licensing.imports.plan_disruption import plan_disruption
from licensing.imports.plan_fhrs import plan_fhrs
from licensing.imports.plan_people import plan_people
from licensing.imports.plan_prevention import plan_awareness, plan_indicators
from licensing.imports.plan_things import plan_things
from licensing.imports.plan_training import plan_training
from licensing.imports.plan_vetting import plan_vetting
from licensing.imports.refused import FileRefused
from licensing.imports.row_reading import RowReading
from licensing.imports.rows_courts import CourtRow, court_rows
from licensing.imports.rows_decisions import DecisionRow, decision_rows
from licensing.imports.rows_disruption import DisruptionRow, disruption_rows
from licensing.imports.rows_drivers import driver_rows
from licensing.imports.rows_fhrs import fhrs_rows, item_count_warning
from licensing.imports.rows_operators import operator_row
from licensing.imports.rows_personal import personal_rows
from licensing.imports.rows_premises import premises_row
from licensing.imports.rows_prevention import awareness_rows, indicator_rows
from licensing.imports.rows_training import TrainingRow, training_rows
from licensing.imports.rows_vehicles import vehicle_row
from licensing.imports.rows_vetting import vetting_rows
from licensing.imports.rules import ImportKind
from licensing.imports.subjects import OPERATORS, PREMISES, VEHICLES
from licensing.imports.tables import Table
from licensing.imports.whose import kinds_for, permission_for, refuse_row_of_another_council
from licensing.matching.identifiers import normalise
from licensing.register import queries as register
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.changes import NOT_ISSUED_HERE

# What licensing/dates.py says of a date like 03/25/1985.
_MONTH_FIRST = "writes the month first"
READ_DAY_FIRST = (
    "Some dates in this file can only be month first, so the others may be too, and those were read day first. "
    "Look at them before you go on; if the file writes the month first, bring it in again and say so."
)
_NOT_YOURS = "You may not bring in files of this kind, so nothing was brought in."
_NO_AGENCY = (
    "You work for no agency yet, so nothing was brought in. An administrator of your council says for which you do."
)
_NOT_KEPT_HERE = "{} does not keep this register, so nothing was brought in."

_SUBJECTS = {
    ImportKind.VEHICLES: (VEHICLES, vehicle_row),
    ImportKind.OPERATORS: (OPERATORS, operator_row),
    ImportKind.PREMISES: (PREMISES, premises_row),
}


def make_plan(user: ActingUser, table: Table, kind: ImportKind, options: Options) -> Plan:
    """What the rows would do to the register of this user's authority as it is now. Raises FileRefused."""
    if kind not in kinds_for(register.functions_of(user.authority.id)):
        message = NOT_ISSUED_HERE if kind is ImportKind.DRIVERS else _NOT_KEPT_HERE
        raise FileRefused(message.format(user.authority.name))
    if not user.may(permission_for(kind)):
        raise FileRefused(_NOT_YOURS)
    plan = _PLANS[kind](user, table, kind, options, dates.today())
    plan.missing = sorted(queries.last_units(kind) - plan.units - plan.spoken_of)
    if any(_MONTH_FIRST in rejection.reason for rejection in plan.rejected):
        plan.warnings.insert(0, READ_DAY_FIRST)
    plan.warnings[:0] = table.warnings
    return plan


def _plan_of_people(user: ActingUser, table: Table, kind: ImportKind, options: Options, today: date) -> Plan:
    read, kinds = driver_rows, DRIVER_KINDS
    if kind is ImportKind.PERSONAL_LICENCES:
        read, kinds = personal_rows, (LicenceKind.PERSONAL_LICENCE,)
    rows = read(table, options.mapping, today, _own_rows(user))
    return plan_people(rows, known_people(today, kinds), current_app.config["KEYS"], user.authority.id)


def _plan_of_things(user: ActingUser, table: Table, kind: ImportKind, options: Options, today: date) -> Plan:
    subject, read = _SUBJECTS[kind]
    order = options.mapping.date_order
    rows = checked_rows(table, lambda reading: read(reading, order, today), _own_rows(user))
    return plan_things(rows, known_things(subject, today), current_app.config["KEYS"], user.authority.id)


def _plan_of_decisions(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    rows = list(decision_rows(table, options.mapping, today, _own_rows(user)))
    known = known_decisions({normalise(row.licence_no) for row in rows if isinstance(row, DecisionRow)})
    return plan_decisions(rows, known, current_app.config["KEYS"], user.authority.id, today)


def _plan_of_training(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    rows = list(training_rows(table, options.mapping, today, _own_rows(user)))
    known = known_training(user, [row for row in rows if isinstance(row, TrainingRow)])
    return plan_training(rows, known, user)


def _plan_of_food_places(user: ActingUser, table: Table, _kind: ImportKind, options: Options, _today: date) -> Plan:
    extracted_on = _extracted_on(table)
    establishments = fhrs_rows(table, options.business_types)
    plan = plan_fhrs(
        establishments,
        known_places(),
        unregistered_places(),
        user.authority.id,
        user.authority.name,
        extracted_on,
    )
    plan.warnings += [warning] if (warning := item_count_warning(table.facts, plan.rows)) else []
    return plan


def _plan_of_checks(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    return plan_vetting(vetting_rows(table, options.mapping, today, _own_rows(user)), people_to_vet(), user, today)


def _plan_of_trials(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    rows = list(court_rows(table, options.mapping, today, _own_rows(user)))
    known = known_courts([row for row in rows if isinstance(row, CourtRow)])
    plan = plan_courts(rows, known, current_app.config["KEYS"], user)
    plan.rejected = [replace(one, value="") for one in plan.rejected]  # any of them may be a name
    return plan


def _plan_of_actions(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    rows = list(disruption_rows(table, options.mapping, today, _own_rows(user)))
    known = known_disruption(user, [row for row in rows if isinstance(row, DisruptionRow)])
    if not known.agencies.mine:
        raise FileRefused(_NO_AGENCY)
    plan = plan_disruption(rows, known, user, today)
    about = ("target_name", "target_address", "target_postcode")
    plan.rejected = [replace(one, value="") if one.column in about else one for one in plan.rejected]
    return plan


def _plan_of_awareness(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    return plan_awareness(list(awareness_rows(table, options.mapping, today, _own_rows(user))), user)


def _plan_of_indicators(user: ActingUser, table: Table, _kind: ImportKind, options: Options, today: date) -> Plan:
    return plan_indicators(list(indicator_rows(table, options.mapping, today, _own_rows(user))), user)


def _own_rows(user: ActingUser) -> Callable[[RowReading], None]:
    return lambda reading: refuse_row_of_another_council(reading, user.authority)


def _extracted_on(table: Table) -> date:
    try:
        return date.fromisoformat(table.facts.get("ExtractDate", ""))
    except ValueError as error:
        raise FileRefused("The file does not say when it was extracted (ExtractDate).") from error


_PLANS: dict[ImportKind, Callable[[ActingUser, Table, ImportKind, Options, date], Plan]] = {
    ImportKind.DRIVERS: _plan_of_people,
    ImportKind.PERSONAL_LICENCES: _plan_of_people,
    ImportKind.VEHICLES: _plan_of_things,
    ImportKind.OPERATORS: _plan_of_things,
    ImportKind.PREMISES: _plan_of_things,
    ImportKind.ADVERSE_DECISIONS: _plan_of_decisions,
    ImportKind.TRAINING: _plan_of_training,
    ImportKind.FHRS: _plan_of_food_places,
    ImportKind.VETTING: _plan_of_checks,
    ImportKind.COURTS: _plan_of_trials,
    ImportKind.DISRUPTION: _plan_of_actions,
    ImportKind.AWARENESS: _plan_of_awareness,
    ImportKind.INDICATORS: _plan_of_indicators,
}
