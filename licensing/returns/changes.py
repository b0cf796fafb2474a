"""What returns keep: under which names other registers know the council."""

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.returns.models import NationalRegisterName


def name_for_register(user: ActingUser, identifier: str, name: str) -> None:
    """How the national register knows the council, from now on."""
    db.session.add(
        NationalRegisterName(authority_id=user.authority.id, by_id=user.id, identifier=identifier, name=name)
    )
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.RETURN, details={"identifier": identifier, "name": name})
