"""Questions answered by choosing."""

from collections.abc import Iterable, Iterator
from typing import Any

import wtforms
from wtforms.fields.choices import (  # the bundled stubs are older than these two
    Choice,  # pyright: ignore[reportAttributeAccessIssue]
    SelectChoice,  # pyright: ignore[reportAttributeAccessIssue]
)

from licensing.forms import widgets
from licensing.forms.base import Question


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices from (value, words) pairs; also for `form.field.choices` of a form already made."""
    return [SelectChoice(value=value, label=words) for value, words in pairs]


class _Choosing(Question):
    def __init__(self, label: str, *, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(label, choices=options(choices), **kwargs)
        message = self.required or f"{self.called}: select one of the options listed"
        self.invalid_value_message = self.invalid_choice_message = message


class RadioField(_Choosing, wtforms.RadioField):
    """One of a few options, all in view; `coerce` may be a StrEnum."""

    widget = widgets.Radios()


class ChoiceField(_Choosing, wtforms.SelectField):
    """One of many options, from a list that opens on an empty choice; `coerce` may be a StrEnum."""

    widget = widgets.Select()

    def __init__(self, label: str, *, empty: str = "Choose one", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.empty = empty

    def iter_choices(self) -> Iterator[Any]:
        yield Choice("", self.empty, self.data is None, {})
        yield from super().iter_choices()

    def process_formdata(self, valuelist: list[str]) -> None:
        if any(valuelist):
            super().process_formdata(valuelist)
        else:
            self.data = None


class CheckboxesField(_Choosing, wtforms.SelectMultipleField):
    """Any number of the options."""

    widget = widgets.Checkboxes()

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, filters=[lambda ticked: ticked or []], **kwargs)
        # WTForms formats this message with the % operator.
        self.invalid_choice_message = self.invalid_value_message.replace("%", "%%")


class TickBoxField(Question, wtforms.BooleanField):
    """One box: ticked or not. `required` makes it a declaration that must be ticked."""

    widget = widgets.TickBox()
