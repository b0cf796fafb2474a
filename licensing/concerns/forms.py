"""The forms of concerns. What everybody may fill in is one page, short enough for a phone during a visit."""

from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from wtforms import HiddenField

from licensing.concerns.rules import LONGEST, About, ConcernState
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
    not_in_the_future,
)
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource
from licensing.suitability.rules import Ground, Source

NO_CHILD = "Name no child, and give no child’s date of birth or address."


def _listed(kind: Any) -> list[tuple[Any, str]]:
    return [(one, one.label) for one in kind]


class RaiseForm(NarrativeForm):
    """`council.choices` and `place.choices` are the page's to fill."""

    in_danger = RadioField(
        "Is a child in danger now?",
        required="Select yes if a child is in danger now",
        choices=[("yes", "Yes"), ("no", "No, or I do not know")],
        hint="If so, ring 999 before you fill this in.",
    )
    about = RadioField(
        "What is it about?", required="Select what it is about", choices=_listed(About), coerce=About, called="About"
    )
    what = TextField(
        "Which one?",
        called="Which one",
        hint="A driver’s name or badge, a number plate, the name of a place or a firm: whatever you know. "
        "Leave it empty for a concern about staff or councillors.",
        longest=200,
    )
    place = ChoiceField(
        "Which place of the register is it? (optional)",
        called="The place of the register",
        empty="None of these, or I do not know",
        hint="Places of this council that are called so, or are at this postcode.",
    )
    council = ChoiceField(
        "Which council licenses them?", called="The council", empty="I do not know, or another", hint="If you know."
    )
    words = LongTextField(
        "What was seen or heard?",
        required="Enter what was seen or heard",
        called="What was seen or heard",
        hint=f"In plain words, and from whom you have it. {NO_CHILD}",
        longest=LONGEST,
        rows=6,
    )
    when = TextField("When? (optional)", called="When", hint="For example, last Friday at about 10pm", longest=200)
    contact = TextField(
        "How can you be reached? (optional)", called="How you can be reached", hint="A telephone number", longest=200
    )
    case_reference = TextField(
        "Reference of a child’s case (optional)",
        called="Reference of a child’s case",
        hint="A reference only, never a name",
        longest=60,
    )
    unnamed = TickBoxField(
        "Do not tell anybody who I am",
        called="Stay unnamed",
        hint="Only for a concern about staff or councillors. Your name is then kept nowhere with it: you get a "
        "reference, and nothing else leads back to it.",
    )
    concern_id = HiddenField()
    left_out = ("place",)  # asked beside the answers, not before them
    submit = SubmitField("Continue")

    @property
    def is_about_staff(self) -> bool:
        return self.about.data is About.STAFF

    @cached_property
    def made_id(self) -> UUID:
        """The id under which it will be kept: of one form, sent once or twice, there is one concern."""
        try:
            return UUID(self.concern_id.data or "")
        except ValueError:
            return uuid4()

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.about.data and not self.is_about_staff and not self.what.data:
            self.add_error("Enter which one it is about, or “not known”", "what")
            sound = False
        if self.unnamed.data and self.about.data and not self.is_about_staff:
            self.add_error("Only a concern about staff or councillors can be raised without your name", "unnamed")
            sound = False
        return sound


class ReferenceForm(BaseForm):
    reference = TextField(
        "Reference", required="Enter the reference", hint="Like SC-7K2M-9XQ4", longest=20, called="The reference"
    )
    submit = SubmitField("Show how it stands")


class ConcernsFilterForm(FilterForm):
    state = ChoiceField("Status", empty="Open", choices=_listed(ConcernState), coerce=ConcernState)
    about = ChoiceField(
        "About", empty="Anything", choices=[(one, one.label) for one in About if one is not About.STAFF], coerce=About
    )


class WordsForm(NarrativeForm):
    """One box; `WordsForm.asking(...)` says what for."""

    words = LongTextField("In your words", required="Enter it in your words", called="Your words", longest=LONGEST)
    submit = SubmitField("Save")

    @classmethod
    def asking(cls, question: str, button: str, hint: str = "") -> "WordsForm":
        form = cls()
        form.words.label.text, form.words.description, form.submit.label.text = question, hint, button
        return form


class LinkForm(BaseForm):
    reference = TextField(
        "Reference, registration mark or licence number",
        required="Enter a reference, a registration mark or a licence number",
        hint="The reference stands on the page of the person, organisation, vehicle or premises.",
        longest=60,
    )
    submit = SubmitField("Link it")


class ComplaintForm(NarrativeForm):
    """`record.choices` are what the concern is linked with."""

    record = RadioField("About whom or what?", required="Select whom or what it is about", called="About")
    category = ChoiceField(
        "What is complained of?",
        required="Select what is complained of",
        choices=_listed(ComplaintCategory),
        coerce=ComplaintCategory,
    )
    source = ChoiceField(
        "From whom?",
        required="Select from whom it came",
        choices=_listed(ComplaintSource),
        coerce=ComplaintSource,
        called="From whom",
    )
    words = LongTextField(
        "What happened?", required="Enter what happened", called="What happened", hint=NO_CHILD, longest=LONGEST
    )
    submit = SubmitField("Record the complaint")


class ConsiderationForm(NarrativeForm):
    """`licence.choices` are the licences of what the concern is linked with."""

    licence = RadioField("Of which licence?", required="Select the licence", called="Licence")
    source = ChoiceField(
        "What opens it?",
        required="Select what opens it",
        choices=[(one, one.label) for one in Source if not one.is_review],
        coerce=Source,
        called="What opens it",
    )
    ground = ChoiceField(
        "On which ground?", required="Select the ground", choices=_listed(Ground), coerce=Ground, called="Ground"
    )
    words = LongTextField(
        "What is the concern?", required="Enter the concern", called="The concern", hint=NO_CHILD, longest=LONGEST
    )
    submit = SubmitField("Open the consideration")


class MashForm(NarrativeForm):
    on_day = DateField(
        "When was it referred?",
        required="Enter the day it was referred",
        called="The day it was referred",
        validators=[not_in_the_future],
    )
    words = TextField(
        "Who told whom there, and how?", required="Enter who told whom", called="Who told whom", longest=200
    )
    reference = TextField(
        "The MASH’s reference", required="Enter the MASH’s reference, or “none given”", called="Reference", longest=60
    )
    submit = SubmitField("Record the referral")


class LadoForm(NarrativeForm):
    """`to.choices` are the authorities with children's services."""

    to = RadioField("To the designated officer of which authority?", required="Select the authority", called="To")
    words = LongTextField(
        "Why do you refer it?",
        required="Enter why you refer it",
        called="Why you refer it",
        hint=f"They read the concern and these words, and nothing else of your file. {NO_CHILD}",
        longest=LONGEST,
    )
    submit = SubmitField("Refer it")


class PassOnForm(NarrativeForm):
    """`council.choices` are the other councils of the service."""

    council = RadioField("To which council?", required="Select the council", called="Council")
    words = LongTextField(
        "Why is it theirs?",
        required="Enter why it is theirs",
        called="Why it is theirs",
        hint="Kept with your file. They receive the concern as it was raised.",
        longest=LONGEST,
        rows=3,
    )
    submit = SubmitField("Pass it on")


class CloseStaffForm(NarrativeForm):
    told = LongTextField(
        "What do you tell whoever raised it?", required="Enter what you tell them", called="What you tell them"
    )
    words = LongTextField(
        "What was done?", required="Enter what was done", called="What was done", hint="Only you read this."
    )
    submit = SubmitField("Close the concern")


class ContactForm(BaseForm):
    """`contact.choices` are colleagues without a licensing role."""

    contact = ChoiceField(
        "Who receives concerns about staff and councillors?",
        required="Select who receives them",
        called="The contact",
        hint="Somebody who has no part in licensing, such as your monitoring officer. Not yourself.",
    )
    submit = SubmitField("Name them")
