"""Words of Need to Know are held against the names that whoever writes may know: they are asked, and never refused."""

from typing import Any
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, need_to_know, register
from flask import Flask

from licensing import dates
from licensing.permissions import Role

ASKS = "This may name somebody: “"
OVERVIEW = {"overview": "Aslam Khan was spoken of.", "mark": "official", "handling": "Do not forward."}


@pytest.fixture
def khan(app: Flask) -> UUID:
    return register.add(register.KHAN, accounts.OXFORD)


def asked(app: Flask, who: UUID, address: str, **typed: Any) -> bool:
    """Whether they are asked; where they say that it names nobody it is taken."""
    browser = browsers.of_user(app, who)
    first = browser.post(address, data=typed)
    if ASKS not in first.text:
        assert first.status_code == 302, first.text
        return False
    assert first.status_code == 422
    assert browser.post(address, data=typed | {"nobody": "y"}).status_code == 302
    return True


def test_of_a_report_written_by_hand_whoever_sees_the_register_is_asked(app: Flask, khan: UUID) -> None:
    month = dates.today().replace(day=1).isoformat()
    address = "/need-to-know/reports/put-together"
    assert asked(app, accounts.user(Role.LICENSING_MANAGER), address, month=month, **OVERVIEW)


def test_who_does_not_see_the_register_learns_of_no_name_on_it(app: Flask, khan: UUID) -> None:
    month = dates.today().replace(day=1).isoformat()
    address = "/need-to-know/reports/put-together"
    assert not asked(app, accounts.user(Role.BRIEFING_AUTHOR, accounts.OXFORD), address, month=month, **OVERVIEW)
    manager = accounts.user(Role.LICENSING_MANAGER, accounts.CHERWELL)
    assert not asked(app, manager, address, month=month, **OVERVIEW)


def test_words_on_a_note_are_held_against_the_people_of_its_record(app: Flask, khan: UUID) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER)
    note = need_to_know.draft(manager)
    assert asked(app, manager, f"/need-to-know/{note}/withdraw", why="It was about Khan, Aslam.")
