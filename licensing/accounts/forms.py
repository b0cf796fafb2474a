"""The forms of signing in, of links that work once, and of one's own account."""

from licensing.forms import BaseForm, EmailField, PasswordField, SubmitField, TextField

_RECOVERY_TOO = "Six digits, which change every 30 seconds, or one of your recovery codes."


def _code_field(label: str = "Code from your authenticator", hint: str = _RECOVERY_TOO) -> TextField:
    return TextField(
        label,
        required="Enter the six digits that your authenticator shows",
        hint=hint,
        gov={"autocomplete": "one-time-code", "inputmode": "numeric", "classes": "govuk-input--width-10"},
    )


class SignInForm(BaseForm):
    email = EmailField("Email address", required="Enter your email address", gov={"autocomplete": "username"})
    password = PasswordField("Password", required="Enter your password")
    code = _code_field()
    submit = SubmitField("Sign in")


def _new_code_field() -> TextField:
    return _code_field("Code from the new authenticator", "Six digits. They change every 30 seconds.")


def _name_field() -> TextField:
    return TextField("Your full name", required="Enter your full name", gov={"autocomplete": "name"})


def _new_password_field() -> PasswordField:
    return PasswordField(
        "Choose a password",
        required="Choose a password",
        hint="At least 14 characters. Three unusual words that have nothing to do with you or the council work well.",
        gov={"autocomplete": "new-password"},
    )


class InvitationForm(BaseForm):
    name = _name_field()
    password = _new_password_field()
    code = _new_code_field()
    submit = SubmitField("Start using the service")


class ConfirmForm(BaseForm):
    code = _code_field()
    submit = SubmitField("Continue")


class ForgottenForm(BaseForm):
    email = EmailField("Email address", required="Enter your email address", gov={"autocomplete": "username"})
    submit = SubmitField("Send the link")


class NewPasswordByLinkForm(BaseForm):
    password = _new_password_field()
    code = _code_field()
    submit = SubmitField("Change password")


class NewAuthenticatorByLinkForm(BaseForm):
    password = PasswordField("Your password", required="Enter your password")
    code = _new_code_field()
    submit = SubmitField("Use this authenticator")


class NameForm(BaseForm):
    name = _name_field()
    submit = SubmitField("Change name")


class PasswordForm(BaseForm):
    current = PasswordField("Current password", required="Enter your current password")
    password = _new_password_field()
    submit = SubmitField("Change password")


class AuthenticatorForm(BaseForm):
    password = PasswordField("Your password", required="Enter your password")
    code = _code_field("Code from the authenticator you have now")
    new_code = _new_code_field()
    submit = SubmitField("Use the new authenticator")
