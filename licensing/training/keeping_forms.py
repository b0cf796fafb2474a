"""The questions about courses, the council's own rules, and training of groups."""

from licensing.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    WholeNumberField,
    not_in_the_future,
    options,
)
from licensing.training.models import Course
from licensing.training.rules import LONGEST_REASON, Audience, Unit, When

_SOURCE, _SOURCE_HINT = "Enter where this is laid down", "For example, the policy and its paragraph."


class VersionForm(BaseForm):
    """What a course holds and asks from a day on."""

    version = TextField("Version", required="Enter the version", longest=50)
    content = LongTextField("What does it teach?", required="Enter what it teaches", called="What it teaches")
    pass_mark = WholeNumberField("Pass mark in per cent (optional)", called="The pass mark", most=100)
    attempts = WholeNumberField("Attempts allowed (optional)", called="Attempts allowed", least=1, most=20)
    valid_from = DateField("From when?", required="Enter the first day", called="The first day")
    source = TextField("Source", required=_SOURCE, hint=_SOURCE_HINT)
    verified = TickBoxField("I have checked this against its source")
    submit = SubmitField("Save")


class CourseForm(VersionForm):
    """A course with its first version."""

    asked_first = (
        "name",
        "provider",
        "audience",
        "version",
        "content",
        "pass_mark",
        "attempts",
        "valid_from",
        "valid_until",
    )

    name = TextField("Name of the course", required="Enter the name of the course")
    provider = TextField("Provider", required="Enter who gives it", hint="A council, or somebody else.")
    audience = ChoiceField(
        "Whom is it for?",
        required="Select whom it is for",
        choices=[(one, one.label) for one in Audience],
        coerce=Audience,
    )
    valid_until = DateField("Until when? (optional)", called="The last day")


class AcceptanceForm(BaseForm):
    """Whether certificates of a course are accepted as they are."""

    course = ChoiceField("Which course?", required="Select the course", called="The course")
    accepted = RadioField(
        "Are its certificates accepted as they are?",
        required="Select whether they are accepted",
        choices=[("yes", "Yes"), ("no", "No, each is verified by an officer")],
    )
    valid_from = DateField("From when?", required="Enter the first day", called="The first day")
    reason = LongTextField("Why?", required="Enter the reason", longest=LONGEST_REASON, rows=3, called="The reason")
    source = TextField("Source", required=_SOURCE, hint=_SOURCE_HINT)
    verified = TickBoxField("I have checked this against its source")
    submit = SubmitField("Save")

    def offer(self, courses: list[Course]) -> None:
        self.course.choices = options((str(one.id), f"{one.name}, {one.provider}") for one in courses)


class PolicyForm(BaseForm):
    """What the council asks of an audience from a day on."""

    audience = ChoiceField(
        "Of whom?",
        required="Select of whom it is asked",
        choices=[(one, one.label) for one in Audience],
        coerce=Audience,
        called="Of whom",
    )
    length = WholeNumberField(
        "How long does training last? (optional)",
        called="How long it lasts",
        least=1,
        most=120,
        hint="Leave this blank where it is done once and does not expire.",
    )
    unit = RadioField(
        "In", required="Select months or years", choices=[(one, one.capitalize()) for one in Unit], coerce=Unit
    )
    needed = RadioField(
        "When must an applicant have been trained?",
        required="Select when",
        choices=[(When.BEFORE_APPLYING, "Before applying"), (When.APPLICATION_STARTED, "Once they have applied")],
        coerce=When,
    )
    valid_from = DateField("From when?", required="Enter the first day", called="The first day")
    reason = LongTextField("Why?", required="Enter the reason", longest=LONGEST_REASON, rows=3, called="The reason")
    source = TextField("Source", required=_SOURCE, hint=_SOURCE_HINT)
    verified = TickBoxField("I have checked this against its source")
    submit = SubmitField("Save")


class PremisesTrainingForm(BaseForm):
    """A training at one place."""

    held_on = DateField("When was it held?", required="Enter the day", called="The day", validators=[not_in_the_future])
    course = TextField("What was taught?", required="Enter what was taught", called="What was taught")
    trainer = TextField("Who trained them?", required="Enter who trained them", called="Who trained them")
    staff = WholeNumberField(
        "How many staff are there, agency and night staff included?",
        required="Enter how many staff there are",
        called="How many staff",
        most=10_000,
    )
    trained = WholeNumberField(
        "How many were trained?", required="Enter how many were trained", called="How many were trained", most=10_000
    )
    submit = SubmitField("Record the training")


class StaffForm(BaseForm):
    """Somebody who takes bookings or dispatches."""

    person = ChoiceField(
        "Who?", empty="Somebody new", called="Who", hint="Choose somebody on the list to say what has changed."
    )
    name = TextField("Full name", required="Enter the full name")
    work = TextField("What do they do?", required="Enter what they do", called="What they do", longest=100)
    basic_dbs_seen_on = DateField(
        "Basic DBS certificate seen (optional)",
        called="The day the certificate was seen",
        validators=[not_in_the_future],
    )
    course = TextField("Training course (optional)", called="Training course")
    trained_on = DateField("Trained on (optional)", called="The day of the training", validators=[not_in_the_future])
    from_on = DateField("Began (optional)", called="The day they began")
    until_on = DateField("Left (optional)", called="The day they left")
    submit = SubmitField("Save")


class RegisterCheckForm(BaseForm):
    """A look at an operator's register of staff."""

    checked_on = DateField(
        "When was the register looked at?", required="Enter the day", called="The day", validators=[not_in_the_future]
    )
    staff = WholeNumberField("How many are on it?", required="Enter how many are on it", called="How many", most=10_000)
    checked = WholeNumberField(
        "Of how many were the basic DBS and the training seen?",
        required="Enter of how many they were seen",
        called="How many were checked",
        most=10_000,
    )
    submit = SubmitField("Record the check")


class WorkforceForm(BaseForm):
    """How many of an agency's people were trained: numbers alone."""

    audience = TextField("Who was trained?", required="Enter who was trained", hint="For example, nurses.", longest=100)
    agency = TextField("Of which agency?", required="Enter the agency", called="The agency", longest=100)
    course = TextField("In what?", required="Enter in what", called="What was taught")
    held_on = DateField("When?", required="Enter the day", called="The day", validators=[not_in_the_future])
    trained = WholeNumberField(
        "How many?", required="Enter how many were trained", called="How many", least=1, most=100_000
    )
    submit = SubmitField("Save")
