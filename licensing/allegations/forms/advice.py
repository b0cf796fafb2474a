"""Forms of advice below the threshold, of settings that are assured, and of the annual report."""

from wtforms import HiddenField

from licensing.allegations.forms.steps import LONGEST
from licensing.allegations.words import Category, ReferrerKind, Sector
from licensing.allegations.words_of_advice import ASKED, Assurance, SettingKind
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
    not_in_the_past,
)

NOBODY_NAMED_HERE = "Name nobody, and nothing by which a person or a place is known: others read the report."
NOBODY_NAMED = "Do not name the adult or a child: a consultation is about a question, not about a person."


class ConsultationForm(NarrativeForm):
    asked_on = DateField(
        "When were you asked?",
        called="The date on which you were asked",
        required="Enter the date on which you were asked",
        validators=[not_in_the_future],
    )
    referrer_kind = ChoiceField(
        "Who asked?",
        required="Select who asked",
        choices=[(one.value, one.label) for one in ReferrerKind],
        coerce=ReferrerKind,
    )
    employer = TextField("Employer or organisation", hint="Not the name of the adult")
    sector = ChoiceField(
        "About what work?",
        required="Select about what work",
        choices=[(one.value, one.label) for one in Sector],
        coerce=Sector,
    )
    category = ChoiceField(
        "What kind of harm, if any?",
        choices=[(one.value, one.label) for one in Category],
        coerce=Category,
    )
    question = LongTextField("What was asked", required="Write what was asked", hint=NOBODY_NAMED, longest=LONGEST)
    advice = LongTextField("What you advised", required="Write what you advised", hint=NOBODY_NAMED, longest=LONGEST)
    minutes = WholeNumberField(
        "How many minutes did it take?", required="Enter how many minutes it took, from 1 to 600", least=1, most=600
    )
    save = SubmitField("Save the consultation")


class CorrectConsultationForm(ConsultationForm):
    version = HiddenField()


class ConsultationsFilterForm(FilterForm):
    sector = ChoiceField("Sector", empty="All", choices=[(one.value, one.label) for one in Sector], coerce=Sector)


class SettingForm(BaseForm):
    kind = ChoiceField(
        "What kind of setting is it?",
        required="Select what kind of setting it is",
        choices=[(one.value, one.label) for one in SettingKind],
        coerce=SettingKind,
    )
    name = TextField("Name", required="Enter its name")
    place = TextField("Where it is", required="Enter where it is")
    contact = TextField("Who answers for safeguarding there, and how they are reached")
    save = SubmitField("Save the setting")


class ChangeSettingForm(SettingForm):
    """Also where it closed, or is assured by somebody else."""

    asked_first = ("kind", "name", "place", "contact", "ended_on")
    version = HiddenField()
    ended_on = DateField(
        "When did it end, or did you stop assuring it?",
        called="The date on which it ended",
        hint="Leave this empty while you visit it",
        validators=[not_in_the_future],
    )


def _asked(name: str) -> RadioField:
    return RadioField(
        ASKED[name],
        required=f"{ASKED[name]}: select how it stands",
        choices=[(one.value, one.label) for one in Assurance],
        coerce=Assurance,
    )


class VisitForm(NarrativeForm):
    visited_on = DateField(
        "When did you visit?",
        called="The date of the visit",
        required="Enter the date of the visit",
        validators=[not_in_the_future],
    )
    dbs = _asked("dbs")
    training = _asked("training")
    policy = _asked("policy")
    words = LongTextField("What was seen and agreed", longest=LONGEST)
    next_on = DateField(
        "When is the next visit?",
        called="The date of the next visit",
        required="Enter the date of the next visit",
        validators=[not_in_the_past],
    )
    save = SubmitField("Save the visit")


class ReportFilterForm(FilterForm):
    year = ChoiceField("Year from April", empty="This year")


class ReportWordsForm(NarrativeForm):
    """Beside the figures: what nobody can count."""

    version = HiddenField()
    themes = LongTextField("Which themes were there?", called="Themes", longest=LONGEST, hint=NOBODY_NAMED_HERE)
    training = LongTextField(
        "What training was given?", called="Training", longest=LONGEST, hint="To drivers, operators, hotels, colleagues"
    )
    planned = LongTextField("What is planned for next year?", called="Planned", longest=LONGEST)
    save = SubmitField("Save")
