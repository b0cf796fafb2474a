"""Addresses that nobody could take for anybody's home."""

from random import Random

from licensing.sample.councils import Council
from licensing.sample.identifiers import postcode

_STREETS = ("Sample", "Example", "Specimen", "Invented", "Pretend", "Model", "Trial", "Imaginary")
_WAYS = ("Street", "Road", "Close", "Avenue", "Lane", "Way", "Gardens", "Terrace", "Drive", "Crescent")
_IN_A_FLAT = 0.15


def address(rng: Random, council: Council) -> tuple[str, str]:
    """Lines and postcode, in one of the council's towns."""
    lines = [
        f"{rng.randrange(1, 120)} {rng.choice(_STREETS)} {rng.choice(_WAYS)}",
        rng.choice(council.towns),
    ]
    if rng.random() < _IN_A_FLAT:
        lines.insert(0, f"Flat {rng.randrange(1, 20)}")
    return "\n".join(lines), postcode(rng, rng.choice(council.outward))
