"""A check in words: the headline, what was asked, and what to do before the licence is decided."""

from collections.abc import Callable, Mapping

from licensing.dates import in_words
from licensing.driver_check.answers import Answer
from licensing.driver_check.asking import Asked, AskedList, masked
from licensing.matching.bands import Band

_HEADLINES = {
    Band.CERTAIN: "This person is on record.",
    Band.STRONG: "This person is very likely on record.",
    Band.POSSIBLE: "Somebody on record may be this person, or a namesake.",
}


NOT_ENOUGH = (
    "These details are not enough to pick anybody out: very many people may share them. "
    "Add a date of birth or an identifier and check again."
)


def headline(answer: Answer, asked: Asked | AskedList) -> str:
    """The answer in a sentence or two. That nobody stands out by a name alone is not that there is no record."""
    if answer.best_band is None:
        return "No record found on the registers searched." if is_telling(asked) else NOT_ENOUGH
    adverse = sum(len(found.adverse) for found in answer.found)
    if not adverse:
        return _HEADLINES[answer.best_band]
    decisions = "An adverse decision" if adverse == 1 else f"{adverse} adverse decisions"
    verb = "relies" if adverse == 1 else "rely"
    return f"{_HEADLINES[answer.best_band]} {decisions} against a matching record {verb} on relevant information."


def headline_of_list(people: int, best: Mapping[Band, int]) -> str:
    """How many of a list's people have a best match in each band; who they are stands in the file alone."""
    counts = [(band.value, best.get(band, 0)) for band in Band]
    counts.append(("no record found", people - sum(best.values())))
    said = ", ".join(f"{words} {number:,}" for words, number in counts)
    return f"A list of {people:,} people was checked: {said}. The answers are in the file that was written."


def is_telling(asked: Asked | AskedList) -> bool:
    """Whether what was asked could pick one person out among many."""
    if isinstance(asked, AskedList):
        return True
    return bool(asked.date_of_birth or asked.nino or asked.driving_licence_no or asked.licence_no)


def asked_rows(asked: Asked | AskedList, reference: str, purpose: str, *, mask: bool = False) -> list[tuple[str, str]]:
    """What was asked, as rows; `mask` leaves only the end of identifiers, for paper."""
    if isinstance(asked, AskedList):
        rows = [("A list of", f"{asked.people:,} people"), ("Fingerprint of the list (SHA-256)", asked.sha256)]
    else:
        rows = _person_rows(asked, masked if mask else str)
    return [(label, value) for label, value in rows if value] + [("Purpose", purpose), ("Your reference", reference)]


def _person_rows(asked: Asked, hidden: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        ("Name", asked.name),
        ("Date of birth", in_words(asked.date_of_birth) if asked.date_of_birth else ""),
        ("National Insurance number", hidden(asked.nino)),
        ("Driving licence number", hidden(asked.driving_licence_no)),
        ("Licence or badge number", asked.licence_no),
        ("Vehicle registration", asked.vrm),
        ("Postcode", asked.postcode),
    ]


def next_steps(answer: Answer) -> list[str]:
    """What must be done before the licence can be decided."""
    steps = ["Search NR3S and record the result: the 2022 Act requires it before any grant or renewal."]
    others = sorted({found.authority for found in answer.found if found.may_be_told and not found.own})
    if others:
        steps.append(f"Ask {_listed(others)} in writing for the information relied on, and have regard to the answer.")
    if any(found.would_settle for found in answer.found):
        steps.append("Settle the matches below “certain”: see each card for what would.")
    if answer.not_searched:
        names = _listed([one.name for one in answer.not_searched])
        steps.append(f"Ask {names}, whose register was not searched, directly.")
    steps.append("A record alone never decides an application: consider the person in front of you.")
    return steps


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
