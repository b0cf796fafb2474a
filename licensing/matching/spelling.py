"""Two name parts side by side: the same, heard alike, a short form, a slip of the hand, or another name."""

from rapidfuzz.distance import OSA

from licensing.matching.short_forms import other_forms
from licensing.matching.sounds import MOHAMMED, sound_of

SAME = "same"
SAME_SOUND = "same sound"
MOHAMMED_SPELT = "mohammed spelt"
OTHER_FORM = "other form"
ONE_LETTER = "one letter"
SAME_SOUND_NEAR = "same sound near"
SAME_SOUND_ONLY = "same sound only"
TWO_LETTERS = "two letters"
INITIAL = "initial"
DIFFERENT = "different"

# Best first: where a name part could be paired with several, the earlier kind wins.
KINDS = (
    SAME,
    MOHAMMED_SPELT,
    SAME_SOUND,
    SAME_SOUND_NEAR,
    OTHER_FORM,
    ONE_LETTER,
    SAME_SOUND_ONLY,
    TWO_LETTERS,
    INITIAL,
)
NEARNESS = {kind: place for place, kind in enumerate(KINDS)}

_SAME_SOUND_BY_LETTERS = {1: SAME_SOUND, 2: SAME_SOUND_NEAR}
_SHORTEST_FOR_ONE_LETTER = 3
_SHORTEST_FOR_TWO_LETTERS = 4


def compare_tokens(asked: str, recorded: str) -> str:
    """How two tokens of match names compare, as one of the kinds above."""
    if asked == recorded:
        return SAME
    shorter = min(len(asked), len(recorded))
    if shorter == 1:
        return INITIAL if asked[0] == recorded[0] else DIFFERENT
    # Letters changed, put in, left out or exchanged with their neighbour; 3 stands for more than 2.
    letters = OSA.distance(asked, recorded, score_cutoff=2)
    heard = sound_of(recorded)
    if heard == sound_of(asked):
        return MOHAMMED_SPELT if heard == MOHAMMED else _SAME_SOUND_BY_LETTERS.get(letters, SAME_SOUND_ONLY)
    if recorded in other_forms(asked):
        return OTHER_FORM
    if letters == 1 and shorter >= _SHORTEST_FOR_ONE_LETTER:
        return ONE_LETTER
    return TWO_LETTERS if letters == 2 and shorter >= _SHORTEST_FOR_TWO_LETTERS else DIFFERENT
