"""What a colleague saved beside what one typed oneself: sentence by sentence, where the two differ."""

import re
from difflib import SequenceMatcher

from markupsafe import Markup

# A sentence, or a line where it ends without a full stop: what is pasted often is one long paragraph.
_SENTENCE = re.compile(r"[^\n]*?[.!?…](?=\s)\s*|[^\n]*\n+|[^\n]+$")
_THEIRS = Markup('<ins><span class="govuk-visually-hidden">Theirs alone: </span>{}</ins>')
_MINE = Markup('<del><span class="govuk-visually-hidden">Yours alone: </span>{}</del>')
_SAME = Markup('<span class="govuk-hint">({} sentences are the same)</span>\n')
# So many sentences that are the same are shown, and no more.
_SHOWN = 2


def beside(theirs: str, mine: str) -> Markup:
    """Their words: underlined what they alone wrote, struck through what one wrote oneself and they did not."""
    # A sentence that comes again and again is not looked for, so that no text takes long to compare.
    ours, yours = _SENTENCE.findall(theirs), _SENTENCE.findall(mine)
    told = Markup()
    for what, first, after, mine_first, mine_after in SequenceMatcher(None, ours, yours).get_opcodes():
        if what == "equal":
            told += _same(ours[first:after])
            continue
        if first < after:
            told += _THEIRS.format("".join(ours[first:after]))
        if mine_first < mine_after:
            told += _MINE.format("".join(yours[mine_first:mine_after]))
    return Markup('<span class="as-written">{}</span>').format(told)


def _same(sentences: list[str]) -> Markup:
    if len(sentences) <= _SHOWN + 1:
        return Markup().join(Markup("{}").format(one) for one in sentences)
    first, last = sentences[0], sentences[-1]
    return Markup("{}{}{}").format(first, _SAME.format(len(sentences) - _SHOWN), last)
