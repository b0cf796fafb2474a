"""Numbers and codes that point at one person, home or vehicle: one way of writing each, and its shape.

Normalising never refuses: what is typed is looked for as typed. Whether a value has the right shape is a
separate question, which forms and imports ask. Sources: HM Revenue and Customs, National Insurance Manual NIM39110
(NI number); DVLA INF45 (driver number); the DVLA vehicle registration validator (registration marks).
"""

import re
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What an identifier is. A badge number means something only beside the authority that issued it."""

    NI_NUMBER = "ni_number"
    DRIVER_NUMBER = "driver_number"
    BADGE_NUMBER = "badge_number"
    REGISTRATION_MARK = "registration_mark"


_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")
_NI_NUMBER = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]")
_NEVER_ISSUED_NI_NUMBER = re.compile(r"QQ\d{6}[A-D]")
_DRIVER_NUMBER = re.compile(
    r"(?=[A-Z]+9*\d{6})[A-Z9]{5}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9]{3}"
)
_REGISTRATION_MARK = re.compile(
    r"[A-Z]{3}\d{1,4}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|[A-Z]{2}\d{2}[A-Z]{3}"
    r"|[A-Z]{1,3}\d{1,3}|\d{1,4}[A-Z]{1,3}|[A-Z]{1,2}\d{1,4}"
)
_POSTCODE = re.compile(r"(?:GIR0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?\d[ABD-HJLNP-UW-Z]{2})")
_INWARD_LENGTH = 3


def normalise(written: str) -> str:
    """Upper-case letters and digits only: the form in which every identifier and postcode is kept and compared."""
    return _NOT_ALPHANUMERIC.sub("", written.upper())


def is_ni_number(normalised: str) -> bool:
    """Whether this has the shape of an NI number. The never-issued prefix QQ passes: see `is_never_issued`."""
    return bool(_NI_NUMBER.fullmatch(normalised) or is_never_issued(normalised))


def is_never_issued(normalised: str) -> bool:
    """Whether this NI number has the prefix QQ, which nobody was ever given: a sample, or a slip."""
    return bool(_NEVER_ISSUED_NI_NUMBER.fullmatch(normalised))


def is_driver_number(normalised: str) -> bool:
    """Whether this has the shape of a 16-character DVLA driver number.

    Five letters of the family name filled up with 9s, the decade, the month (plus 50 for a woman), the day and the
    year of birth, two initials (9 for none), a digit that tells two alike apart, and two check letters. The last
    three are compared as letters or digits, since councils hold both.
    """
    return bool(_DRIVER_NUMBER.fullmatch(normalised))


def is_registration_mark(normalised: str) -> bool:
    """Whether this is a registration mark that the DVLA's own check passes. Diplomatic and trade plates do not."""
    return bool(_REGISTRATION_MARK.fullmatch(normalised))


def is_postcode(normalised: str) -> bool:
    """Whether this has the shape of a full postcode, which is not to say that it exists."""
    return bool(_POSTCODE.fullmatch(normalised))


def outward(postcode: str) -> str:
    """The district of a normalised postcode: OX1 of OX11AA."""
    return postcode[:-_INWARD_LENGTH]


def written_postcode(normalised: str) -> str:
    """A normalised full postcode with its space, as people write it."""
    return f"{outward(normalised)} {normalised[-_INWARD_LENGTH:]}"
