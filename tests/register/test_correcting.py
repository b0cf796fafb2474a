"""The page on which an event is corrected: who opened it is told on the licence."""

from accounts.signing_in import as_owner, trail
from conftest import SignIn
from factories import accounts, register
from flask import Flask

from licensing.permissions import Role


def test_looking_at_an_event_to_correct_it_is_filed_under_its_licence(app: Flask, signed_in: SignIn) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    ((event, licence),) = as_owner("SELECT id, licence_id FROM licence_event WHERE kind = 'revoked'")

    assert signed_in(Role.LICENSING_OFFICER).get(f"/events/{event}/correct").status_code == 200

    looks = [entry for entry in trail("action", "object_kind", "object_id") if entry[0] == "looked"]
    assert looks == [("looked", "licence", licence)]
