"""References that people read out and type: random, so that neither order nor number shows what is hidden."""

import re
import secrets

# Crockford's base 32: no I, L, O or U, which are misread or spell words.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


_REFERENCE = re.compile(rf"[A-Z]{{1,2}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")
# As one is spoken, or written in a letter: with spaces, any dashes, or nothing between; the misread letters as meant.
_SPOKEN = re.compile(r"([A-Z]{1,2})([A-Z0-9]{8})")
_MISREAD = str.maketrans("ILO", "110")


def new_reference(prefix: str) -> str:
    """As DC-7K2M-9XQ4: forty random bits, unique within an authority by the table's own constraint."""
    bits = secrets.randbits(40)
    letters = "".join(LETTERS[bits >> shift & 31] for shift in range(0, 40, 5))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def is_reference(typed: str) -> bool:
    """Whether this is written like a reference of ours."""
    return bool(_REFERENCE.fullmatch(typed.strip().upper()))


def as_written(typed: str) -> str:
    """The reference that somebody means: "al tnrm 484c" is AL-TNRM-484C. What is none is only put in capitals."""
    upper = typed.strip().upper()
    found = _SPOKEN.fullmatch(re.sub(r"[^A-Z0-9]", "", upper))
    if found is None:
        return upper
    prefix, letters = found[1], found[2].translate(_MISREAD)
    written = f"{prefix}-{letters[:4]}-{letters[4:]}"
    return written if is_reference(written) else upper
