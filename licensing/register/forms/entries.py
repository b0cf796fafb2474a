"""What every form about something on the register shares."""

from functools import cached_property

import wtforms
from wtforms.widgets import HiddenInput

from licensing.forms import BaseForm, LongTextField, SubmitField


class SeenField(wtforms.StringField):
    """The state that the record had when the form was opened (register/states.py), carried along unseen."""

    widget = HiddenInput()


class EntryForm(BaseForm):
    """A form whose answers are checked before they are kept; the questions of each stand before these."""

    seen = SeenField()
    submit = SubmitField("Continue")

    def ask_only(self, *names: str) -> None:
        """Ask no other questions than these: the rest do not apply, and answer nothing."""
        for field in list(self):
            if field.name not in (*names, "seen", "submit", "csrf_token"):
                self.left_out.add(field.name)

    @cached_property
    def left_out(self) -> set[str]:
        """Questions that do not apply: neither asked nor shown among the answers."""
        return set()

    @cached_property
    def settled(self) -> set[str]:
        """Questions that were answered on the page before: shown among the answers, and not asked again."""
        return set()

    def asked(self) -> list[wtforms.Field]:
        """The questions in the order of the page; what every form has comes last."""
        rest = {"seen", "submit", "csrf_token"} | self.left_out | self.settled
        return [field for field in self if field.name not in rest]


def why_field() -> LongTextField:
    """The question every correction asks."""
    return LongTextField(
        "Why is this being corrected?",
        called="Reason",
        required="Say why this is being corrected",
        hint="For example, “typed wrong: the certificate says 14 May”. It stays with the record.",
        rows=3,
        longest=500,
    )
