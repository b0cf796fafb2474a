"""The forms of meetings. Agencies, colleagues, meetings and subjects are the page's to fill."""

from licensing.disruption.forms import NO_CHILD, NOT_FOUND
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    not_in_the_past,
    options,
)
from licensing.subject_meetings.rules import LONGEST_WORDS
from licensing.subject_meetings.words import MeetingState, SubjectKind

# An address comes from a signal alone.
_BY_HAND = [one for one in SubjectKind if one is not SubjectKind.ADDRESS]
_READ_BY_ALL = f"Every agency that is invited reads it. {NO_CHILD}"
_WHY = f"Every agency that is invited reads it: say nothing that one of them may not know. {NO_CHILD}"


class MeetingsFilterForm(FilterForm):
    state = ChoiceField(
        "Status", choices=[(one, one.label) for one in MeetingState], coerce=MeetingState, empty="Planned"
    )
    every = TickBoxField("Also what is over", called="Also what is over")


class PlanForm(NarrativeForm):
    on_day = DateField("On which day?", required="Enter the day", validators=[not_in_the_past])
    starts_at = TextField(
        "At what time?",
        required="Enter the time",
        longest=5,
        hint="24-hour clock, like 14:30",
        gov={"classes": "govuk-input--width-5"},
    )
    venue = TextField("Where?", required="Enter where it takes place", longest=120, hint="A room, or “by video”.")
    recording_agency = RadioField(
        "For which agency do you plan it?", required="Select for which agency you plan it", called="Your agency"
    )
    invited = CheckboxesField(
        "Which other agencies are invited? (optional)",
        called="Invited",
        hint="They see the agenda, the decisions and the minute.",
    )
    purpose = LongTextField(
        "What is the meeting for?",
        required="Enter what the meeting is for",
        longest=LONGEST_WORDS,
        rows=3,
        hint=NO_CHILD,
    )
    submit = SubmitField("Plan it")


class InviteForm(BaseForm):
    agency = ChoiceField("Which agency is invited?", required="Select the agency that is invited", called="Agency")
    submit = SubmitField("Invite")


class SubjectForm(NarrativeForm):
    """`record` asks which place of the registers it is, where some fit."""

    asked_first = ("kind", "name", "record")

    kind = RadioField(
        "What is it?",
        required="Select what it is",
        choices=[(one, one.label) for one in _BY_HAND],
        coerce=SubjectKind,
        called="Kind",
    )
    name = TextField(
        "Name, reference or registration mark",
        required="Enter the name, the reference or the registration mark",
        longest=200,
        hint="With a reference, the papers show each agency what it may know of the record. Never a child’s name.",
    )
    name_for_all = TextField(
        "What is a person called on the agenda? (optional)",
        called="Called on the agenda",
        longest=200,
        hint="Where you give a person’s reference, the agencies invited read the reference alone unless you enter a "
        "name here. Every one of them reads it.",
    )
    record = RadioField("Which place is it?", required="Select which place it is, or that it is none of these")
    why = LongTextField(
        "Why is it on the agenda?",
        required="Say why it is on the agenda",
        longest=LONGEST_WORDS,
        rows=3,
        hint=_WHY,
    )
    submit = SubmitField("Add")

    def take_places(self, places: list[tuple[str, str]]) -> None:
        """Ask which of these it is; with none found there is nothing to ask."""
        if not places:
            del self.record
            return
        self.record.choices = options([*places, (NOT_FOUND, "None of these")])


class AgendaForm(NarrativeForm):
    meeting = RadioField("On the agenda of which meeting?", required="Select the meeting", called="Meeting")
    why = LongTextField(
        "Why is it on the agenda?",
        required="Say why it is on the agenda",
        longest=LONGEST_WORDS,
        rows=3,
        hint=_WHY,
    )
    submit = SubmitField("Put it on the agenda")


class HoldForm(NarrativeForm):
    minute = LongTextField(
        "The minute",
        required="Enter the minute",
        longest=LONGEST_WORDS * 2,
        rows=12,
        hint=f"Who came, what was said. It stays as you write it now. {_READ_BY_ALL}",
    )
    submit = SubmitField("Keep the minute")


class CallOffForm(BaseForm):
    submit = SubmitField("Call it off")


class DecisionForm(NarrativeForm):
    subject = ChoiceField("About what?", called="About", empty="The meeting as a whole")
    what = LongTextField(
        "What is to be done?",
        required="Enter what is to be done",
        longest=LONGEST_WORDS,
        rows=4,
        hint=f"An agency that is asked sees these words in its task. {NO_CHILD}",
    )
    mine = RadioField("For which agency do you record it?", required="Select for which agency", called="Your agency")
    whom = ChoiceField("Who does it?", required="Select who does it", called="Who does it")
    due_on = DateField("By when?", required="Enter by when", validators=[not_in_the_past])
    submit = SubmitField("Save")
