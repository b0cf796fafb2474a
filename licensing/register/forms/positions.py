"""The forms of the parts that people and organisations play."""

from licensing.forms import ChoiceField, DateField, TextField, not_in_the_future
from licensing.register.forms.entries import EntryForm
from licensing.register.parts import PositionKind


class PositionForm(EntryForm):
    """Somebody begins to play a part."""

    kind = ChoiceField("As what?", called="What they are", required="Select what they are", coerce=PositionKind)
    holder = TextField(
        "Who?",
        called="Who",
        required="Enter who it is",
        hint="The reference of a person or organisation on your register, like P-1A2B-3C4D. If they have no record, "
        "their name as written.",
    )
    from_on = DateField("First day", validators=[not_in_the_future])


class PositionEndForm(EntryForm):
    """Somebody plays a part no longer."""

    position = ChoiceField("Who is no longer involved?", called="Who", required="Select who is no longer involved")
    until_on = DateField("Last day", required="Enter the last day they were involved", validators=[not_in_the_future])


class TransferForm(EntryForm):
    """A licence passes to another holder (Licensing Act 2003 s.42; for a vehicle, 1976 Act s.49)."""

    holder = TextField(
        "New holder",
        required="Enter the new holder",
        hint="The reference of a person or organisation on your register, like G-1A2B-3C4D",
    )
    on = DateField("Date of the transfer", required="Enter the date of the transfer", validators=[not_in_the_future])
