"""The forms of signing in and accepting an invitation."""

from licensing.forms import BaseForm, EmailField, PasswordField, SubmitField, TextField


def _code_field() -> TextField:
    return TextField(
        "Code from your authenticator",
        required="Enter the six digits that your authenticator shows",
        hint="Six digits. They change every 30 seconds.",
        gov={"autocomplete": "one-time-code", "inputmode": "numeric", "classes": "govuk-input--width-10"},
    )


class SignInForm(BaseForm):
    email = EmailField("Email address", required="Enter your email address", gov={"autocomplete": "username"})
    password = PasswordField("Password", required="Enter your password")
    code = _code_field()
    submit = SubmitField("Sign in")


class InvitationForm(BaseForm):
    name = TextField("Your full name", required="Enter your full name", gov={"autocomplete": "name"})
    password = PasswordField(
        "Choose a password",
        required="Choose a password",
        hint="At least 14 characters. Three unusual words that have nothing to do with you or the council work well.",
        gov={"autocomplete": "new-password"},
    )
    code = _code_field()
    submit = SubmitField("Start using the service")
