"""How the office is reached, over HTTP."""

import pytest
from conftest import SignIn
from factories import accounts
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

CONTACT = {"contact": "01865 000000, lado@example.org", "meeting_name": "Joint evaluation meeting"}


def test_what_is_chosen_is_kept_and_changed(signed_in: SignIn) -> None:
    lado = signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)
    assert lado.post("/allegations/office", data=CONTACT).status_code == 302
    assert "Joint evaluation meeting" in lado.get("/allegations/office").text
    colleague = signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)
    assert colleague.post("/allegations/office", data={**CONTACT, "meeting_name": "Strategy"}).status_code == 302
    with owner_session() as session:
        assert session.execute(text("SELECT meeting_name FROM lado_office")).all() == [("Strategy",)]
        kept = "SELECT count(*) FROM audit_entry WHERE action = 'changed' AND object_kind = 'authority'"
        assert session.scalar(text(kept)) == 2


def test_both_must_be_said(signed_in: SignIn) -> None:
    refused = signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY).post("/allegations/office", data={})
    assert refused.status_code == 422
    assert "Enter how others reach you" in refused.text


@pytest.mark.parametrize("role", [Role.DEPUTY_DESIGNATED_OFFICER, Role.LICENSING_MANAGER])
def test_others_do_not_choose_it(signed_in: SignIn, role: Role) -> None:
    assert signed_in(role, accounts.COUNTY).get("/allegations/office").status_code == 403
