"""Searches, entries and what puts them right, and who may search."""

from typing import Any

from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    LongTextField,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    not_in_the_future,
)
from licensing.sharing.rules import SearchPurpose, SearchResult, SearchTerm, UpdateAction


def day(label: str, called: str, *, required: str | None = "", hint: str = "") -> DateField:
    """A day that has come, which must be answered unless `required` is None."""
    message = f"Enter {called[:1].lower()}{called[1:]}" if required == "" else required
    return DateField(label, required=message, called=called, hint=hint, validators=[not_in_the_future])


class SearchForm(BaseForm):
    purpose = RadioField(
        "What was NR3S searched for?",
        required="Select what NR3S was searched for",
        choices=[(one, one.label) for one in SearchPurpose],
        coerce=SearchPurpose,
    )
    searched_on = day("When was it searched?", "The day of the search")
    searched_by = ChoiceField("Who searched?", required="Select who searched")
    terms = CheckboxesField(
        "What was searched by?",
        required="Select at least one thing that was searched by",
        hint="Which kinds only. Do not write the name or number here.",
        choices=[(one, one.label) for one in SearchTerm],
        coerce=SearchTerm,
    )
    result = RadioField(
        "What did NR3S answer?",
        required="Select what NR3S answered",
        choices=[(one, one.label) for one in SearchResult],
        coerce=SearchResult,
    )
    authorities = LongTextField(
        "Whose entries were found?",
        called="Whose entries were found",
        hint="One authority on a line, by its name. Leave out your own.",
        longest=1000,
        rows=3,
    )
    own_entries = TickBoxField("There is an entry of our own council")
    submit = SubmitField("Record the search")

    def names_typed(self) -> tuple[str, ...]:
        """The authorities, one on a line; once each."""
        lines = (line.strip() for line in (self.authorities.data or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class ConfirmEntryForm(BaseForm):
    keyed_on = day("When was it entered on NR3S?", "The day it was entered")
    nr3s_reference = TextField(
        "Reference on NR3S", required="Enter the reference that NR3S gave", longest=60, hint="As NR3S shows it."
    )
    submit = SubmitField("Confirm the entry")


class NotNeededForm(BaseForm):
    reason = LongTextField(
        "Why is no entry needed?",
        required="Enter why no entry is needed",
        called="Why",
        longest=1000,
        rows=4,
        hint="For example: the decision rests on an unpaid fee alone, and on no relevant information (section 1).",
    )
    submit = SubmitField("Record that no entry is needed")


class ConfirmUpdateForm(BaseForm):
    action = RadioField(
        "What was done to the entry on NR3S?", required="Select what was done to the entry", coerce=UpdateAction
    )
    done_on = day("When was it done?", "The day it was done")
    note = LongTextField("Anything to add (optional)", called="What you add", longest=1000, rows=3)
    submit = SubmitField("Confirm")


class UploadForm(BaseForm):
    event = ChoiceField("Which decision?", required="Select a decision")
    notice_given_on = day(
        "When did you write to the person?",
        "The day you wrote to the person",
        required=None,
        hint="Needed for a decision notified before 27 April 2023. They have 28 days to respond.",
    )
    submit = SubmitField("Make the entry due")


class NameUserForm(BaseForm):
    colleague = ChoiceField("Who may search NR3S?", required="Select a colleague")
    trained_on = day("When were they trained?", "The day of the training")
    from_on = DateField("From when may they search?", required="Enter the first day", called="The first day")
    submit = SubmitField("Name this colleague")


class EndUserForm(BaseForm):
    until_on = DateField("What is their last day?", required="Enter the last day", called="The last day")
    submit = SubmitField("End it")


def prefilled(row: Any) -> dict[str, Any]:
    """A search as the form asks for it, to be corrected."""
    return {
        "purpose": row.purpose,
        "searched_on": row.searched_on,
        "searched_by": str(row.searched_by),
        "terms": [SearchTerm(one) for one in row.terms],
        "result": row.result,
        "authorities": "\n".join(row.authorities),
        "own_entries": row.own_entries,
    }
