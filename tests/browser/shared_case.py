"""A case in the browser tests' world of which a council may know, with something released to its manager."""

from datetime import timedelta
from uuid import UUID

from factories import accounts, allegations, shared_cases

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.allegations.queries import cases as queries
from licensing.allegations.words_of_sharing import Level, ReleaseKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register import drafts
from licensing.register.drafts import DraftKind

_TERMS = {
    "title": "Note of a meeting",
    "words": "A sample.",
    "source": "The school",
    "basis": "children_act_2004",
    "onward": "deciders",
}


def share(tokens: dict[Role, str], person: str) -> dict[str, str]:
    """Ids of the case, of a release, of a message that is owed, and of an item that waits to be checked."""
    officer, manager = (_who(tokens[role]) for role in (Role.DESIGNATED_OFFICER, Role.LICENSING_MANAGER))
    case_id = allegations.open_case(officer, UUID(person))
    shared_cases.share(officer, case_id, accounts.OXFORD, level=Level.ITEMS)
    release = shared_cases.release(officer, case_id, accounts.OXFORD, manager, ReleaseKind.ITEM)
    with shared_cases.opened(officer, case_id):
        duty = queries.duties(case_id)[0].id
    return {
        "lado_case": str(case_id),
        "lado_release": str(release),
        "lado_duty": str(duty),
        "release_draft": str(_waiting(tokens[Role.DESIGNATED_OFFICER], case_id, manager)),
    }


def _who(token: str) -> UUID:
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        return user.id


def _waiting(token: str, case_id: UUID, manager: UUID) -> UUID:
    """An item that is written and not released yet."""
    until = {"date": (dates.today() + timedelta(days=90)).isoformat()}
    chosen = {"case": str(case_id), "authority": str(accounts.authority_id(accounts.OXFORD)), "kind": "item"}
    with acting_as(token):
        written = {**_TERMS, "to_user": str(manager), "expires_on": until}
        draft_id = drafts.keep(allegations.acting(), DraftKind.RELEASE, {**chosen, "answers": written})
        db.session.commit()
        return draft_id
