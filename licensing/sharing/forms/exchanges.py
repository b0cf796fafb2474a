"""Requests, reports, their answers, and disclosures."""

from licensing.dates import in_words
from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    in_the_past,
    not_in_the_future,
)
from licensing.sharing.forms.recording import day
from licensing.sharing.rules import BY_HAND, Basis, ExchangeKind, Method, Outcome, Particular

_LONGEST = 4000


class _Particulars(NarrativeForm):
    """What identifies the person: all that is typed here is told to the other authority, and nothing else of them."""

    full_name = TextField("Full name", required="Enter the full name", called="The full name")
    date_of_birth = DateField("Date of birth (optional)", called="The date of birth", validators=[in_the_past])
    address = LongTextField("Home address (optional)", called="The home address", longest=300, rows=3)
    ni_number = TextField("National Insurance number (optional)", called="The National Insurance number", longest=20)
    driver_number = TextField("Driving licence number (optional)", called="The driving licence number", longest=30)
    licence_number = TextField(
        "Taxi or private hire licence number (optional)", called="The licence number", longest=60
    )

    def particulars(self) -> dict[Particular, str]:
        """What was typed, as it is sent."""
        born = self.date_of_birth.data
        return {
            Particular.NAME: self.full_name.data or "",
            Particular.DATE_OF_BIRTH: in_words(born) if born else "",
            Particular.ADDRESS: self.address.data or "",
            Particular.NI_NUMBER: self.ni_number.data or "",
            Particular.DRIVER_NUMBER: self.driver_number.data or "",
            Particular.LICENCE_NUMBER: self.licence_number.data or "",
        }


def _partner(label: str) -> ChoiceField:
    return ChoiceField(label, empty="None of these", called="The council")


def _body(label: str) -> TextField:
    return TextField(label, called="The authority", hint="Leave empty where you chose a council above.")


def _way(methods: tuple[Method, ...]) -> RadioField:
    return RadioField(
        "How?", required="Select how", choices=[(one, one.label) for one in methods], coerce=Method, called="How"
    )


class _Addressed(_Particulars):
    asked_first: tuple[str, ...] = ("partner", "body", "contact", "method")
    partner = _partner("Which council of this service is it for?")
    body = _body("Or which authority outside it?")
    contact = TextField("Whom there, and how? (optional)", called="Whom there, and how")
    method = _way(tuple(Method))


class AskForm(_Addressed):
    words = LongTextField(
        "What do you ask for?",
        required="Enter what you ask for",
        called="What you ask for",
        longest=_LONGEST,
        hint="The relevant information on which their decision rests, and for which application you need it.",
    )
    sent_on = day(
        "When was it sent?",
        "The day it was sent",
        required=None,
        hint="Leave empty where it goes in this service: it goes now.",
    )
    authorised_by = ChoiceField("Who authorised that these details are sent?", required="Select who authorised it")
    submit = SubmitField("Record the request")


_IMPOSED = "Only of a suspension on the spot, for public safety. Whether it stays is for the authority that issued it."


class ConcernForm(_Addressed):
    asked_first = ("aware_on", "words", "suspended_on", "would_act", "belief", "partner", "body", "contact", "method")
    aware_on = day("When did your council become aware of it?", "The day your council became aware")
    words = LongTextField(
        "What happened in your area?",
        required="Enter what happened",
        called="What happened",
        longest=_LONGEST,
        hint="The conduct, and why it is relevant information. Name no child: a case reference only.",
    )
    suspended_on = DateField(
        "When did your officer suspend the licence? (optional)",
        called="The day your officer suspended it",
        hint=_IMPOSED,
        validators=[not_in_the_future],
    )
    would_act = TickBoxField(
        "Had we licensed this driver, we would have considered suspending or revoking the licence",
        required="Confirm that you would have considered suspending or revoking, or do not report under section 5",
    )
    belief = LongTextField(
        "Why would you have considered it?",
        required="Enter why you would have considered it",
        called="Why you would have considered it",
        longest=2000,
        rows=4,
    )
    submit = SubmitField("Record the concern")


class SendForm(BaseForm):
    sent_on = day(
        "When was it sent?",
        "The day it was sent",
        required=None,
        hint="Leave empty where it goes in this service: it goes now.",
    )
    authorised_by = ChoiceField("Who authorised it?", required="Select who authorised it")
    submit = SubmitField("Send the report")


class ChaseForm(BaseForm):
    chased_on = day("When did you remind them?", "The day you reminded them")
    note = LongTextField(
        "Whom, how, and what they said", required="Enter whom you reminded and how", longest=1000, rows=3
    )
    submit = SubmitField("Record the reminder")


class RecordAnswerForm(BaseForm):
    outcome = RadioField("What was the answer?", required="Select what was answered", coerce=Outcome)
    answered_on = day("When did it come?", "The day it came")
    words = LongTextField(
        "What did they tell you?", required="Enter what they told you", called="What they told you", longest=_LONGEST
    )
    submit = SubmitField("Record the answer")


class RegardForm(BaseForm):
    regard_on = day("When was regard had to it?", "The day regard was had to it")
    words = LongTextField(
        "How was regard had to it?",
        required="Enter how regard was had to it",
        called="How",
        longest=2000,
        rows=4,
        hint="What weight it was given, and why. An entry or an answer alone decides nothing.",
    )
    submit = SubmitField("Record it")


class DeterminedForm(BaseForm):
    determined_on = day("When was the application determined?", "The day it was determined")
    submit = SubmitField("Record it")


class ReceiveForm(_Particulars):
    asked_first = ("kind", "partner", "body", "contact", "method", "received_on", "suspended_on")
    kind = RadioField(
        "What came?",
        required="Select what came",
        choices=[(one, one.label) for one in ExchangeKind],
        coerce=ExchangeKind,
    )
    partner = _partner("Which council of this service is it from?")
    body = _body("Or which authority outside it?")
    contact = TextField("Who there, and how to reach them", required="Enter who wrote", called="Who wrote")
    method = _way(BY_HAND)
    received_on = day("When did it come?", "The day it came", hint="The period for the answer begins with this day.")
    suspended_on = DateField(
        "When did their officer suspend your licence? (optional)",
        called="The day their officer suspended it",
        hint=_IMPOSED,
        validators=[not_in_the_future],
    )
    words = LongTextField(
        "What do they ask or report?",
        required="Enter what they ask or report",
        called="What they ask or report",
        longest=_LONGEST,
        hint="Name no child: a case reference only.",
    )
    submit = SubmitField("Record it")


class WhoseForm(BaseForm):
    likely = RadioField("Who is it?", called="Who it is")
    reference = TextField(
        "Reference of the person on your register", longest=20, hint="As P-1A2B-3C4D, where none above is right."
    )
    submit = SubmitField("Say who it is")


class _Told(NarrativeForm):
    to_name = TextField("To whom there, by name", required="Enter the name of whoever is told", called="To whom")
    authorised_by = ChoiceField("Who authorises it?", required="Select who authorises it")
    conditions = LongTextField(
        "On what conditions (optional)",
        called="The conditions",
        longest=500,
        rows=3,
        hint="For example, that it is used for this application alone and not passed on.",
    )
    review_on = DateField("When is this looked at again? (optional)", called="The review")


class AnswerForm(_Told):
    asked_first = ("outcome", "words", "fields_told")
    outcome = RadioField("What is your answer?", required="Select your answer", coerce=Outcome)
    words = LongTextField(
        "What do you tell them?",
        required="Enter what you tell them",
        called="What you tell them",
        longest=_LONGEST,
        hint="The relevant information on which your decision rests, or the decision with its reasons.",
    )
    fields_told = TextField(
        "Which details does that hold?",
        required="Enter which details it holds",
        called="Which details",
        hint="Kinds, not values: for example, decision notice, dates, two allegations without names. For the log.",
    )
    answered_on = day(
        "When was it answered?",
        "The day it was answered",
        required=None,
        hint="Leave empty where it goes in this service: it goes now.",
    )
    method = _way(BY_HAND)
    submit = SubmitField("Answer")


class DisclosureForm(_Told):
    asked_first = ("about", "fields_told", "body")
    about = TextField(
        "Reference of the person on your register (optional)",
        called="The reference",
        longest=20,
        hint="As P-1A2B-3C4D.",
    )
    fields_told = TextField(
        "Which details were told?", required="Enter which details were told", hint="Kinds, not values.", called="Which"
    )
    body = TextField("To which body?", required="Enter the body", called="The body")
    purpose = TextField("What for?", required="Enter what for", called="What for", hint="Name nobody here.")
    basis = RadioField(
        "By what law?",
        required="Select by what law",
        choices=[(one, one.label) for one in Basis],
        coerce=Basis,
    )
    method = _way(BY_HAND)
    disclosed_on = day("When?", "The day it was disclosed")
    submit = SubmitField("Add it to the log")
