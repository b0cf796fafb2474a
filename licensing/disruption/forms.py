"""The forms of disruption. What is chosen from the catalogue or the agencies is the page's to fill."""

from collections.abc import Sequence
from typing import Any

from licensing.disruption.facts import Fact
from licensing.disruption.rules import LONGEST_WORDS
from licensing.disruption.words import (
    ActionState,
    AgencyKind,
    AppealCourt,
    AppealResult,
    Effect,
    Harm,
    Rank,
    TargetKind,
    TaskAnswer,
)
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    EmailField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    not_in_the_future,
    options,
)

NO_CHILD = "Name no child, and give no child’s date of birth or address."
NOT_FOUND = "none"
MOST_FOUND = 12


def _listed(kind: Any) -> list[tuple[Any, str]]:
    return [(one, one.label) for one in kind]


class FindPowersForm(FilterForm):
    """Which powers could we use here? `agency.choices` are the kinds of agency there are."""

    target = ChoiceField("At what?", choices=_listed(TargetKind), coerce=TargetKind, called="At what")
    harm = ChoiceField("What is the concern?", choices=_listed(Harm), coerce=Harm, called="The concern")
    agency = ChoiceField(
        "Which agency?", choices=_listed(AgencyKind), coerce=AgencyKind, called="Agency", empty="Any agency"
    )
    facts = CheckboxesField("What is so already?", choices=_listed(Fact), coerce=Fact, called="So already")


class BeginningForm(BaseForm):
    begins_on = DateField("From which day is it in force?", required="Enter the first day", called="The first day")
    source = TextField(
        "Where does it say so?",
        required="Enter where it says so",
        called="Where it says so",
        hint="For example, the commencement regulations with their number.",
        longest=200,
    )
    submit = SubmitField("Save")


class ActionsFilterForm(FilterForm):
    state = ChoiceField(
        "Status", choices=_listed(ActionState), coerce=ActionState, called="Status", empty="Whatever is not over"
    )
    target = ChoiceField("Directed at", choices=_listed(TargetKind), coerce=TargetKind, empty="Anything")
    agency = ChoiceField("Agency", empty="Any agency")
    power = ChoiceField("Power", empty="Any power")
    every = TickBoxField("Also what is over", called="Also what is over")


class AimFields(NarrativeForm):
    """At whom or what. Where the registers know records that fit what was typed, `record` asks which it is."""

    target_kind = RadioField(
        "At whom or what is it directed?",
        required="Select at whom or what it is directed",
        coerce=TargetKind,
        called="Directed at",
    )
    target_name = TextField(
        "Name",
        required="Enter the name",
        hint="Of the person, the place or the firm; for a vehicle its registration mark, for a licence its number."
        " Records that fit are offered to choose from.",
        longest=200,
    )
    target_address = TextField("Address (optional)", called="Address", longest=300)
    target_postcode = TextField("Postcode (optional)", called="Postcode", longest=8)
    record = RadioField("Which record is it?", required="Select which record it is, or that it is none of these")

    def take_found(self, found: Sequence[tuple[str, str]]) -> None:
        """Ask which of the records that were found it is; with none found there is nothing to ask."""
        if not found:
            del self.record
            return
        self.record.choices = options([*found[:MOST_FOUND], (NOT_FOUND, "None of these")])
        if len(found) > MOST_FOUND:
            self.record.description = f"More were found than these {MOST_FOUND}: type more of the name to see others."


class ConsiderForm(AimFields):
    """What is needed to begin; `lead_agency`, `recording_agency` and `partners` are the page's to fill."""

    considered_on = DateField(
        "When was it considered?", required="Enter when it was considered", validators=[not_in_the_future]
    )
    lead_agency = ChoiceField("Which agency leads?", required="Select the agency that leads", called="Lead agency")
    recording_agency = RadioField(
        "For which agency do you record this?",
        required="Select for which agency you record this",
        called="Your agency",
        hint="It knows of the action from now on.",
    )
    partners = CheckboxesField(
        "Which other agencies join? (optional)", called="Partners", hint="They see the action from now on."
    )
    objective = LongTextField(
        "What is it to achieve?", required="Enter what it is to achieve", longest=LONGEST_WORDS, rows=3, hint=NO_CHILD
    )
    threshold = LongTextField(
        "How is the threshold met? (optional)",
        called="How the threshold is met",
        longest=LONGEST_WORDS,
        rows=4,
        hint="In facts, with where each comes from. It must be told before anybody authorises it.",
    )
    cases = TextField(
        "References of cases (optional)",
        called="References of cases",
        hint="References only, never a name",
        longest=200,
    )
    submit = SubmitField("Continue")


class TargetForm(AimFields):
    submit = SubmitField("Add")


class EventForm(NarrativeForm):
    """What happened next; the questions that an event has not are taken away."""

    on = DateField("On which day?", required="Enter the day", validators=[not_in_the_future])
    officer = TextField(
        "Who? (optional)", called="Who", hint="Name or number of the officer who authorised or served it", longest=120
    )
    rank = ChoiceField("Rank or office", choices=_listed(Rank), coerce=Rank, called="Rank or office")
    ends_on = DateField("What is its last day?", called="Its last day", hint="Leave it empty where it has none.")
    threshold = LongTextField(
        "How is the threshold met?",
        called="How the threshold is met",
        longest=LONGEST_WORDS,
        rows=4,
        hint=f"What was believed, and on what: nobody told it when the action was considered. {NO_CHILD}",
    )
    limit_checked = TickBoxField(
        "I have checked the law: the last day may be outside the limit given here", called="Limit checked"
    )
    court = ChoiceField(
        "Which court or tribunal decides it?",
        required="Select the court or tribunal",
        choices=_listed(AppealCourt),
        coerce=AppealCourt,
        called="Court",
    )
    stayed = RadioField(
        "Is the measure stayed until it is decided?",
        required="Select whether the measure is stayed",
        choices=[("yes", "Yes, it does not hold meanwhile"), ("no", "No, it holds meanwhile")],
        called="Stayed",
    )
    appeal_result = RadioField(
        "How did the appeal end?",
        required="Select how the appeal ended",
        choices=_listed(AppealResult),
        coerce=AppealResult,
    )
    at_once = TickBoxField(
        "It took effect on that day", called="In force at once", hint="As a notice does that binds from being given."
    )
    conditions = LongTextField(
        "What does it forbid or require? (optional)",
        called="Conditions",
        longest=LONGEST_WORDS,
        rows=4,
        hint=f"The conditions that hold from now on, all of them. {NO_CHILD}",
    )
    words = LongTextField(
        "Anything else? (optional)", called="Anything else", longest=LONGEST_WORDS, rows=4, hint=NO_CHILD
    )
    submit = SubmitField("Record")


class CorrectEventForm(EventForm):
    """What should have been recorded; nothing but the reason where it never happened."""

    asked_first = ("never_happened",)
    never_happened = TickBoxField("It did not happen: it was recorded by mistake", called="It did not happen")
    why = LongTextField(
        "Why is it put right?",
        required="Say why it is put right",
        longest=LONGEST_WORDS,
        rows=3,
        hint=f"What was recorded stays, with this beside it. {NO_CHILD}",
    )
    submit = SubmitField("Put right")


class ReviewForm(NarrativeForm):
    effect = RadioField("Did it work?", required="Select whether it worked", choices=_listed(Effect), coerce=Effect)
    words = LongTextField("How do you know?", required="Say how you know", longest=LONGEST_WORDS, rows=4, hint=NO_CHILD)
    submit = SubmitField("Save")


class JoinForm(BaseForm):
    agency = ChoiceField("Which agency joins?", required="Select the agency that joins", called="Agency")
    submit = SubmitField("Add")


class AskPartnerForm(NarrativeForm):
    asked_by = RadioField("For which agency do you ask?", required="Select for which agency you ask")
    agency = ChoiceField("Which agency do you ask?", required="Select the agency that you ask", called="Agency")
    what = LongTextField(
        "What do you ask?",
        required="Enter what you ask",
        longest=LONGEST_WORDS,
        rows=5,
        hint=f"They see these words, and nothing else of the action. {NO_CHILD}",
    )
    due_on = DateField("By when?", required="Enter by when")
    submit = SubmitField("Ask")


class AnswerForm(NarrativeForm):
    answer = RadioField("What do you answer?", required="Select what you answer", coerce=TaskAnswer, called="Answer")
    words = LongTextField(
        "In words", called="In words", longest=LONGEST_WORDS, rows=4, hint=f"A reason, where you decline. {NO_CHILD}"
    )
    submit = SubmitField("Answer")


class AgencyForm(BaseForm):
    kind = ChoiceField(
        "What does it do?", required="Select what it does", choices=_listed(AgencyKind), coerce=AgencyKind
    )
    name = TextField("Name", required="Enter the name of the agency", longest=120)
    is_partner = TickBoxField(
        "It is a partner, and no service of your council",
        called="Partner",
        hint="The police, for example: they see what they lead or join, and nothing because of where it is.",
    )
    contact = TextField("Office to ask for", required="Enter the office to ask for", longest=120)
    email = EmailField("E-mail of the office", required="Enter the e-mail of the office")
    phone = TextField("Telephone", required="Enter the telephone number", longest=40)
    submit = SubmitField("Add")


class MemberForm(BaseForm):
    user = ChoiceField("Who works for it?", required="Select who works for it", called="Who")
    rank = ChoiceField("Rank or office (optional)", choices=_listed(Rank), coerce=Rank, called="Rank or office")
    submit = SubmitField("Add")
