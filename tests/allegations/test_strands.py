"""The enquiries beside each other, over HTTP."""

import pytest
from factories import accounts, desks
from factories.desks import Desk, on, version_on
from flask import Flask

STRAND = r"/strands/[0-9a-f-]{36}"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def test_a_case_opens_with_three_strands(desk: Desk) -> None:
    page = desk.page()
    for name in ("Child protection (section 47)", "Police", "Employer or licensing authority"):
        assert f">{name}</h3>" in page


def test_a_strand_has_an_owner_a_state_and_a_next_date(desk: Desk) -> None:
    part = desk.first(STRAND)
    typed = {"owner": "Sample Sergeant", "state": "under_way", "note": "Interview planned", **on("next_on", 9, 6, 2100)}
    desk.send(part, version="1", **typed)
    page = desk.page()
    assert "Sample Sergeant" in page
    assert "9 June 2100" in page
    assert "under way. Interview planned" in page
    refused = desk.send(part, 422, version="1", **{**typed, "note": "What the second knows"})
    assert "What your colleague saved" in refused
    assert "What the second knows" in refused
    assert version_on(refused) == "2"


def test_a_council_has_one_strand_of_its_own(desk: Desk) -> None:
    council = str(accounts.authority_id(accounts.OXFORD))
    desk.send("/strands/new", for_authority_id=council, owner="Sample Officer")
    assert "Employer or licensing authority: Oxford City Council" in desk.page()
    assert "has a strand already" in desk.send("/strands/new", 422, for_authority_id=council)


def test_a_strand_must_say_how_far_it_is(desk: Desk) -> None:
    assert "Select how far it is" in desk.send(desk.first(STRAND), 422, version="1", state="nearly")
