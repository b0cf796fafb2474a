"""Forms that take a narrative: no child is named in it, and whoever writes is asked once where it looks otherwise."""

from collections.abc import Iterable, Iterator
from typing import Any

import wtforms
from wtforms.validators import ValidationError

from licensing.forms.base import BaseForm
from licensing.forms.choices import TickBoxField
from licensing.forms.naming import looks_like_a_person
from licensing.forms.text import LongTextField, SubmitField, TextField

_SHOWN = 3


class NarrativeForm(BaseForm):
    """Where words of its texts look like a name with a date of birth or an age under 18, `sure` is asked.

    A pattern knows neither who is a child nor what is a name: whoever says that it names none has the last word.
    """

    asides = ("sure",)

    sure = TickBoxField("It names no child", hint="Tick this if what you wrote names only adults, or nobody")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = list(_texts(self)) if self.is_submitted() else []
        doubtful = [one for one in texts if looks_like_a_person(one.data or "")]
        for one in doubtful:
            one.validators = [*one.validators, self._names_none]
        if not doubtful:
            del self.sure

    def in_order(self) -> list[Any]:
        """As everywhere, with `sure` behind the other questions."""
        return sorted(super().in_order(), key=lambda one: (isinstance(one, SubmitField), one.name == "sure"))

    def _names_none(self, _form: wtforms.Form, field: wtforms.Field) -> None:
        if not self.sure.data:
            told = "; ".join(f"“{one}”" for one in looks_like_a_person(field.data)[:_SHOWN])
            raise ValidationError(f"This may name a child: {told}. Take it out, or say below that it names none")


def _texts(fields: Iterable[wtforms.Field]) -> Iterator[wtforms.Field]:
    """The boxes for words, those of rows too."""
    for one in fields:
        if isinstance(one, wtforms.FormField):
            yield from _texts(one.form)
        elif isinstance(one, wtforms.FieldList):
            yield from _texts(one)
        elif isinstance(one, LongTextField | TextField):
            yield one
