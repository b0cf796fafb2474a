"""The forms of complaints, self-reports, operators' drivers and court proceedings."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms.validators import ValidationError

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
    WholeNumberField,
    not_in_the_future,
)
from licensing.suitability.concerns import ComplaintCategory, ComplaintOutcome, ComplaintSource, Reported
from licensing.suitability.forms.shared import case_reference, day
from licensing.suitability.sentences import SentenceKind, Verdict

_ENGLAND = ZoneInfo("Europe/London")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_SENTENCE = re.compile(r"(?:(\d{1,4}) )?(consecutive|concurrent|awaited)", re.IGNORECASE)
SENTENCES_HINT = (
    "One line for each conviction: the months, then “consecutive” or “concurrent”, like “60 consecutive”; or “awaited”."
)


def _listed(kind: Any) -> list[tuple[Any, str]]:
    return [(one, one.label) for one in kind]


def time_of_day(_form: Any, field: TextField) -> None:
    if not _TIME.fullmatch(field.data or ""):
        raise ValidationError(f"{field.called} must be a time, like 14:30")  # type: ignore[attr-defined]  (every question has one)


def moment(on: date, at: str) -> datetime:
    """A day and a time by the clock in England."""
    hour, minute = re.split("[:.]", at)
    return datetime(on.year, on.month, on.day, int(hour), int(minute), tzinfo=_ENGLAND)


def sentences_in(text: str) -> list[tuple[SentenceKind, int | None]]:
    """The sentences that the lines of a form say. Raises ValueError with the line that says none."""
    found: list[tuple[SentenceKind, int | None]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        said = _SENTENCE.fullmatch(" ".join(line.split()))
        kind = SentenceKind(said[2].lower()) if said else None
        if said is None or kind is None or (said[1] is None) != (kind is SentenceKind.AWAITED):
            raise ValueError(line)
        found.append((kind, int(said[1]) if said[1] else None))
    return found


class ComplaintsFilterForm(FilterForm):
    category = ChoiceField("About", empty="Anything", choices=_listed(ComplaintCategory), coerce=ComplaintCategory)
    source = ChoiceField("From", empty="Anybody", choices=_listed(ComplaintSource), coerce=ComplaintSource)
    state = ChoiceField("State", empty="All", choices=[("open", "Still open")])


class ComplaintForm(NarrativeForm):
    category = ChoiceField(
        "What is complained of?",
        required="Select what is complained of",
        choices=_listed(ComplaintCategory),
        coerce=ComplaintCategory,
    )
    source = ChoiceField(
        "Who complains?", required="Select who complains", choices=_listed(ComplaintSource), coerce=ComplaintSource
    )
    received_on = day("When was it received?", "The day it was received", "Enter the day it was received")
    summary = LongTextField(
        "What is said to have happened?",
        required="Enter what is said to have happened",
        called="What happened",
        hint="Do not name who complains, and never a child.",
    )
    case_reference = case_reference()
    submit = SubmitField("Record the complaint")


class OutcomeForm(NarrativeForm):
    outcome = RadioField(
        "What came of it?",
        required="Select what came of it",
        choices=_listed(ComplaintOutcome),
        coerce=ComplaintOutcome,
    )
    on_day = day("On which day?")
    words = LongTextField("More about it", rows=3)
    submit = SubmitField("Close the complaint")


class OperatorForm(BaseForm):
    operator = TextField(
        "The operator’s reference",
        required="Enter the operator’s reference",
        hint="As on the operator’s page, like O-7K2M-9XQ4",
        longest=20,
    )
    from_on = DateField("First day", hint="Leave blank if it is not known", validators=[not_in_the_future])
    until_on = DateField("Last day", hint="Leave blank while they work for it")
    submit = SubmitField("Save")


class SelfReportsFilterForm(FilterForm):
    late = ChoiceField("In time", empty="All", choices=[("late", "Late only")])


class SelfReportForm(NarrativeForm):
    what = RadioField("What happened?", required="Select what happened", choices=_listed(Reported), coerce=Reported)
    occurred_on = day("On which day did it happen?", "The day it happened", "Enter the day it happened")
    occurred_time = TextField(
        "At what time?", required="Enter the time, like 14:30", called="The time it happened", validators=[time_of_day]
    )
    reported_on = day("On which day did they report it?", "The day they reported it", "Enter the day they reported it")
    reported_time = TextField(
        "At what time did they report it?",
        required="Enter the time, like 14:30",
        called="The time they reported it",
        validators=[time_of_day],
    )
    words = LongTextField("What they reported", hint="Never a child’s name or story.", rows=3)
    case_reference = case_reference()
    submit = SubmitField("Record the report")

    def given(self) -> dict[str, Any]:
        """The answers with the two moments put together."""
        occurred, reported = self.occurred_on.data, self.reported_on.data
        assert occurred
        assert reported
        return {
            "what": self.what.data,
            "occurred_at": moment(occurred, self.occurred_time.data or ""),
            "reported_at": moment(reported, self.reported_time.data or ""),
            "words": self.words.data,
            "case_reference": self.case_reference.data,
        }


class CourtCasesFilterForm(FilterForm):
    """A period in which proceedings began."""

    from_on = DateField("Began from", called="The first day")
    until_on = DateField("Began until", called="The last day")

    def validate_until_on(self, field: DateField) -> None:
        if field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError("The last day must be on or after the first day")


class CaseForm(BaseForm):
    court = TextField("Which court?", required="Enter the court", longest=100, called="Court")
    started_on = day("When did the proceedings begin?", "The day they began", "Enter the day they began")
    ended_on = DateField("When did they end?", called="The day they ended", hint="Leave blank while they go on")
    witnesses = WholeNumberField(
        "How many victims were witnesses?", most=500, called="Witnesses", hint="A number alone"
    )
    submit = SubmitField("Save")


class DefendantForm(BaseForm):
    verdict = RadioField("Verdict", required="Select the verdict", choices=_listed(Verdict), coerce=Verdict)
    licence_no = TextField(
        "Licence number, if they are on your register",
        longest=40,
        hint="Nobody else is named here: defendants are numbers.",
    )
    sentences = LongTextField("Sentences", hint=SENTENCES_HINT, rows=4, longest=1000)
    submit = SubmitField("Save")

    def validate_sentences(self, field: LongTextField) -> None:
        try:
            sentences_in(field.data or "")
        except ValueError as error:
            raise ValidationError(f"“{error}” is not a sentence. {SENTENCES_HINT}") from error
