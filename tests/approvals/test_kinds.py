"""The registry of what is done when a proposal is approved."""

import pytest
from accounts.signing_in import as_owner
from flask import Flask

from licensing.approvals import kinds
from licensing.approvals.kinds import ProposalKind, Shown, carries_out, registered_kinds
from licensing.permissions import Permission


def test_the_database_asks_for_the_same_permission_as_the_feature(app: Flask) -> None:
    for kind, registered in registered_kinds().items():
        ((asked,),) = as_owner("SELECT approving_permission(:kind)", kind=kind.value)
        assert asked == registered.approver, kind


def test_whoever_asks_needs_a_permission_that_exists(app: Flask) -> None:
    asked = {as_owner("SELECT proposing_permission(:kind)", kind=kind.value)[0][0] for kind in ProposalKind}
    assert asked == {Permission.USERS_MANAGE, Permission.CHECK_DRIVERS, Permission.REGISTER_EDIT}


def test_a_kind_is_carried_out_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_registry", {})
    declare = carries_out(ProposalKind.PURGE, approver=Permission.CHANGES_APPROVE, shows=lambda _: Shown("Purge", []))
    declare(lambda _proposal: None)
    with pytest.raises(RuntimeError, match="carried out in two places"):
        declare(lambda _proposal: None)


def test_every_kind_has_words() -> None:
    assert all(kind.label for kind in ProposalKind)
