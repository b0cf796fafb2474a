"""The forms of hotel notices. None has room for anything about guests."""

from licensing.disruption.forms import NO_CHILD
from licensing.disruption.placing import PlaceFields
from licensing.disruption.rules import LONGEST_WORDS
from licensing.disruption.words import Rank
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
    not_in_the_future,
)
from licensing.hotel_notices.words import Capacity, Explained, NoticeState

OFFICER = "Name or number of the officer"


class NoticesFilterForm(FilterForm):
    state = ChoiceField(
        "Status", choices=[(one, one.label) for one in NoticeState], coerce=NoticeState, empty="Any status"
    )
    overdue = TickBoxField("Something that was required is overdue", called="Overdue")


class PrepareForm(PlaceFields):
    """What a notice says. `lead_agency`, `recording_agency` and `partners` are the page's to fill."""

    lead_agency = ChoiceField("Which agency issues it?", required="Select the agency that issues it", called="Agency")
    recording_agency = RadioField(
        "For which agency do you record this?",
        required="Select for which agency you record this",
        called="Your agency",
    )
    partners = CheckboxesField(
        "Which other agencies join? (optional)", called="Partners", hint="They see the notice from now on."
    )
    considered_on = DateField(
        "When was it authorised?", required="Enter when it was authorised", validators=[not_in_the_future]
    )
    officer = TextField("Who authorised it?", required="Enter who authorised it", hint=OFFICER, longest=120)
    rank = ChoiceField(
        "Rank",
        required="Select the rank of whoever authorised it",
        choices=[(one, one.label) for one in Rank],
        coerce=Rank,
        hint="Section 116(1) asks for an inspector of police, or above.",
    )
    effective_on = DateField("On which day does it take effect?", required="Enter when it takes effect")
    expires_on = DateField(
        "On which day does it expire?", required="Enter when it expires", hint="At most 6 months after it takes effect."
    )
    explains = CheckboxesField(
        "What does it explain?",
        choices=[(one, one.label) for one in Explained],
        coerce=Explained,
        hint="Section 116(2)(c) asks for all four. The PDF that is made here does explain them.",
    )
    objective = LongTextField(
        "What is it to achieve?", required="Enter what it is to achieve", longest=LONGEST_WORDS, rows=3, hint=NO_CHILD
    )
    threshold = LongTextField(
        "Why is it believed that the hotel is used so?",
        required="Say why it is believed that the hotel is used so",
        called="The belief",
        longest=LONGEST_WORDS,
        rows=4,
        hint=f"In facts, with where each comes from. Nothing about guests. {NO_CHILD}",
    )
    submit = SubmitField("Prepare the notice")


class ServeForm(BaseForm):
    capacity = RadioField(
        "As what were they served?",
        required="Select as what they were served",
        choices=[(one, one.label) for one in Capacity],
        coerce=Capacity,
        called="Served as",
    )
    name = TextField("Their name", required="Enter their name", longest=200)
    on = DateField("On which day?", required="Enter the day", validators=[not_in_the_future])
    officer = TextField("Who served it?", required="Enter who served it", hint=OFFICER, longest=120)
    submit = SubmitField("Record the service")


class CorrectServiceForm(ServeForm, NarrativeForm):
    """What should have been recorded of a service."""

    why = LongTextField(
        "Why is it put right?",
        required="Say why it is put right",
        longest=LONGEST_WORDS,
        rows=3,
        hint=f"What was recorded stays, with this beside it. Nothing about guests. {NO_CHILD}",
    )
    submit = SubmitField("Put right")


class EffectForm(BaseForm):
    submit = SubmitField("Record it")


class RequireForm(BaseForm):
    made_on = DateField(
        "On which day is it made, in writing?", required="Enter when it is made", validators=[not_in_the_future]
    )
    from_on = DateField("From which day are guests asked about?", required="Enter the first day", called="First day")
    until_on = DateField("Until which day?", required="Enter the last day", called="Last day")
    due_on = DateField("By when is the information due?", required="Enter by when it is due", called="Due")
    officer = TextField(
        "Which constable makes it?", required="Enter which constable makes it", hint=OFFICER, longest=120
    )
    submit = SubmitField("Record the requirement")


class ReceiveForm(BaseForm):
    on = DateField("On which day did it come?", required="Enter the day", validators=[not_in_the_future])
    complete = RadioField(
        "Was it all that was required?",
        required="Select whether it was all that was required",
        choices=[("yes", "Yes"), ("no", "No, some is missing")],
    )
    submit = SubmitField("Record it")
