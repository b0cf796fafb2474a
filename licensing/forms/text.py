"""Questions answered by typing, a file or a press of the button.

What is typed is mostly about other people, so browsers are asked not to remember it.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

import flask_wtf.file
import wtforms
from wtforms.validators import Email, ValidationError

from licensing.forms import widgets
from licensing.forms.base import Question, Validator, tidy


class _LimitedText(Question):
    def __init__(self, label: str, *, longest: int, **kwargs: Any) -> None:
        super().__init__(label, filters=[tidy], **kwargs)
        self.longest = longest

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if len(self.data or "") > self.longest:
            raise ValidationError(f"{self.called} must be {self.longest:,} characters or fewer")


class TextField(_LimitedText, wtforms.StringField):
    """One line of text, at most `longest` characters."""

    widget = widgets.TextInput()
    defaults: ClassVar[dict[str, Any]] = {"autocomplete": "off"}

    def __init__(self, label: str, *, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(label, longest=longest, **kwargs)


class EmailField(TextField):
    """An email address, checked for its form only."""

    widget = widgets.EmailInput()
    defaults: ClassVar[dict[str, Any]] = {"autocomplete": "off", "spellcheck": "false"}

    def __init__(self, label: str, *, validators: Iterable[Validator] = (), **kwargs: Any) -> None:
        email = Email("Enter an email address in the correct format, like name@example.com")
        super().__init__(label, validators=[email, *validators], **kwargs)


class LongTextField(_LimitedText, wtforms.TextAreaField):
    """Several lines of text, with a count of the characters left."""

    widget = widgets.TextArea()

    def __init__(self, label: str, *, longest: int = 4000, rows: int = 5, **kwargs: Any) -> None:
        gov = {"maxlength": longest, "rows": rows, **kwargs.pop("gov", {})}
        super().__init__(label, longest=longest, gov=gov, **kwargs)


class PasswordField(Question, wtforms.PasswordField):
    """A secret: neither tidied nor shown again."""

    widget = widgets.PasswordInput()
    defaults: ClassVar[dict[str, Any]] = {"autocomplete": "current-password"}


class WholeNumberField(Question, wtforms.IntegerField):
    """A whole number from `least` to `most`."""

    widget = widgets.TextInput()
    defaults: ClassVar[dict[str, Any]] = {
        "autocomplete": "off",
        "inputmode": "numeric",
        "classes": "govuk-input--width-5",
    }

    def __init__(self, label: str, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most
        self.invalid_value_message = f"{self.called} must be a whole number, like 12"

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None  # a box that was emptied is no answer, whatever stood in it
        super().process_formdata([value for value in valuelist if value.strip()])

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(f"{self.called} must be between {self.least:,} and {self.most:,}")


class FileField(Question, flask_wtf.file.FileField):
    """A file; the template's form needs enctype="multipart/form-data"."""

    widget = widgets.FileInput()


class SubmitField(wtforms.SubmitField):
    """The button, which ignores a double click where there is JavaScript."""

    widget = widgets.Button()
