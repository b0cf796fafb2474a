"""How wide boxes are, and what must have the shape of its kind."""

from collections.abc import Callable
from typing import Any

from wtforms.validators import ValidationError

from licensing.matching import identifiers

NARROW = {"classes": "govuk-input--width-10"}
MIDDLE = {"classes": "govuk-input--width-20"}


def right_shape(is_right: Callable[[str], bool], message: str) -> Callable[[Any, Any], None]:
    """A validator: what is typed must have the shape of its kind."""

    def validate(_form: Any, field: Any) -> None:
        if field.data and not is_right(identifiers.normalise(field.data)):
            raise ValidationError(message)

    return validate


def is_ni_number_or_sample(normalised: str) -> bool:
    """Numbers that begin with QQ are never issued, so samples and tests use them."""
    return identifiers.is_ni_number(normalised) or identifiers.is_never_issued(normalised)


ni_number_shape = right_shape(
    is_ni_number_or_sample,
    "National Insurance number must be 2 letters, 6 numbers, then A, B, C or D, like QQ 12 34 56 C",
)
driver_number_shape = right_shape(
    identifiers.is_driver_number,
    "Driving licence number must be the 16 characters in section 5 of the licence",
)
postcode_shape = right_shape(identifiers.is_postcode, "Enter a full UK postcode, like OX1 1AA")
registration_shape = right_shape(
    identifiers.is_registration_mark, "Vehicle registration must be as on the number plate, like AB12 CDE"
)
