"""The forms of applications, considerations, recommendations, convictions and markers."""

from collections.abc import Sequence
from datetime import datetime
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
    options,
)
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import RelevantInformation
from licensing.suitability.applying import ApplicationKind, ApplicationState, ItemState
from licensing.suitability.endings import EndsWith
from licensing.suitability.forms.concerns import moment, time_of_day
from licensing.suitability.forms.shared import case_reference, day
from licensing.suitability.receipts import sources_for
from licensing.suitability.recommending import DecisionType
from licensing.suitability.review_steps import ReviewStep
from licensing.suitability.rules import ConsiderationState, Ground, InformationKind, Limb, Source, grounds_for
from licensing.suitability.starting_points import Category, Outcome, RunsFrom

_RELIED = (
    (RelevantInformation.WHOLLY, "Wholly"),
    (RelevantInformation.PARTLY, "Partly"),
    (RelevantInformation.NO, "No"),
)


def _listed(kind: Any) -> list[tuple[Any, str]]:
    return [(one, one.label) for one in kind]


class ApplicationsFilterForm(FilterForm):
    state = ChoiceField("State", empty="Open", choices=_listed(ApplicationState), coerce=ApplicationState)
    kind = ChoiceField("What for", empty="Anything", choices=_listed(ApplicationKind), coerce=ApplicationKind)
    whose = ChoiceField("Whose", empty="Everybody’s", choices=[("mine", "Mine")])


class EndingsFilterForm(FilterForm):
    kind = ChoiceField("Licence", empty="Any", choices=_listed(LicenceKind), coerce=LicenceKind)
    why = ChoiceField("Why it ends", empty="Anything", choices=_listed(EndsWith), coerce=EndsWith)
    asked = ChoiceField("Application", empty="Received or not", choices=[("no", "None received")])


class NewApplicationForm(BaseForm):
    kind = ChoiceField(
        "Which licence is applied for?", required="Select the licence", coerce=LicenceKind, called="Licence"
    )
    number = TextField(
        "Number",
        required="Enter the number that your council gave the application or will give the licence",
        hint="The number of the application, or of the licence if it is known",
        longest=40,
    )
    received_on = day("When was it received?", "The day it was received", "Enter the day it was received")
    submit = SubmitField("Record the application")


class ApplicationForm(BaseForm):
    kind = RadioField(
        "What is applied for?",
        required="Select what is applied for",
        choices=_listed(ApplicationKind),
        coerce=ApplicationKind,
    )
    received_on = day("When was it received?", "The day it was received", "Enter the day it was received")
    submit = SubmitField("Record the application")


class ItemForm(NarrativeForm):
    state = RadioField(
        "How far has it come?", required="Select how far it has come", choices=_listed(ItemState), coerce=ItemState
    )
    on_day = day("On which day did you look?")
    words = LongTextField(
        "More about it",
        rows=3,
        longest=1000,
        hint="What is missing, or why it is not needed. No child’s name or story.",
    )
    submit = SubmitField("Save")


class ConsiderationsFilterForm(FilterForm):
    state = ChoiceField("State", empty="Not closed", choices=_listed(ConsiderationState), coerce=ConsiderationState)
    source = ChoiceField("Came from", empty="Anywhere", choices=_listed(Source), coerce=Source)


class ConsiderationForm(NarrativeForm):
    source = ChoiceField("What opened it?", required="Select what opened it", choices=_listed(Source), coerce=Source)
    ground = RadioField("On which legal ground?", required="Select the legal ground", coerce=Ground)
    received_on = DateField(
        "Of a review: when was the application or the court’s notice received?",
        called="The day it was received",
        validators=[not_in_the_future],
        hint="The periods of the Licensing Act 2003 run from then",
    )
    received_time = TextField(
        "Of a summary review: at what time?",
        called="The time",
        longest=5,
        hint="Like 14:30. Interim steps are considered within 48 hours",
        validators=[time_of_day],
    )
    opened_on = day("When was it opened?", "The day it was opened", "Enter the day it was opened")
    concern = LongTextField(
        "What is the question?",
        required="Enter what the question is",
        hint="What is alleged or known, about the holder’s conduct. Never a child’s name or story.",
    )
    case_reference = case_reference()
    submit = SubmitField("Open the consideration")

    @classmethod
    def of(cls, family: Family, first_answers: dict[str, Any] | None = None) -> "ConsiderationForm":
        """With the grounds that the law knows for a licence of this family, and what is known already."""
        form = cls(data=first_answers)
        form.ground.choices = options(_listed(grounds_for(family)))
        form.source.choices = options(_listed(sources_for(family)))
        if family is not Family.PREMISES:
            del form.received_on, form.received_time
        return form

    def receipt(self) -> dict[str, Any]:
        """When a review was received: the day, and the moment where the time was typed; empty of all else."""
        if self.received_on is None:
            return {}
        on, at = self.received_on.data, self.received_time.data
        return {"received_on": on, "received_at": moment(on, at) if on and at else None}


class LicenceForm(BaseForm):
    licence = RadioField("Which licence is it about?", required="Select the licence", called="Licence")
    submit = SubmitField("Continue")


class InformationForm(NarrativeForm):
    kind = ChoiceField(
        "What sort of information is it?",
        required="Select what sort of information it is",
        choices=_listed(InformationKind),
        coerce=InformationKind,
    )
    received_on = day("When was it received?", "The day it was received", "Enter the day it was received")
    from_whom = TextField("From whom", longest=200, hint="An officer, a police force, a court. Never a child.")
    summary = LongTextField("What it says", required="Enter what it says", hint="Never a child’s name or story.")
    case_reference = case_reference()
    relied_on = TickBoxField("It is relied on as relevant information (2022 Act section 1)")
    limb = RadioField(
        "If so, which?", choices=_listed(Limb), coerce=lambda value: Limb(value) if value else None, called="Limb"
    )
    submit = SubmitField("Save")


class RecommendationForm(NarrativeForm):
    decision = RadioField("What do you recommend?", required="Select what you recommend", coerce=DecisionType)
    relevant_information = RadioField(
        "Does it rely on relevant information?",
        required="Select whether it relies on relevant information",
        hint="Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022 section 1",
        choices=_RELIED,
        coerce=RelevantInformation,
    )
    reasons = LongTextField(
        "Your reasons",
        required="Enter your reasons",
        longest=8000,
        rows=8,
        hint="The evidence and what you make of it, on the balance of probabilities. Never a child’s name or story.",
    )
    departing = LongTextField(
        "Exceptional reasons for departing from the policy",
        hint="Only where you recommend a grant while the policy’s starting point is a refusal",
        rows=3,
    )
    submit = SubmitField("Recommend")

    @classmethod
    def offering(cls, decisions: tuple[DecisionType, ...]) -> "RecommendationForm":
        form = cls()
        form.decision.choices = options(_listed(decisions))
        return form


class ReviewStepForm(NarrativeForm):
    step = RadioField("What happened?", required="Select what happened", coerce=ReviewStep)
    on_day = day("On which day?")
    at_time = TextField(
        "Of interim steps: at what time were they considered?",
        called="The time",
        longest=5,
        hint="Like 14:30. They are considered within 48 hours; without a time, the day alone says so",
        validators=[time_of_day],
    )
    words = LongTextField("Why, or how", hint="Such as why no interim step was thought necessary", rows=3)
    submit = SubmitField("Save")

    @classmethod
    def offering(cls, steps: Sequence[ReviewStep]) -> "ReviewStepForm":
        form = cls()
        form.step.choices = options(_listed(steps))
        if ReviewStep.NO_INTERIM_STEPS not in steps:
            del form.at_time
        return form

    def at(self) -> datetime | None:
        """When it was, where the time was asked and typed."""
        on, at = self.on_day.data, self.at_time.data if self.at_time is not None else None
        return moment(on, at) if on and at else None


class ConvictionForm(NarrativeForm):
    category = ChoiceField("Category", required="Select the category", choices=_listed(Category), coerce=Category)
    offence = TextField("Offence", longest=200, hint="As the court called it. Never a child’s name or story.")
    convicted_on = day("When were they convicted?", "The day of the conviction", "Enter the day of the conviction")
    sentence_completed_on = DateField(
        "When is the sentence completed?",
        called="The end of the sentence",
        hint="For a fine, the day of the conviction. Leave blank if it is not known.",
    )
    ban_ends_on = DateField(
        "When does a driving ban end?", called="The end of the driving ban", hint="Leave blank if none"
    )
    submit = SubmitField("Record the conviction")


class MarkerForm(NarrativeForm):
    asked_on = day("When did you ask?")
    asked_whom = TextField("Whom did you ask?", required="Enter whom you asked", longest=200)
    asked_what = LongTextField("What did you ask?", required="Enter what you asked", rows=3)
    words = LongTextField(
        "What did you make of the answer?",
        required="Enter what you made of the answer",
        hint="The marker is to be considered; it decides nothing. Say also if it is somebody else.",
    )
    submit = SubmitField("Record that it was considered")


class PolicyForm(BaseForm):
    category = ChoiceField("Category", required="Select the category", choices=_listed(Category), coerce=Category)
    outcome = RadioField(
        "From what does your policy start?",
        required="Select from what it starts",
        choices=_listed(Outcome),
        coerce=Outcome,
    )
    years = WholeNumberField("How many years?", least=1, most=50, called="Years")
    runs_from = RadioField(
        "From when do they count?",
        choices=_listed(RunsFrom),
        coerce=lambda value: RunsFrom(value) if value else None,
        called="From when they count",
    )
    valid_from = DateField("From which day?", required="Enter the day", called="The day", hint="Earlier rows stay")
    source = TextField("Where it is written", required="Enter where it is written", hint="The policy and its paragraph")
    reason = LongTextField("Why?", required="Enter why it differs or changes", rows=3, called="Why")
    verified = TickBoxField("A lawyer has confirmed it against its source")
    submit = SubmitField("Save")
