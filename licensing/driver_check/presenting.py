"""A check in words: the headline, what was asked, and what to do now."""

from collections.abc import Callable, Mapping

from licensing.dates import in_words
from licensing.driver_check.answers import AdverseDecision, Answer, Found
from licensing.driver_check.asking import AnyAsked, Asked, AskedList, AskedNumber, masked
from licensing.driver_check.licensed_by import LicensedBy, NumberAnswer
from licensing.driver_check.rules import Purpose
from licensing.matching.bands import Band
from licensing.register.events import LicenceStatus

_HEADLINES = {
    Band.CERTAIN: "This person is on record.",
    Band.STRONG: "This person is very likely on record.",
    Band.POSSIBLE: "Somebody on record may be this person, or a namesake.",
}

_ADVERSE_STATUSES = frozenset(
    {
        LicenceStatus.REVOKED,
        LicenceStatus.REVOCATION_PENDING,
        LicenceStatus.SUSPENDED,
        LicenceStatus.SUSPENSION_PENDING,
        LicenceStatus.REFUSED,
    }
)

# Only a licence is granted or renewed; the duty to search NR3S stands before that (2022 Act s.3).
_BEFORE_A_DECISION = frozenset({Purpose.NEW_APPLICATION, Purpose.RENEWAL})


NOT_ENOUGH = (
    "These details are not enough to pick anybody out: very many people may share them. "
    "Add a date of birth or an identifier and check again."
)


def headline(answer: Answer, asked: Asked | AskedList) -> str:
    """The answer in a sentence or two. That nobody stands out by a name alone is not that there is no record."""
    if answer.best_band is None:
        every = len(answer.searched) + len(answer.not_searched)
        nobody = f"No record found on {len(answer.searched)} of {every} councils’ registers."
        return nobody if is_telling(asked) else NOT_ENOUGH
    standing = [words for found in answer.found for words in what_stands_against(found)]
    several = len(answer.found) > 1 and answer.best_band is not Band.CERTAIN
    return " ".join([*standing, "It may be one of these people." if several else _HEADLINES[answer.best_band]])


def what_stands_against(found: Found) -> list[str]:
    """Each adverse decision, and each licence that the register says is not held, in a sentence."""
    decisions = [
        f"{one.kind.label} by {found.authority}{_decided(one)}, relying on relevant information."
        for one in found.adverse
    ]
    told = {one.kind.value for one in found.adverse}
    statuses = dict.fromkeys(
        f"The register of {found.authority} says: {one.status.label.lower()}. Ask for its date and ground."
        for one in found.licences
        if one.status in _ADVERSE_STATUSES and one.status.value not in told
    )
    return decisions + list(statuses)


def _decided(decision: AdverseDecision) -> str:
    on = f" on {in_words(decision.decided_on)}" if decision.decided_on else " (date not recorded)"
    return f"{on}{' with immediate effect' if decision.immediate else ''}"


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


def asked_rows(asked: AnyAsked, reference: str, purpose: str, *, mask: bool = False) -> list[tuple[str, str]]:
    """What was asked, as rows; `mask` leaves only the end of identifiers, for paper."""
    if isinstance(asked, AskedList):
        rows = [("A list of", f"{asked.people:,} people"), ("Fingerprint of the list (SHA-256)", asked.sha256)]
    elif isinstance(asked, AskedNumber):
        rows = [("Vehicle registration", asked.vrm), ("Licence, badge or plate number", asked.licence_no)]
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


def next_steps(answer: Answer, purpose: Purpose) -> list[str]:
    """What is to be done now; before a grant or renewal, what must be."""
    steps = []
    if purpose in _BEFORE_A_DECISION:
        steps.append("Search NR3S and record the result: the 2022 Act requires it before any grant or renewal.")
    others = [found for found in answer.found if not found.own]
    deciding = {found.authority for found in others if what_stands_against(found)}
    likely = {found.authority for found in others if found.may_be_told} - deciding
    unsure = {found.authority for found in others} - deciding - likely
    if deciding:
        steps.append(
            f"Ask {_listed(deciding)} in writing for the information relied on, and have regard to the answer."
        )
    if likely:
        steps.append(f"Confirm with {_listed(likely)} that it is the same person, and what they hold.")
    if unsure:
        steps.append(f"Ring {_listed(unsure)}, or add an identifier and check again: it may be a namesake.")
    if answer.not_searched:
        names = _listed({one.name for one in answer.not_searched})
        steps.append(f"Ask {names}, whose register was not searched, directly.")
    steps.append("A record alone never decides anything: consider the person in front of you.")
    return steps


def _listed(unordered: set[str]) -> str:
    names = sorted(unordered)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def headline_of_number(answer: NumberAnswer) -> str:
    """Which councils license or licensed it, in a sentence."""
    if not answer.licences:
        every = len(answer.searched) + len(answer.not_searched)
        return f"No licence found on {len(answer.searched)} of {every} councils’ registers."
    councils = {one.authority for one in answer.licences}
    return f"On record at {_listed(councils)}."


def standing_of_number(licence: LicensedBy) -> str:
    """The status today, and whether what was asked was replaced since."""
    return f"{licence.status.label}{'; it had this before' if licence.former else ''}"
