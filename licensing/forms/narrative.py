"""Forms that take a narrative: no child is named in it, and whoever writes is asked once where it looks otherwise."""

from typing import Any

from licensing.forms.base import BaseForm
from licensing.forms.choices import TickBoxField
from licensing.forms.naming import looks_like_a_person
from licensing.forms.text import LongTextField, SubmitField

_SHOWN = 3


class NarrativeForm(BaseForm):
    """Where words of its long texts look like a name with a date of birth or an age under 18, `sure` is asked.

    A pattern knows neither who is a child nor what is a name: whoever says that it names none has the last word.
    """

    asides = ("sure",)

    sure = TickBoxField("It names no child", hint="Tick this if what you wrote names only adults, or nobody")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = [one for one in self if isinstance(one, LongTextField) and self.is_submitted()]
        self.seen = {one.name: found for one in texts if (found := looks_like_a_person(one.data or ""))}
        if not self.seen:
            del self.sure

    def in_order(self) -> list[Any]:
        """As everywhere, with `sure` behind the other questions."""
        return sorted(super().in_order(), key=lambda one: (isinstance(one, SubmitField), one.name == "sure"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        sound = super().validate(*args, **kwargs)
        if not self.seen or self.sure.data:
            return sound
        for name, found in self.seen.items():
            told = "; ".join(f"“{one}”" for one in found[:_SHOWN])
            self.add_error(f"This may name a child: {told}. Take it out, or say below that it names none", name)
        return False
