"""The forms of user administration."""

from collections.abc import Iterable

from licensing.administration.queries import Account
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    EmailField,
    LongTextField,
    SubmitField,
    TextField,
    not_in_the_future,
    options,
)
from licensing.permissions import PRIVILEGED, Role

_ROLES = [(role.value, f"{role.label} (needs approval)" if role in PRIVILEGED else role.label) for role in Role]


def _role_field() -> ChoiceField:
    return ChoiceField("Role", required="Choose a role", choices=_ROLES, coerce=Role)


def _reason_field(hint: str = "For a role that needs approval: whoever approves it reads this.") -> LongTextField:
    return LongTextField("Why", hint=hint, longest=1000, rows=3)


class InviteForm(BaseForm):
    email = EmailField("Email address", required="Enter their email address")
    name = TextField("Full name", required="Enter their full name")
    role = _role_field()
    reason = _reason_field()
    submit = SubmitField("Send the invitation")


class GiveRoleForm(BaseForm):
    role = _role_field()
    reason = _reason_field()
    give = SubmitField("Give this role")


class ResetSecondFactorForm(BaseForm):
    grounds = _reason_field("How you made sure that it is they who ask, as by ringing back on a number you knew.")
    reset = SubmitField("Reset the authenticator")


class ReviewForm(BaseForm):
    reviewed_on = DateField(
        "When was access reviewed?",
        called="The date of the review",
        required="Enter the date of the review",
        validators=[not_in_the_future],
    )
    closed = CheckboxesField("Accounts to close", hint="Everybody else keeps their access.")
    submit = SubmitField("Record the review")

    def offer(self, accounts: Iterable[Account]) -> None:
        """Those whose access may be ended."""
        self.closed.choices = options((str(one.id), f"{one.called}, {one.email}") for one in accounts)
        if not self.closed.choices:
            del self.closed
