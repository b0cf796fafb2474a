"""The last look before a decision is made: the answers again, and what they will do, in sentences."""

from collections.abc import Iterator
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.dates import in_words, today
from licensing.deadlines import queries as deadlines
from licensing.decisions import queries
from licensing.decisions.powers import WORDS_ASKED, DecisionKind
from licensing.decisions.presenting import holder_link
from licensing.decisions.rules import ALONE, RELIED, Asked, to_be_confirmed
from licensing.permissions import Permission
from licensing.register.models import Licence


def rows_of_asked(asked: Asked, licence: Licence, *, permanent: bool, points: int | None) -> list[tuple[str, object]]:
    """The answers of the form, for a last look."""
    rows: list[tuple[str, object]] = [
        ("About", holder_link(licence)),
        ("Decision", asked.kind.label),
        ("Decided on", in_words(asked.decided_on)),
        ("Decided by", asked.maker.label),
    ]
    if asked.power:
        rows.append(("Power", asked.power.law))
    rows += [(words, value) for words, value in _more_rows(asked, permanent, points) if value]
    return rows


def _more_rows(asked: Asked, permanent: bool, points: int | None) -> Iterator[tuple[str, object]]:
    yield "Minute or order", asked.minute_ref
    yield "Grounds", "; ".join(one.label for one in asked.grounds)
    yield "Reasons", asked.reasons
    yield "Immediate effect", "Yes" if asked.immediate else ""
    yield "Why public safety needs it", asked.public_safety
    if asked.relevant_information:
        yield "Relied on relevant information", asked.relevant_information.capitalize()
    yield "What it was about", "; ".join(one.label for one in asked.limbs)
    yield "Why not", asked.not_relied_reason
    yield "Why it departs from the policy", asked.departing
    yield "Last day", asked.ends_on and in_words(asked.ends_on)
    yield WORDS_ASKED.get(asked.kind, "Conditions"), asked.condition
    yield "Licence begins", asked.starts_on and in_words(asked.starts_on)
    yield "Licence ends", asked.expires_on and in_words(asked.expires_on)
    yield "Points", points
    yield "Policy marks it as permanent", "Yes" if permanent else ""
    yield "Rests on new information", "Yes" if asked.new_information else ""
    yield "Legal services agreed", "Yes" if asked.legal_agreed else ""
    yield "Made outside this service", "Yes" if asked.elsewhere else ""


def effect_of_asked(asked: Asked, user: ActingUser) -> list[str]:
    """What the decision will do, in sentences, before it is made."""
    authority_id = user.authority.id
    found: list[str] = []
    if asked.kind.needs_notice and asked.power and asked.power.grounds_clock:
        due = deadlines.due(asked.power.grounds_clock, authority_id, asked.decided_on).due_on
        found.append(f"The notice with the grounds is to be given by {in_words(due)}.")
    if asked.power and asked.power.by_court:
        found.append("It takes effect as the court ordered it, from that day.")
    elif asked.kind.stops or asked.kind.varies:
        found.append(_when(asked, authority_id))
    if asked.kind is DecisionKind.REMOVE_SUPERVISOR:
        found.append("From then nobody is the supervisor, and no alcohol may be sold until somebody else is.")
    if asked.relevant_information in RELIED and asked.kind.is_adverse:
        found.append("Once the notice is given, an entry on the national register (NR3S) is due.")
    if to_be_confirmed(asked, may_decide=user.may(Permission.DECIDE)):
        found.append("A manager compares what you recorded with the minute or order.")
    if asked.immediate and asked.maker in ALONE:
        found.append("Somebody else reviews it the next working day.")
    return found


def _when(asked: Asked, authority_id: UUID) -> str:
    if asked.at_once:
        return "It takes effect when the notice is given. An appeal does not stop it."
    window = queries.appeal_window(authority_id, max(asked.decided_on, today()), asked.power)
    until = "Until then the licence is in force" + (" as it is." if asked.kind.varies else ".")
    return (
        f"If the notice is given today, it takes effect on {in_words(window.effect_from)} unless somebody appeals "
        f"before. {until}"
    )
