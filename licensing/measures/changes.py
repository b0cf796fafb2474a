"""Choosing what is aimed at and who answers, and commenting a quarter. Views commit."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.figures.aims import Aim
from licensing.figures.catalogue import catalogue
from licensing.measures import queries, rules
from licensing.measures.models import MeasureChoice, MeasureComment
from licensing.measures.rules import Quarter


def choose(user: ActingUser, code: str, aim: Aim, owner: UUID, valid_from: date, reason: str, *, today: date) -> None:
    """From a day on; what held before is kept and holds for the quarters before."""
    rules.check_target(aim, catalogue()[code].unit)
    rules.check_from(valid_from, today)
    rules.check_owner(owner, [one.id for one in queries.may_own()])
    row = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "code": code,
        "target": aim.target,
        "tolerance": aim.tolerance,
        "better": aim.better,
        "owner_id": owner,
        "valid_from": valid_from,
        "reason": reason,
        "recorded_by": user.id,
    }
    db.session.execute(insert(MeasureChoice).inline(), [row])
    details = {"measure": code, "target": aim.target, "tolerance": aim.tolerance, "from": valid_from.isoformat()}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row["id"], details=details)


def comment(user: ActingUser, code: str, quarter: Quarter, words: str, *, today: date) -> None:
    """By the owner alone, of a quarter that has begun."""
    choice = queries.choice_on(queries.choices(user.authority.id, code), code, today)
    rules.check_owns(choice.owner_id if choice else None, user.id)
    if quarter.from_on > today:
        raise RuleBroken("That quarter has not begun", "quarter")
    row = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "code": code,
        "quarter_on": quarter.from_on,
        "words": words,
        "by_id": user.id,
    }
    db.session.execute(insert(MeasureComment).inline(), [row])
    details = {"measure": code, "quarter": quarter.key}
    audit.record(Action.ADDED, ObjectKind.POLICY, row["id"], details=details)
