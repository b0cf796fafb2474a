"""The GOV.UK widgets, each finished in the same way."""

from copy import deepcopy
from typing import Any

from govuk_frontend_wtf import wtforms_widgets as govuk
from govuk_frontend_wtf.gov_form_base import GovFormBase
from markupsafe import Markup

DATE_PARTS = ("day", "month", "year")


class Finish(GovFormBase):
    """What the published widgets leave undone: no empty hints, no `required`, bold questions."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("required", None)
        params = super().map_gov_params(field, **kwargs)
        params = self.merge_params(deepcopy(getattr(field, "gov", {})), params)
        hint = params.get("hint") or {}
        params["hint"] = hint if hint.get("text") or hint.get("html") else None
        if "label" in params:
            params["label"].setdefault("classes", "govuk-label--s")
        if "fieldset" in params:
            legend = params["fieldset"].setdefault("legend", {})
            legend.setdefault("text", field.label.text)
            legend.setdefault("classes", "govuk-fieldset__legend--s")
        return params


class TextInput(Finish, govuk.GovTextInput):
    """One line."""


class EmailInput(TextInput):
    """One line, with the keyboard for addresses on a phone."""

    input_type = "email"


class PasswordInput(Finish, govuk.GovPasswordInput):
    """A secret, with a button to show it where there is JavaScript."""


class TextArea(Finish, govuk.GovCharacterCount):
    """Several lines and the characters left."""


class Select(Finish, govuk.GovSelect):
    """A list that opens."""


class Explained(Finish):
    """Options, each with what it means below it: `gov={"hints": {value: words}}`."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        hints = params.pop("hints", {})
        for item in params["items"]:
            if item["value"] in hints:
                item["hint"] = {"text": hints[item["value"]]}
        return params


class Radios(Explained, govuk.GovRadioInput):
    """One of a few."""


class Checkboxes(Explained, govuk.GovCheckboxesInput):
    """Any of a few."""


class TickBox(Finish, govuk.GovCheckboxInput):
    """One box, with its hint below its words: above them it would read as part of the question before."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params["items"][0]["hint"] = params.pop("hint")
        return params


class FileInput(Finish, govuk.GovFileInput):
    """A file chooser."""


class Button(Finish, govuk.GovSubmitInput):
    """The submit button, without an id so that two forms may share a page."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().map_gov_params(field, **kwargs), "id": None, "preventDoubleClick": True}


class DateBoxes(Finish):
    """Three boxes with a name each, so that one left out of a request cannot shift the others."""

    template = "govuk_frontend_wtf/date.html"

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", field.id)
        kwargs["params"] = {"fieldset": {}, **kwargs.get("params", {})}
        return super().__call__(field, **kwargs)

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        typed = zip(DATE_PARTS, field.typed(), strict=True)
        params["items"] = [self._box(field, part, value) for part, value in typed]
        return params

    @staticmethod
    def _box(field: Any, part: str, value: str) -> dict[str, str]:
        # The month may have been typed as a name.
        is_long = part == "year" or len(value) > 2
        width = "govuk-input--width-4" if is_long else "govuk-input--width-2"
        is_wrong = field.errors and part in (field.wrong_parts or DATE_PARTS)
        return {
            "label": part.capitalize(),
            "id": f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "classes": f"{width} govuk-input--error" if is_wrong else width,
            "value": value,
            "autocomplete": "off",
        }
