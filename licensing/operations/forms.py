"""The forms of operations and of test purchases. What is chosen from agencies or places is the page's to fill."""

from licensing.disruption.forms import NO_CHILD
from licensing.disruption.placing import PlaceFields
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
    WholeNumberField,
    not_in_the_future,
    not_in_the_past,
)
from licensing.operations.rules import LONGEST_WORDS
from licensing.operations.words import FindingKind, OperationKind, OperationState, TestKind, TestResult

YES_NO = [("yes", "Yes"), ("no", "No")]


class OperationsFilterForm(FilterForm):
    state = ChoiceField(
        "Status", choices=[(one, one.label) for one in OperationState], coerce=OperationState, empty="Not over"
    )
    kind = ChoiceField("Kind", choices=[(one, one.label) for one in OperationKind], coerce=OperationKind, empty="Any")
    agency = ChoiceField("Agency", empty="Any agency")
    every = TickBoxField("Also what is over", called="Also what is over")


class PlanForm(NarrativeForm):
    """`lead_agency`, `recording_agency` and `partners` are the page's to fill."""

    kind = RadioField(
        "What is it?",
        required="Select what it is",
        choices=[(one, one.label) for one in OperationKind],
        coerce=OperationKind,
        called="Kind",
    )
    name = TextField(
        "Name of the operation", required="Enter a name for it", longest=80, hint="It says nothing about a person."
    )
    on_day = DateField("On which day does it begin?", required="Enter the day", validators=[not_in_the_past])
    starts_at = TextField(
        "Begins at",
        required="Enter when it begins",
        longest=5,
        hint="24-hour clock, like 22:30",
        gov={"classes": "govuk-input--width-5"},
    )
    ends_at = TextField(
        "Ends at (optional)",
        called="Ends at",
        longest=5,
        hint="Before the beginning means on the next day.",
        gov={"classes": "govuk-input--width-5"},
    )
    lead_agency = ChoiceField("Which agency leads?", required="Select the agency that leads", called="Lead agency")
    recording_agency = RadioField(
        "For which agency do you plan it?", required="Select for which agency you plan it", called="Your agency"
    )
    partners = CheckboxesField(
        "Which other agencies join? (optional)", called="Partners", hint="They see the whole operation from now on."
    )
    objective = LongTextField(
        "What is it to achieve?", required="Enter what it is to achieve", longest=LONGEST_WORDS, rows=3, hint=NO_CHILD
    )
    submit = SubmitField("Plan it")


class PlaceForm(PlaceFields):
    submit = SubmitField("Add")


class JoinForm(BaseForm):
    agency = ChoiceField("Which agency joins?", required="Select the agency that joins", called="Agency")
    submit = SubmitField("Add")


class BriefForm(NarrativeForm):
    words = LongTextField(
        "What are those who go out told?",
        required="Enter what they are told",
        called="The briefing",
        longest=LONGEST_WORDS,
        rows=8,
        hint=f"Who goes where, what to look for, what to do if a child is at risk. {NO_CHILD}",
    )
    submit = SubmitField("Keep the briefing")


class BeginForm(BaseForm):
    submit = SubmitField("Begin")


class CallOffForm(NarrativeForm):
    words = LongTextField("Why is it called off?", required="Say why it is called off", longest=500, rows=3)
    submit = SubmitField("Call it off")


class FindingForm(NarrativeForm):
    """Few fields, for a phone at night; `place`, `power` and the hidden id are the page's to fill."""

    kind = RadioField(
        "What is it about?",
        required="Select whether it is about a place, a person or a vehicle",
        choices=[(one, one.label) for one in FindingKind],
        coerce=FindingKind,
        gov={"classes": "govuk-radios--inline"},
    )
    place = ChoiceField(
        "Which place of the plan is it, or was it at? (optional)", called="Place", empty="None of these"
    )
    name = TextField(
        "Name or registration mark",
        longest=200,
        hint="Of the person, the vehicle, or a place that is not on the plan. Never a child’s.",
    )
    what = LongTextField("What was seen?", required="Enter what was seen", longest=LONGEST_WORDS, rows=4, hint=NO_CHILD)
    follow_up = RadioField(
        "Is follow-up needed?",
        required="Select whether follow-up is needed",
        choices=YES_NO,
        gov={"classes": "govuk-radios--inline"},
    )
    power = ChoiceField(
        "Power used (optional)",
        called="Power used",
        empty="None",
        hint="Those that the agencies of this operation may use stand first.",
    )
    submit = SubmitField("Save")


class CountsForm(BaseForm):
    stopped = WholeNumberField("Vehicles stopped", required="Enter how many were stopped", most=9999)
    inspected = WholeNumberField("Inspected", required="Enter how many were inspected", most=9999)
    warned = WholeNumberField("Warnings given", required="Enter how many were warned", most=9999)
    suspended = WholeNumberField("Licences suspended", required="Enter how many were suspended", most=9999)
    reported = WholeNumberField("Reported for an offence", required="Enter how many were reported", most=9999)
    submit = SubmitField("Save the counts")


class FollowUpForm(NarrativeForm):
    """`mine` and `whom` are the page's to fill: colleagues of one's own agencies, and agencies that can be asked."""

    mine = RadioField("For which agency?", required="Select for which agency", called="Your agency")
    whom = ChoiceField("Who follows it up?", required="Select who follows it up", called="Who follows it up")
    what = LongTextField(
        "What is to be done?",
        required="Enter what is to be done",
        longest=LONGEST_WORDS,
        rows=4,
        hint=f"An agency that you ask sees these words, and nothing else of the operation. {NO_CHILD}",
    )
    due_on = DateField("By when?", required="Enter by when", validators=[not_in_the_past])
    submit = SubmitField("Save")


class DebriefForm(NarrativeForm):
    worked = LongTextField(
        "What worked, and what did not?", required="Say what worked", longest=LONGEST_WORDS, rows=4, hint=NO_CHILD
    )
    following = LongTextField("What comes next?", required="Say what comes next", longest=LONGEST_WORDS, rows=4)
    submit = SubmitField("Close the operation")


class PurchasesFilterForm(FilterForm):
    kind = ChoiceField(
        "Tried", choices=[(one, one.label) for one in TestKind], coerce=TestKind, called="Tried", empty="Anything"
    )
    result = ChoiceField(
        "Result", choices=[(one, one.label) for one in TestResult], coerce=TestResult, empty="Any result"
    )


class PurchaseForm(PlaceFields):
    """The three parts of a test. Nothing is asked about who tried, and there is no room for it in words."""

    recording_agency = RadioField(
        "For which agency do you record this?",
        required="Select for which agency you record this",
        called="Your agency",
    )
    on_day = DateField("On which day?", required="Enter the day", validators=[not_in_the_future])
    kind = RadioField(
        "What was tried?",
        required="Select what was tried",
        choices=[(one, one.label) for one in TestKind],
        coerce=TestKind,
    )
    accepted = RadioField(
        "Was the booking taken, or alcohol or tobacco sold?",
        required="Select whether it was taken or sold",
        called="Taken or sold",
        choices=YES_NO,
    )
    id_asked = RadioField(
        "Was proof of age or identity asked for?", required="Select whether proof was asked for", choices=YES_NO
    )
    police_called = RadioField(
        "Were the police rung?",
        required="Select whether the police were rung",
        choices=YES_NO,
        hint="By the place itself, on 101 or 999. For a sale that was refused, no is fine.",
    )
    submit = SubmitField("Record the test")
