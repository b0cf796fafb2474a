"""Choosing what is published."""

import json
from datetime import UTC, datetime

from sqlalchemy.dialects.postgresql import insert

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.public_register import queries
from licensing.public_register.models import PublicRegisterSettings
from licensing.public_register.rules import Choices, check_choices
from licensing.register.queries import kinds_issued_by


class ChosenMeanwhile(RuleBroken):
    """Somebody else chose since the form was opened."""


def choose(user: ActingUser, chosen: Choices, seen: str) -> None:
    """Publish these registers and no others. `seen` is what `written` said when the form was opened."""
    check_choices(chosen, kinds_issued_by(user.authority.id))
    before = queries.choices(lock=True)
    if seen != written(before):
        raise ChosenMeanwhile("Somebody changed these settings while you were choosing. Look at what is set now.")
    values = {
        "published": sorted(chosen.published),
        "individuals_marks": chosen.individuals_marks,
        "individuals_addresses": chosen.individuals_addresses,
        "changed_at": datetime.now(UTC),
    }
    keeping = insert(PublicRegisterSettings).values(authority_id=user.authority.id, **values)
    db.session.execute(keeping.on_conflict_do_update(index_elements=["authority_id"], set_=values))
    audit.record(
        Action.SETTINGS_CHANGED,
        ObjectKind.AUTHORITY,
        user.authority.id,
        details={"public_registers": {"before": told(before), "after": told(chosen)}},
    )


def told(chosen: Choices) -> dict[str, object]:
    """What was chosen, for the trail."""
    return {
        "published": sorted(chosen.published),
        "individuals_marks": chosen.individuals_marks,
        "individuals_addresses": chosen.individuals_addresses,
    }


def written(chosen: Choices) -> str:
    """The choices as the form carries them."""
    return json.dumps(told(chosen), sort_keys=True)
