"""References that people read out and type: random, so that neither order nor number shows what is hidden."""

import re
import secrets

# Crockford's base 32: no I, L, O or U, which are misread or spell words.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


_REFERENCE = re.compile(rf"[A-Z]{{1,2}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")


def new_reference(prefix: str) -> str:
    """As DC-7K2M-9XQ4: forty random bits, unique within an authority by the table's own constraint."""
    bits = secrets.randbits(40)
    letters = "".join(LETTERS[bits >> shift & 31] for shift in range(0, 40, 5))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def is_reference(typed: str) -> bool:
    """Whether this is written like a reference of ours."""
    return bool(_REFERENCE.fullmatch(typed.strip().upper()))
