"""The forms of Need to Know. No text names anybody; a form asks once where it looks as if it named a child."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms.validators import ValidationError

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
    not_in_the_past,
)
from licensing.need_to_know.rules import HANDLING, LONGEST_WORDS
from licensing.need_to_know.words import FOR_ANOTHER, How, Mark, NoteState, Office, Trigger

NOBODY = "Name nobody: say “a driver”, “a hotel in the north of the district”."


def _words(label: str, required: str, called: str, hint: str = "") -> LongTextField:
    return LongTextField(label, required=required, called=called, longest=LONGEST_WORDS, rows=3, hint=hint)


def _mark() -> RadioField:
    return RadioField(
        "Restriction mark",
        required="Select the restriction mark",
        choices=[(one, one.label) for one in Mark],
        coerce=Mark,
        default=Mark.SENSITIVE,
    )


def _handling() -> TextField:
    return TextField("How it is to be handled", required="Enter how it is to be handled", longest=200, default=HANDLING)


class NamelessForm(NarrativeForm):
    """Where `named` finds in the words a name that whoever writes may know, `nobody` is asked, once as `sure` is."""

    asides = ("sure", "nobody")

    nobody = TickBoxField("It names nobody", hint="Tick this if what looks like a name is none, or is somebody else’s")

    def __init__(self, *args: Any, named: Callable[[str], Sequence[str]] = lambda _: (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts: list[Any] = [one for one in self if isinstance(one, LongTextField | TextField)]
        texts = texts if self.is_submitted() else []
        found = {one.name: named(one.data or "") for one in texts}
        for one in texts:
            if found[one.name]:
                one.validators = [*one.validators, self._asks_of(found[one.name])]
        if not any(found.values()):
            del self.nobody

    def in_order(self) -> list[Any]:
        """As everywhere, with what is asked of the words behind the other questions."""
        return sorted(super().in_order(), key=lambda one: (isinstance(one, SubmitField), one.name == "nobody"))

    def _asks_of(self, names: Sequence[str]) -> Callable[[Any, Any], None]:
        def asks(_form: Any, _field: Any) -> None:
            if not self.nobody.data:
                told = "; ".join(f"“{one}”" for one in names[:3])
                raise ValidationError(f"This may name somebody: {told}. Take it out, or say below that it names nobody")

        return asks


class NotesFilterForm(FilterForm):
    state = ChoiceField(
        "Status", choices=[(one, one.label) for one in NoteState], coerce=NoteState, empty="All that are current"
    )


class NoteForm(NamelessForm):
    """One page. Each part is short, so that it stays one."""

    trigger = ChoiceField(
        "Why is the note raised?",
        required="Select why the note is raised",
        choices=[(one, one.label) for one in Trigger],
        coerce=Trigger,
        called="Why it is raised",
    )
    known_on = DateField(
        "When did it become known?",
        required="Enter when it became known",
        called="When it became known",
        validators=[not_in_the_future],
    )
    what = _words("What happened?", "Enter what happened", "What happened", NOBODY)
    knows = _words(
        "Who knows?", "Enter who knows", "Who knows", "Offices and services, inside and outside the council."
    )
    safety = _words(
        "What was done at once to keep people safe?", "Enter what was done at once", "What was done at once"
    )
    status = _words(
        "Where do the licence and the police stand?",
        "Enter where the licence and the police stand",
        "Where it stands",
        "Nothing of an allegation: the designated officer (LADO) writes their own part, if they are asked below.",
    )
    risk = _words("What is the media and legal risk?", "Enter the media and legal risk", "The risk")
    decision = _words(
        "What decision is needed, and of whom?", "Enter what decision is needed, or “none”", "The decision"
    )
    next_update_on = DateField(
        "When is the next update? (optional)", called="The next update", validators=[not_in_the_past]
    )
    next_update = TextField(
        "At what time, or after what? (optional)", longest=120, hint="For example, 4pm, or after the hearing."
    )
    mark = _mark()
    handling = _handling()
    for_county = TickBoxField(
        "The county’s monthly report may collect it",
        default=True,
        hint="Those who put that report together can then read it once it is issued.",
    )
    lado_asked = TickBoxField(
        "Ask the designated officer (LADO) for their part",
        hint="They read the draft, and write what there is to say, which nobody else does.",
    )
    submit = SubmitField("Save the draft")


class ReaderForm(BaseForm):
    """`reader` is the page's to fill."""

    reader = ChoiceField("Who reads it?", required="Select who reads it", called="Reader")
    office = ChoiceField(
        "In which office?",
        required="Select the office",
        choices=[(one, one.label) for one in Office],
        coerce=Office,
        called="Office",
    )
    submit = SubmitField("Add the reader")


class SureForm(BaseForm):
    submit = SubmitField("Yes")

    @classmethod
    def asking(cls, button: str) -> "SureForm":
        form = cls()
        form.submit.label.text = button
        return form


class WhyForm(NamelessForm):
    why = LongTextField("Why?", required="Say why", called="Why", longest=LONGEST_WORDS, rows=3, hint=NOBODY)
    submit = SubmitField("Save")

    @classmethod
    def asking(cls, label: str, button: str, named: Callable[[str], Sequence[str]]) -> "WhyForm":
        form = cls(named=named)
        form.why.label.text, form.submit.label.text = label, button
        return form


class CallForm(BaseForm):
    how = RadioField(
        "How did they acknowledge it?",
        required="Select how they acknowledged it",
        choices=[(one, one.label) for one in FOR_ANOTHER],
        coerce=How,
        called="How",
    )
    on = DateField("On which day?", required="Enter the day", called="The day", validators=[not_in_the_future])
    at = TextField("At what time?", required="Enter the time", longest=40, hint="For example, 4:15pm.")
    submit = SubmitField("Record it")


class LadoForm(NamelessForm):
    words = _words("What can leaders be told of your part?", "Enter what leaders can be told", "Your part", NOBODY)
    submit = SubmitField("Save your part")


class ReportForm(NamelessForm):
    """`month` is the page's to fill, and asked of a new report alone."""

    month = ChoiceField("Which month?", required="Select the month", called="Month")
    overview = LongTextField(
        "What should its readers take from this month?",
        required="Enter what its readers should take from it",
        called="The overview",
        longest=2000,
        rows=6,
        hint=NOBODY,
    )
    mark = _mark()
    handling = _handling()
    submit = SubmitField("Save the draft")


class AskForm(NamelessForm):
    """`whom` is the page's to fill."""

    words = _words("What do you ask for?", "Enter what you ask for", "What you ask for", NOBODY)
    whom = ChoiceField("Who does it?", required="Select who does it", called="Who does it")
    due_on = DateField("By when?", required="Enter by when", called="The day", validators=[not_in_the_past])
    submit = SubmitField("Ask for it")


class DoneForm(NamelessForm):
    words = _words("What was done?", "Enter what was done", "What was done", NOBODY)
    submit = SubmitField("It is done")
