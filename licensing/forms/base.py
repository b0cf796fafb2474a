"""The base form, and what every question on it shares."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, ClassVar

import wtforms
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms.csrf.core import CSRFTokenField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

PAGE_TOO_OLD = "This page was open for too long. Check your answers and send them again"

# Joiners that some scripts need between letters; every other invisible character goes.
_JOINERS = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Cs")

Validator = Callable[[Any, Any], None]


class BaseForm(FlaskForm):
    """What every form can do besides asking its questions.

    `asked_first` names the questions that come before those which a form shares with others, `asides` those about the
    form itself, whose answers are not part of what is kept.
    """

    asked_first: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    def hidden_tag(self) -> Markup:  # type: ignore[override]  (of all hidden fields alone)
        """The hidden fields, CSRF token included, without ids: two forms may share a page."""
        hidden = [field for field in self if isinstance(field.widget, HiddenInput)]
        return Markup("\n").join(field(id=False) for field in hidden)

    def add_error(self, message: str, field: str | None = None) -> None:
        """Say what a rule refused, beside the named field if the form has it, else above all."""
        if field is None or field not in self:
            self.form_errors.append(message)
        else:
            self[field].errors = [*self[field].errors, message]

    def error_links(self) -> list[dict[str, str]]:
        """The first error of each field in page order, as {text, href} for the error summary.

        Without href where there is nothing on the page to go to.
        """
        return [*({"text": message} for message in self.form_errors), *_links(self.in_order())]

    def in_order(self) -> list[wtforms.Field]:
        """The fields as the page asks them: those of `asked_first` before the others, the button last."""
        place = {name: number for number, name in enumerate(self.asked_first)}
        last = len(place)
        return sorted(self, key=lambda one: (isinstance(one, wtforms.SubmitField), place.get(one.name, last)))


class FilterForm(BaseForm):
    """A list's filters: sent by GET, so that they stand in the address; never anything personal."""

    class Meta(FlaskForm.Meta):
        @cached_property
        def csrf(self) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
            return False


def _links(
    fields: Iterable[wtforms.Field] | wtforms.FieldList | wtforms.FormField,
) -> Iterator[dict[str, str]]:
    form = getattr(fields, "form", fields)
    yield from ({"text": message} for message in getattr(form, "form_errors", []))
    field: wtforms.Field
    for field in fields:
        if isinstance(field, wtforms.FieldList | wtforms.FormField):
            yield from _links(field)
        own = [error for error in field.errors if isinstance(error, str)]
        if own and not isinstance(field, wtforms.FormField):
            yield _link(field, own[0])


def _link(field: wtforms.Field, message: str) -> dict[str, str]:
    if isinstance(field, CSRFTokenField):
        return {"text": PAGE_TOO_OLD}
    if isinstance(field.widget, HiddenInput):
        return {"text": message}
    return {"text": message, "href": f"#{getattr(field, 'error_id', field.id)}"}


def applied_filters(form: wtforms.Form) -> list[dict[str, str]]:
    """The filters of a list that are in force, each with the key by which it is taken off again."""
    return [
        {"text": f"{field.label.text}: {getattr(field.data, 'label', field.data)}", "key": field.name}
        for field in form
        if field.data and isinstance(field, wtforms.SelectField)
    ]


def tidy(text: str | None) -> str | None:
    """Text without the outer spaces and invisible characters that pasting brings, or None.

    A NUL, which PostgreSQL cannot store, goes with the others.
    """
    visible = "".join(c for c in (text or "").replace("\r\n", "\n") if _is_kept(c))
    return unicodedata.normalize("NFC", visible).strip() or None


def _is_kept(character: str) -> bool:
    return character in "\n\t" or character in _JOINERS or unicodedata.category(character) not in _INVISIBLE


class Answered:
    """Stop at an unanswered question: with the message if it must be answered, else without.

    Unlike WTForms' own it sets no `required` attribute, which would bring the browser's messages.
    """

    def __init__(self, message: str | None) -> None:
        self.message = message

    def __call__(self, form: wtforms.Form, field: wtforms.Field) -> None:
        if field.data is not None and field.data is not False and field.data not in ("", []):
            return
        if field.process_errors:  # an answer that could not be read: it has its own message
            raise StopValidation
        field.errors = []
        raise StopValidation(self.message or "")


class Question(wtforms.Field):
    """What all fields share: a message when unanswered, a hint, options of the GOV.UK macro.

    `called` is how messages name the answer where the label is a question. `gov` is passed to the
    macro of the widget, over the `defaults` of the class.
    """

    defaults: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        label: str,
        *,
        required: str | None = None,
        hint: str = "",
        called: str = "",
        validators: Iterable[Validator] = (),
        gov: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        chain: Sequence[Validator] = [Answered(required), *validators]
        super().__init__(label, validators=chain, description=hint, **kwargs)
        self.called = called or label
        self.required = required
        self.gov = {**self.defaults, **(gov or {})}
