"""Recording searches of NR3S, and who was trained to make them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sharing.models import Nr3sSearch, Nr3sUser
from licensing.sharing.queries import searches as queries
from licensing.sharing.rules import SearchPurpose, SearchResult, SearchTerm, check_not_before, check_result


@dataclass(frozen=True)
class Search:
    """What is known of a search that somebody made on NR3S."""

    purpose: SearchPurpose
    searched_on: date
    searched_by: UUID
    terms: tuple[SearchTerm, ...]
    result: SearchResult
    authorities: tuple[str, ...]
    own_entries: bool


def record_search(
    user: ActingUser,
    person_id: UUID,
    licence_id: UUID | None,
    search: Search,
    *,
    corrects: Nr3sSearch | None = None,
) -> Nr3sSearch:
    """Record a search; one that it `corrects` stays as it was, superseded. RuleBroken where it says two things.

    Whether the searcher was trained is shown and never stops anything: a search that was made is recordable.
    """
    check_result(search.result, search.authorities, search.own_entries)
    if corrects:
        db.session.refresh(corrects, with_for_update=True)
        if corrects.superseded_at:
            raise RuleBroken("Somebody corrected this search in between. Look at it again.")
        corrects.superseded_at = db.func.now()
        db.session.flush()
    row = Nr3sSearch(
        id=uuid4(),
        authority_id=user.authority.id,
        reference=new_reference("NS"),
        person_id=person_id,
        licence_id=licence_id,
        purpose=search.purpose,
        searched_on=search.searched_on,
        searched_by=search.searched_by,
        terms=[term.value for term in search.terms],
        result=search.result,
        authorities=list(search.authorities),
        own_entries=search.own_entries,
        supersedes_id=corrects.id if corrects else None,
        recorded_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    told = {"result": search.result, "searched_on": search.searched_on.isoformat()}
    audit.record(Action.CORRECTED if corrects else Action.ADDED, ObjectKind.NR3S_SEARCH, row.id, details=told)
    return row


def name_user(user: ActingUser, named_id: UUID, trained_on: date, from_on: date) -> Nr3sUser:
    """Name a colleague as trained to search NR3S. RuleBroken where they are named already, or before the training."""
    check_not_before(from_on, trained_on, "They may search from the day of their training,", "from_on")
    if queries.is_named_still(named_id):
        raise RuleBroken("This colleague is named already", "colleague")
    row = Nr3sUser(
        id=uuid4(),
        authority_id=user.authority.id,
        user_id=named_id,
        trained_on=trained_on,
        from_on=from_on,
        recorded_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(Action.ADDED, ObjectKind.POLICY, row.id, details={"nr3s_user": str(named_id)})
    return row


def end_user(named_id: UUID, until_on: date) -> None:
    """From the day after, they are no longer named. RuleBroken for a day before they were, or where it has ended."""
    named = queries.named_user(named_id)
    if named.until_on:
        raise RuleBroken("This has ended already")
    check_not_before(until_on, named.from_on, "The last day cannot be before the first,", "until_on")
    named.until_on = until_on
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.POLICY, named_id, details={"until_on": until_on.isoformat()})
