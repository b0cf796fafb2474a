"""Something of everything that sharing records, by the room's own ways."""

from datetime import timedelta
from uuid import UUID

from factories import accounts
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.events import ADVERSE
from licensing.register.models import LicenceEvent
from licensing.sharing.changes import entries, exchanges, searches
from licensing.sharing.changes.disclosures import Told
from licensing.sharing.models import Disclosure
from licensing.sharing.rules import (
    ExchangeKind,
    Method,
    Particular,
    SearchPurpose,
    SearchResult,
    SearchTerm,
    UpdateAction,
    UpdateReason,
)

WHO = {Particular.NAME: "Sample Driver"}
OUTSIDE = exchanges.ToWhom(None, "City of Wolverhampton Council", "Licensing team", Method.POST)


def shared(code: str, person_id: UUID, licence_id: UUID) -> dict[str, UUID]:
    """One of each for a person with an adverse decision, by a manager; their ids by the names of the routes."""
    manager = accounts.user(Role.LICENSING_MANAGER, code)
    with acting_as(accounts.open_session(manager)):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        made = _entered(user, licence_id) | _searched(user, person_id, licence_id) | _written(user, person_id)
        db.session.commit()
        return made


def _entered(user: ActingUser, licence_id: UUID) -> dict[str, UUID]:
    """An entry that is confirmed and was amended once, with a further appeal to put right."""
    found = select(LicenceEvent.id).where(LicenceEvent.licence_id == licence_id, LicenceEvent.kind.in_(ADVERSE))
    event_id = db.session.scalars(found.order_by(LicenceEvent.decided_on, LicenceEvent.id).limit(1)).one()
    entry = entries.expect_entry(user, event_id)
    assert entry is not None
    entries.confirm_entry(user, entry.id, dates.today(), "NR3S-1")
    done = entries.expect_update(user, event_id, UpdateReason.APPEAL_DISMISSED)
    assert done is not None
    entries.confirm_update(user, done.id, UpdateAction.AMENDED, dates.today(), "Appeal dismissed")
    waiting = entries.expect_update(user, event_id, UpdateReason.FURTHER_APPEAL)
    assert waiting is not None
    return {"nr3s_entry_id": entry.id, "nr3s_update_id": waiting.id}


def _searched(user: ActingUser, person_id: UUID, licence_id: UUID) -> dict[str, UUID]:
    today = dates.today()
    search = searches.Search(
        SearchPurpose.RENEWAL, today, user.id, (SearchTerm.NAME,), SearchResult.ENTRIES, ("Bristol",), True
    )
    return {
        "nr3s_search_id": searches.record_search(user, person_id, licence_id, search).id,
        "nr3s_user_id": searches.name_user(user, user.id, today, today).id,
    }


def _written(user: ActingUser, person_id: UUID) -> dict[str, UUID]:
    """A request that was sent and chased, and one that came in about somebody who is known."""
    before = dates.today() - timedelta(days=3)
    told = Told("Name", OUTSIDE.body, "Test Officer", "A request", user.id)
    words = "What is it based on?"
    asked = exchanges.write_to(user, ExchangeKind.INFORMATION, OUTSIDE, WHO, words, person_id=person_id)
    exchanges.send(user, asked.id, before, told)
    exchanges.chase(user, asked.id, dates.today(), "Rang them")
    received = exchanges.receive(user, ExchangeKind.INFORMATION, OUTSIDE, WHO, words, before)
    exchanges.say_whose(user, received, person_id)
    logged = select(Disclosure.id).where(Disclosure.request_out_id == asked.id)
    return {
        "request_out_id": asked.id,
        "request_in_id": received,
        "disclosure_id": db.session.scalars(logged).one(),
    }
