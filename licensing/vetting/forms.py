"""The forms of vetting: which check, what was found, a council's own rule, and what the list is narrowed to."""

from typing import Any

from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    WholeNumberField,
    not_in_the_future,
)
from licensing.register.catalogue import LicenceKind
from licensing.vetting.asked import Bucket, Wanted
from licensing.vetting.details import CheckDetails, fields_of
from licensing.vetting.rules import (
    FAMILIES,
    BarredLists,
    CheckKind,
    DbsLevel,
    LengthUnit,
    Requirement,
    Result,
    StatusSource,
    results_of,
)

_VETTED_KINDS = [kind for kind in LicenceKind if kind.family in FAMILIES]
_PERMANENT, _ENDS, _EXTENDED = "permanent", "ends", "extended"
_YES, _NO = "yes", "no"
_NARROW = {"classes": "govuk-input--width-10", "inputmode": "numeric"}


class WhichCheckForm(BaseForm):
    check = RadioField(
        "What was checked?",
        called="Check",
        required="Select what was checked",
        choices=[(one.value, one.label) for one in CheckKind],
        coerce=CheckKind,
    )
    submit = SubmitField("Continue")


class CheckForm(NarrativeForm):
    """What was found. Only the questions of one check are asked: `settle` takes the others away."""

    result = RadioField("What was the result?", called="Result", required="Select the result", coerce=Result)
    checked_on = DateField(
        "Date it was checked",
        required="Enter the date it was checked",
        hint="The day you looked at it, or asked for it",
        validators=[not_in_the_future],
    )
    learnt_by = RadioField(
        "How was the status learnt?",
        called="How the status was learnt",
        choices=[(one.value, one.label) for one in StatusSource],
        coerce=StatusSource,
    )
    certificate_no = TextField(
        "Certificate number", hint="12 numbers. Keep no copy, and nothing of what it says", longest=20, gov=_NARROW
    )
    issued_on = DateField("Date of issue", validators=[not_in_the_future])
    level = RadioField(
        "Level of the certificate",
        called="Level",
        choices=[(one.value, one.label) for one in DbsLevel],
        coerce=DbsLevel,
    )
    barred_lists = RadioField(
        "Which barred lists were checked?",
        called="Barred lists",
        choices=[(one.value, one.label) for one in BarredLists],
        coerce=BarredLists,
    )
    update_service = RadioField(
        "Is the certificate on the update service?",
        called="Update service",
        choices=[(_YES, "Yes"), (_NO, "No")],
    )
    leave = RadioField(
        "How long may they work here?",
        called="How long they may work here",
        choices=[
            (_PERMANENT, "Without an end"),
            (_ENDS, "Until a day"),
            (_EXTENDED, "Their application is open, and leave goes on meanwhile (Immigration Act 1971 section 3C)"),
        ],
    )
    country = TextField("Country", longest=100)
    abroad_from = DateField("First day abroad", validators=[not_in_the_future])
    abroad_until = DateField("Last day abroad", validators=[not_in_the_future])
    expires_on = DateField("Last day it is good for", hint="Leave blank if no end was given")
    reason = LongTextField(
        "Why, or what is missing",
        hint="Needed where it is incomplete, unsatisfactory or not needed. Nothing of what a DBS check shows.",
        rows=3,
        longest=1000,
    )
    tell_licences = TickBoxField(
        "Record the end of leave on their licences too",
        hint="A driver’s or operator’s licence ends with leave by itself (1976 Act sections 53A and 55ZA)",
        default=True,
    )
    submit = SubmitField("Record the check")

    def settle(self, check: CheckKind, *, correcting: bool = False) -> None:
        """Ask only what belongs to this check."""
        results = (*results_of(check), *((Result.MISTAKE,) if correcting else ()))
        self.result.choices = [(one.value, one.label_for(check)) for one in results]  # type: ignore[assignment]  (pairs will do)
        asked = fields_of(check)
        every = {name for one in CheckKind for name in fields_of(one)}
        for name in every - set(asked):
            del self[name]
        if check is not CheckKind.RIGHT_TO_WORK or correcting:
            del self.tell_licences
        if check is CheckKind.RIGHT_TO_WORK:
            self.expires_on.label.text = "Last day of their permission to work"

    def details(self, check: CheckKind) -> CheckDetails:
        """What was answered."""
        given = self.data
        leave = given.get("leave")
        return CheckDetails(
            kind=check,
            result=given["result"],
            checked_on=given["checked_on"],
            expires_on=None if leave == _PERMANENT else given.get("expires_on"),
            certificate_no=(given.get("certificate_no") or "").replace(" ", ""),
            issued_on=given.get("issued_on"),
            level=given.get("level"),
            barred_lists=given.get("barred_lists"),
            update_service={_YES: True, _NO: False}.get(given.get("update_service") or ""),
            learnt_by=given.get("learnt_by"),
            leave_extended=leave == _EXTENDED,
            country=given.get("country") or "",
            abroad_from=given.get("abroad_from"),
            abroad_until=given.get("abroad_until"),
            reason=given.get("reason") or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """An end of leave is asked for where there is one, and only there."""
        fine = super().validate(extra_validators)
        if "leave" not in self or self.result.data is not Result.SATISFIED:
            return fine
        if self.leave.data is None:
            self.add_error("Select how long they may work here", "leave")
        elif self.leave.data == _ENDS and not self.expires_on.data and not self.expires_on.errors:
            self.add_error("Enter the last day of their permission to work", "expires_on")
        else:
            return fine
        return False

    @staticmethod
    def answers(given: CheckDetails) -> dict[str, object]:
        """The same the other way: what the form says when it is opened to correct a check."""
        names = ("result", "checked_on", "learnt_by", "certificate_no", "issued_on", "level", "barred_lists")
        names += ("country", "abroad_from", "abroad_until", "expires_on", "reason")
        leave = _EXTENDED if given.leave_extended else _ENDS if given.expires_on else _PERMANENT
        on_it = {True: _YES, False: _NO}.get(given.update_service) if given.update_service is not None else None
        return {**{name: getattr(given, name) for name in names}, "leave": leave, "update_service": on_it}


class CorrectCheckForm(CheckForm):
    """What a check should have said, and why it did not."""

    why = LongTextField(
        "Why is this a correction?",
        called="Why this is a correction",
        required="Enter why what was recorded is wrong",
        hint="If something new was found, record a new check instead.",
        rows=3,
        longest=500,
    )
    submit = SubmitField("Correct the check")


class PolicyForm(BaseForm):
    """A council's own rule for one check, from a day."""

    requirement = RadioField(
        "What is your council’s rule?",
        called="Rule",
        required="Select the rule",
        choices=[(one.value, one.label) for one in Requirement],
        coerce=Requirement,
    )
    licence_kind = ChoiceField(
        "Only for one kind of licence",
        empty="All of this sort",
        coerce=LicenceKind,
    )
    length = WholeNumberField(
        "How long a check is good for",
        called="How long",
        hint="Leave blank for a check that is made once",
        least=1,
        most=1000,
    )
    unit = ChoiceField(
        "Unit", empty="No length", choices=[(one.value, one.label) for one in LengthUnit], coerce=LengthUnit
    )
    blocks_grant = TickBoxField("No licence is granted before it")
    unless_driver = TickBoxField("Not asked of whoever is also a licensed driver of your council")
    valid_from = DateField("First day of the rule", required="Enter the first day of the rule")
    source = TextField(
        "Where it stands", required="Enter where the rule stands, such as the policy and its date", longest=200
    )
    reason = LongTextField(
        "Why does your council have this rule?",
        called="Reason",
        required="Enter why your council has this rule",
        rows=3,
        longest=500,
    )
    submit = SubmitField("Make the rule")


class HoldersFilterForm(FilterForm):
    """What the list of holders is narrowed to."""

    licence = ChoiceField(
        "Licence",
        empty="All",
        choices=[(one.value, one.label) for one in _VETTED_KINDS],
        coerce=LicenceKind,
    )
    check = ChoiceField("Check", empty="All", choices=[(one.value, one.label) for one in CheckKind], coerce=CheckKind)
    bucket = ChoiceField("Standing", empty="All", choices=[(one.value, one.label) for one in Bucket], coerce=Bucket)

    def wanted(self) -> Wanted:
        return Wanted(self.licence.data, self.check.data, self.bucket.data)
