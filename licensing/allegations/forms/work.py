"""The forms about strands, meetings, actions and the chronology."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import wtforms
from wtforms import HiddenField
from wtforms.validators import Optional, ValidationError

from licensing.allegations.forms.steps import LONGEST, NO_NAMES
from licensing.allegations.words import BY_HAND, EntryKind, MeetingKind, StrandState
from licensing.allegations.words_of_sharing import BASES, Basis
from licensing.dates import ENGLAND, day_of
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    not_in_the_future,
)

_AT = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class StrandForm(NarrativeForm):
    """Where one enquiry stands, who leads it, and when something is next expected of it."""

    version = HiddenField()
    owner = TextField("Who leads it", hint="Name and organisation")
    state = RadioField(
        "How far is it?",
        required="Select how far it is",
        choices=[(one.value, one.label) for one in StrandState],
        coerce=StrandState,
    )
    next_on = DateField("When is something next due?", called="The next date")
    note = LongTextField("What is known of it", hint=NO_NAMES, longest=LONGEST, gov={"rows": 5})
    save = SubmitField("Save the strand")


class AddStrandForm(BaseForm):
    """A licensing authority, or another council, whose own enquiry is followed beside the others."""

    for_authority_id = ChoiceField("Which council?", required="Select the council")
    owner = TextField("Who leads it there", hint="Name and role")
    add = SubmitField("Add the strand")


class PlanMeetingForm(BaseForm):
    kind = RadioField("What kind of meeting?", required="Select the kind of meeting", coerce=MeetingKind)
    held_on = DateField("When is it?", called="The date of the meeting", required="Enter the date of the meeting")
    plan = SubmitField("Continue")


class ActionRow(wtforms.Form):
    """Something to be done, by whom and when: a row that is left empty is nothing."""

    words = TextField("What is to be done", longest=1_000)
    owner = TextField("By whom")
    due_on = DateField("By when", called="The date by which it is to be done")

    @property
    def is_filled(self) -> bool:
        return bool(self.words.data or self.owner.data or any(self.due_on.typed()))

    def validate(self, extra_validators: Any = None) -> bool:
        whole = super().validate(extra_validators)
        if not self.is_filled:
            return whole
        asked = (
            (self.words, "Enter what is to be done"),
            (self.owner, "Enter by whom it is to be done"),
            (self.due_on, "Enter the date by which it is to be done"),
        )
        for field, message in asked:
            if not field.data and not field.errors:
                field.errors = [message]
                whole = False
        return whole


class MeetingForm(NarrativeForm):
    """The whole meeting on one page, written while chairing it."""

    left_out = ("actions",)  # what was undertaken is shown as a list of its own

    version = HiddenField()
    kind = RadioField("What kind of meeting?", required="Select the kind of meeting", coerce=MeetingKind)
    held_on = DateField("When is it?", called="The date of the meeting", required="Enter the date of the meeting")
    attendees = LongTextField(
        "Who came", hint="One on each line: name, role and organisation", longest=LONGEST, gov={"rows": 5}
    )
    told = LongTextField(
        "Who was told what", hint=f"Also what is to be told afterwards. {NO_NAMES}", longest=LONGEST, gov={"rows": 4}
    )
    basis = ChoiceField("Lawful basis of what was told", choices=BASES, coerce=Basis)
    notes = LongTextField("Notes", hint=NO_NAMES, longest=LONGEST, gov={"rows": 10})
    actions = wtforms.FieldList(wtforms.FormField(ActionRow), min_entries=3, max_entries=20)
    next_on = DateField("When is the next meeting?", called="The date of the next meeting")
    stay = SubmitField("Save and stay")
    finish = SubmitField("Save and finish")

    def new_actions(self) -> list[dict[str, Any]]:
        """The rows that somebody filled in."""
        return [row.form.data for row in self.actions if row.form.is_filled]


class ActionForm(NarrativeForm):
    """Something that was undertaken outside a meeting."""

    words = LongTextField("What is to be done?", required="Write what is to be done", gov={"rows": 3})
    owner = TextField("By whom?", required="Enter by whom it is to be done", hint="Name and organisation")
    due_on = DateField(
        "By when?",
        called="The date by which it is to be done",
        required="Enter the date by which it is to be done",
    )
    save = SubmitField("Save the action")


class ActionDoneForm(NarrativeForm):
    done_on = DateField(
        "When was it done?",
        called="The date on which it was done",
        required="Enter the date on which it was done",
        validators=[not_in_the_future],
    )
    words = LongTextField("What was done?", required="Write what was done", hint=NO_NAMES, longest=LONGEST)
    save = SubmitField("Record it")


def _time_of_day(form: Any, field: Any) -> None:
    if not _AT.fullmatch(field.data):
        raise ValidationError("Enter the time as hours and minutes, like 14:05")


def _moment(on: date, at: str) -> datetime:
    """A day and a time as typed and found valid, by the clock in England."""
    found = _AT.fullmatch(at)
    assert found  # the form is valid
    return datetime.combine(on, time(int(found[1]), int(found[2])), ENGLAND)


class BeginForm(BaseForm):
    """Nothing is asked while the telephone rings."""

    begin = SubmitField("Start recording")


class CallForm(BeginForm):
    """A call that is written up later has its day and time; one that goes on now needs neither."""

    asked_first = ("on", "at")
    on = DateField(
        "If the call is over: on which day was it?",
        called="The day of the call",
        hint="Leave it empty if they are on the telephone now",
        validators=[not_in_the_future],
    )
    at = TextField(
        "At what time was it?",
        called="The time of the call",
        hint="On the 24-hour clock, like 14:05",
        validators=[Optional(), _time_of_day],
        gov={"classes": "govuk-input--width-5"},
    )

    def validate_at(self, field: TextField) -> None:
        if self.on.data and field.data and _AT.fullmatch(field.data) and self.called_at() > datetime.now(UTC):
            raise ValidationError("The time of the call must be in the past")

    def validate(self, extra_validators: Any = None) -> bool:
        whole = super().validate(extra_validators)
        if whole and bool(self.on.data) != bool(self.at.data):
            self.add_error("Enter both the day and the time of the call, or neither", "on")
            return False
        return whole

    def called_at(self) -> datetime:
        """When they rang: now, unless it was said."""
        return _moment(self.on.data, self.at.data or "") if self.on.data else datetime.now(UTC)


class EntryForm(NarrativeForm):
    """A line of the chronology, written by hand."""

    kind = ChoiceField(
        "What was it?",
        required="Select what it was",
        choices=[(one.value, one.label) for one in BY_HAND],
        coerce=EntryKind,
    )
    on = DateField(
        "On which day?", called="The day", required="Enter the day on which it was", validators=[not_in_the_future]
    )
    at = TextField(
        "At what time?",
        called="The time",
        required="Enter the time",
        hint="On the 24-hour clock, like 14:05",
        validators=[_time_of_day],
        gov={"classes": "govuk-input--width-5"},
    )
    words = LongTextField(
        "What happened?", required="Write what happened", hint=NO_NAMES, longest=LONGEST, gov={"rows": 12}
    )
    save = SubmitField("Save the entry")

    def happened_at(self) -> datetime:
        """The moment, by the clock in England."""
        assert self.on.data  # the form is valid
        return _moment(self.on.data, self.at.data or "")


def asked_of(moment: datetime) -> dict[str, Any]:
    """A moment as the form asks for it."""
    local = moment.astimezone(ENGLAND)
    return {"on": day_of(moment), "at": f"{local:%H:%M}"}
