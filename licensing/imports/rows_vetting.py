"""Rows of checks of people: whose, what was checked, with what result and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from licensing.dates import DateOrder, in_words
from licensing.imports.cell_reading import Check, any_council, checked_rows, required
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.row_reading import RowReading
from licensing.imports.tables import Table
from licensing.imports.values import read_yes_or_no
from licensing.imports.words import Vocabulary
from licensing.vetting.details import CheckDetails
from licensing.vetting.rules import BarredLists, CheckKind, DbsLevel, Result, StatusSource

CHECKS = Vocabulary(
    {
        CheckKind.ENHANCED_DBS: ("Enhanced DBS certificate", "Enhanced", "DBS", "DBS certificate", "CRB"),
        CheckKind.DBS_STATUS: (
            "DBS status check", "DBS update", "Update service check", "Update service", "DBS update service",
        ),
        CheckKind.BASIC_DBS: ("Basic DBS certificate", "Basic", "Basic disclosure"),
        CheckKind.RIGHT_TO_WORK: ("RTW", "Right to work check", "Immigration check"),
        CheckKind.DVLA: ("Driving licence (DVLA)", "DVLA check", "Driving licence", "Driving licence check"),
        CheckKind.MEDICAL: ("Medical certificate", "Group 2 medical", "Medical examination"),
        CheckKind.OVERSEAS: ("Time abroad", "Certificate of good character", "Overseas check"),
        CheckKind.ENGLISH: ("English test", "English language", "English assessment"),
        CheckKind.KNOWLEDGE: ("Knowledge test", "Topographical test", "Local knowledge"),
        CheckKind.IDENTITY: ("Identity and photograph", "ID", "ID check", "Photograph"),
        CheckKind.REFERENCE: ("References", "Character reference"),
        CheckKind.TAX_CHECK: ("HMRC tax check", "Tax"),
    },
    "This is not a check that is recorded: write enhanced DBS, DBS status, basic DBS, right to work, DVLA, medical, "
    "English, knowledge test, identity, reference or tax check",
)  # fmt: skip
RESULTS = Vocabulary(
    {
        Result.REQUESTED: ("Asked for", "Applied for", "Awaited", "Pending"),
        Result.INCOMPLETE: ("Incomplete", "Looked at, incomplete"),
        Result.SATISFIED: (
            "Pass", "Passed", "Clear", "OK", "Satisfactory", "No new information", "No change", "Seen", "Yes",
        ),
        Result.UNSATISFACTORY: ("Fail", "Failed", "Not satisfactory"),
        Result.NEW_INFORMATION: ("New information", "Changed", "Status changed"),
        Result.UNABLE: ("Unable", "Unable to check", "Could not be checked", "Not subscribed"),
        Result.NOT_NEEDED: ("Not required", "Not applicable", "Exempt"),
    },
    "This is not a result: write requested, incomplete, satisfied, unsatisfactory, new information, unable to check or "
    "not needed",
)  # fmt: skip
_LEVELS = Vocabulary(
    {level: (f"{level} DBS", f"{level} disclosure") for level in DbsLevel}, "Write basic, standard or enhanced"
)
_LISTS = Vocabulary(
    {
        BarredLists.NONE: ("No", "Neither", "Not checked"),
        BarredLists.CHILDREN: ("Children", "Children's", "Child", "Children only"),
        BarredLists.ADULTS: ("Adult", "Adult's", "Adults'", "Adults only"),
        BarredLists.BOTH: ("Yes", "Children and adults", "Adults and children", "Both lists"),
    },
    "Write children, adults, both or none",
)


@dataclass(frozen=True, slots=True)
class VettingRow:
    """An accepted row: whose check it is, in the file's own words, and what was found."""

    row: int
    source_id: str
    licence_no: str
    family_name: str
    date_of_birth: date | None
    details: CheckDetails
    warnings: tuple[str, ...] = field(default=())


def vetting_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[VettingRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _accepted(reading, mapping.date_order, today), check)


def _accepted(reading: RowReading, order: DateOrder, today: date) -> VettingRow | None:
    required(reading, (("check", "A check"), ("result", "A result"), ("checked_on", "The date it was checked")))
    kind = reading.word("check", CHECKS.meaning) if reading.text("check") else None
    result = reading.word("result", RESULTS.meaning) if reading.text("result") else None
    days = {name: reading.date(name, order) for name in ("checked_on", "issued_on", "expires_on", "date_of_birth")}
    if days["checked_on"] and days["checked_on"] > today:
        reading.reject("checked_on", f"{in_words(days['checked_on'])} is in the future")
    level = reading.word("level", _LEVELS.meaning) if reading.text("level") else None
    lists = reading.word("barred_lists", _LISTS.meaning) if reading.text("barred_lists") else None
    on_service = reading.word("update_service", read_yes_or_no)
    if reading.rejections or kind is None or result is None or days["checked_on"] is None:
        return None
    is_status = kind is CheckKind.DBS_STATUS
    details = CheckDetails(
        kind,
        result,
        days["checked_on"],
        expires_on=days["expires_on"],
        certificate_no=reading.text("certificate_no").replace(" ", ""),
        issued_on=days["issued_on"],
        level=level,
        barred_lists=lists,
        update_service=None if is_status else on_service,
        learnt_by=_learnt_by(on_service) if is_status else None,
        reason=reading.text("reason"),
    )
    return VettingRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        licence_no=reading.text("licence_no"),
        family_name=reading.text("family_name"),
        date_of_birth=days["date_of_birth"],
        details=details,
        warnings=tuple(reading.warnings),
    )


def _learnt_by(on_service: bool | None) -> StatusSource | None:
    """A status that was not learnt by the update service was learnt from a new certificate."""
    if on_service is None:
        return None
    return StatusSource.UPDATE_SERVICE if on_service else StatusSource.PAPER
