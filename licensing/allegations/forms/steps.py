"""The pages of a referral, each usable while listening: short, and nothing in them has to be answered at once."""

from wtforms import HiddenField
from wtforms.validators import ValidationError

from licensing.allegations.words import Category, Limb, ReferrerKind, Sector, Step
from licensing.forms import (
    BaseForm,
    CheckboxesField,
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

# What a telephone call of an hour may come to.
LONGEST = 100_000
NO_NAMES = "Children by case reference only: never a name, a date of birth, an address or a school."


class StepForm(NarrativeForm):
    """A page of the referral. `version` tells whether somebody else wrote meanwhile."""

    version = HiddenField()
    save = SubmitField("Save and continue")


class CallerForm(StepForm):
    referrer_kind = ChoiceField(
        "Who is calling?", choices=[(one.value, one.label) for one in ReferrerKind], coerce=ReferrerKind
    )
    name = TextField("Their name")
    organisation = TextField("Where they work", hint="The council, operator, school or service")
    contact = TextField("How they can be reached")
    known_on = DateField(
        "When did they come to know of it?",
        called="The date on which they came to know",
        hint="They have one working day to report it. For example, 4 3 2026",
        validators=[not_in_the_future],
    )
    under_duty = TickBoxField(
        "They report it under the statutory duty to report child sexual abuse",
        hint="Crime and Policing Act 2026. Whether the duty is in force yet is not confirmed.",
    )


class AllegedForm(StepForm):
    limbs = CheckboxesField(
        "Which limbs of the harm threshold may be met?",
        hint="Tick what may apply. The threshold itself is decided later, with police and social care.",
        choices=[(one.value, one.label) for one in Limb],
        gov={"hints": {one.value: one.guidance for one in Limb}},
    )
    category = ChoiceField("What kind of harm?", choices=[(one.value, one.label) for one in Category], coerce=Category)
    words = LongTextField("What is alleged, in the caller’s words", hint=NO_NAMES, longest=LONGEST, gov={"rows": 10})


class WhereForm(StepForm):
    sector = ChoiceField(
        "In what work does the person meet children?",
        choices=[(one.value, one.label) for one in Sector],
        coerce=Sector,
    )
    alleged_on = DateField(
        "When did it happen?",
        called="The date on which it happened",
        hint="The first or only day, if it is known",
        validators=[not_in_the_future],
    )
    when_words = TextField("When, in words", hint="For example: on the school run, most Fridays since September")
    where = LongTextField("Where and in what setting", hint=NO_NAMES, longest=LONGEST, gov={"rows": 5})


_YES_NO = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))


class SafetyForm(StepForm):
    at_risk = RadioField(
        "Is a child at risk of harm now?",
        hint="If so, ring 999 now, then the MASH. Neither waits for the designated officer.",
        choices=_YES_NO,
    )
    done = LongTextField("What has been done to keep children safe", hint=NO_NAMES, longest=LONGEST, gov={"rows": 4})
    police = RadioField("Do the police know?", choices=_YES_NO)
    police_reference = TextField("Police reference")
    mash = RadioField("Does the MASH know?", choices=_YES_NO)
    mash_reference = TextField("MASH reference")


class OthersForm(StepForm):
    elsewhere = LongTextField(
        "Other places where the person has contact with children",
        hint=f"Other work, volunteering, their own household. {NO_NAMES}",
        gov={"rows": 5},
    )
    child_references = LongTextField(
        "Case references of the children concerned", hint=f"One on each line. {NO_NAMES}", gov={"rows": 3}
    )


FORMS: dict[Step, type[StepForm]] = {
    Step.CALLER: CallerForm,
    Step.ALLEGED: AllegedForm,
    Step.SETTING: WhereForm,
    Step.SAFETY: SafetyForm,
    Step.OTHERS: OthersForm,
}


class FindForm(BaseForm):
    """Looking for the person on every register that shares."""

    name = TextField(
        "Name", hint="As the caller says it, or one name alone; another spelling of a full name is found too"
    )
    date_of_birth = DateField("Date of birth", hint="If it is known. For example, 4 3 1980", validators=[in_the_past])
    number = TextField(
        "Licence, badge or plate number, or registration", hint="For example the plate that was seen on the vehicle"
    )
    find = SubmitField("Find the person")


NOBODY = "nobody"


class SelectForm(BaseForm):
    """Which of those found it is, in one record or several; or nobody of them."""

    version = HiddenField()
    person = CheckboxesField(
        "Which records are of this person?",
        required="Select who it is, or that it is nobody of these",
        hint="Tick every record of the same person: they are put together in this case alone, and no council is told.",
    )
    save = SubmitField("Save and continue")

    def validate_person(self, field: CheckboxesField) -> None:
        ticked: list[str] = field.data or []
        if NOBODY in ticked and len(ticked) > 1:
            raise ValidationError("Select the records of the person, or that it is nobody of these")


class SamePersonForm(BaseForm):
    """Records that are likely of the same person, though no council linked them."""

    version = HiddenField()
    records = CheckboxesField("Which of these are of the same person?", required="Select at least one record")
    save = SubmitField("Put them together in this case")


class DescribeForm(NarrativeForm):
    """Somebody who is not on a register, or not known yet."""

    version = HiddenField()
    name = TextField("Their name, or what they are called", hint="“Not known” if nobody could say")
    described = LongTextField(
        "What is known of them",
        hint="Work, vehicle, place, appearance: what may help to identify them later",
        gov={"rows": 4},
    )
    date_of_birth = DateField("Date of birth", hint="If it is known", validators=[in_the_past])
    died = TickBoxField("They have died", hint="They are not owed a message then; everybody else is")
    died_on = DateField(
        "When did they die?", called="The date of death", hint="If it is known", validators=[not_in_the_future]
    )
    save = SubmitField("Save and continue")
