"""One look at a check, as a form, a file or the samples give it; and what must be true of it before it is kept."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from licensing.dates import in_words, years_after
from licensing.errors import RuleBroken
from licensing.vetting.rules import (
    BarredLists,
    CheckKind,
    DbsLevel,
    LengthUnit,
    Result,
    StatusSource,
    later,
    results_of,
)

_ADULT = 18  # years
# Statutory standards, 2020: three or more continuous months.
_MONTHS_ABROAD = 3
_CERTIFICATE_NO = re.compile(r"[0-9]{12}", re.ASCII)

_DBS = ("certificate_no", "issued_on", "level", "barred_lists", "update_service")
_FIELDS = {
    CheckKind.ENHANCED_DBS: _DBS,
    CheckKind.BASIC_DBS: ("certificate_no", "issued_on"),
    CheckKind.DBS_STATUS: ("learnt_by", "certificate_no", "issued_on"),
    CheckKind.RIGHT_TO_WORK: ("leave", "expires_on"),
    CheckKind.OVERSEAS: ("country", "abroad_from", "abroad_until"),
    CheckKind.DVLA: ("expires_on",),
    CheckKind.MEDICAL: ("expires_on",),
    CheckKind.TAX_CHECK: ("expires_on",),
    CheckKind.IDENTITY: ("expires_on",),
}
# What the service discloses has no room here: not even in a reason.
_WITHOUT_WORDS = frozenset({CheckKind.ENHANCED_DBS, CheckKind.BASIC_DBS, CheckKind.DBS_STATUS})
_EXPLAINED = frozenset({Result.NOT_NEEDED, Result.INCOMPLETE, Result.UNSATISFACTORY})


@dataclass(frozen=True, slots=True)
class CheckDetails:
    """What was looked at and found. `checked_on` is the day it was looked at or asked for."""

    kind: CheckKind
    result: Result
    checked_on: date
    expires_on: date | None = None
    certificate_no: str = ""
    issued_on: date | None = None
    level: DbsLevel | None = None
    barred_lists: BarredLists | None = None
    update_service: bool | None = None
    learnt_by: StatusSource | None = None
    leave_extended: bool = False
    country: str = ""
    abroad_from: date | None = None
    abroad_until: date | None = None
    reason: str = ""


def fields_of(check: CheckKind) -> tuple[str, ...]:
    """The questions that a check has besides its result and day."""
    return _FIELDS.get(check, ())


def asks_for_reason(check: CheckKind, result: Result) -> bool:
    """Whether words must say why; of an adverse DBS result nothing is written down."""
    return result in _EXPLAINED and not (result is Result.UNSATISFACTORY and check in _WITHOUT_WORDS)


def check_details(given: CheckDetails, today: date, born: date | None) -> None:
    """RuleBroken at the field for what cannot be, or is missing of what was found."""
    if given.result not in (*results_of(given.kind), Result.MISTAKE):
        raise RuleBroken(f"{given.kind.label} has no such result", "result")
    if given.checked_on > today:
        raise RuleBroken("Date it was checked must be today or in the past", "checked_on")
    if given.issued_on and given.issued_on > given.checked_on:
        raise RuleBroken(f"Date of issue must be {in_words(given.checked_on)} or before", "issued_on")
    if asks_for_reason(given.kind, given.result) and not given.reason:
        raise RuleBroken("Enter why, or what is missing", "reason")
    if given.reason and given.kind in _WITHOUT_WORDS and given.result.is_adverse:
        raise RuleBroken("What a DBS check shows is not written down here: leave this blank", "reason")
    if given.certificate_no and not _CERTIFICATE_NO.fullmatch(given.certificate_no):
        raise RuleBroken("Certificate number must be 12 numbers", "certificate_no")
    if given.result is Result.SATISFIED:
        _check_satisfied(given, born)


def _check_satisfied(given: CheckDetails, born: date | None) -> None:
    if given.expires_on and given.expires_on < given.checked_on:
        raise RuleBroken(f"Last day must be {in_words(given.checked_on)} or after", "expires_on")
    if given.kind.is_certificate:
        _check_certificate(given)
    elif given.kind is CheckKind.DBS_STATUS and given.learnt_by is None:
        raise RuleBroken("Select how the status was learnt", "learnt_by")
    elif given.kind is CheckKind.RIGHT_TO_WORK and given.leave_extended and not given.expires_on:
        raise RuleBroken("Enter the last day their permission to work is proved for", "expires_on")
    elif given.kind is CheckKind.OVERSEAS:
        _check_abroad(given, born)


def _check_certificate(given: CheckDetails) -> None:
    if not given.certificate_no:
        raise RuleBroken("Enter the certificate number", "certificate_no")
    if not given.issued_on:
        raise RuleBroken("Enter the date of issue", "issued_on")
    if given.kind is CheckKind.ENHANCED_DBS and given.level is not DbsLevel.ENHANCED:
        raise RuleBroken("Only an enhanced certificate satisfies this check", "level")
    if given.kind is CheckKind.ENHANCED_DBS and given.barred_lists is None:
        raise RuleBroken("Select which barred lists were checked", "barred_lists")


def _check_abroad(given: CheckDetails, born: date | None) -> None:
    if not given.country:
        raise RuleBroken("Enter the country", "country")
    if not given.abroad_from or not given.abroad_until:
        raise RuleBroken("Enter the first and last day abroad", "abroad_until" if given.abroad_from else "abroad_from")
    if given.abroad_until < given.abroad_from:
        raise RuleBroken("Last day abroad must be the same as or after the first", "abroad_until")
    grown_up = max(given.abroad_from, years_after(born, _ADULT)) if born else given.abroad_from
    if given.abroad_until + timedelta(days=1) < later(grown_up, _MONTHS_ABROAD, LengthUnit.MONTHS):
        raise RuleBroken(
            "That is less than three continuous months as an adult, for which no certificate is asked. "
            "If nothing longer is to be checked, select “Not needed, with a reason”.",
            "abroad_until",
        )
