"""A designated officer at their desk: a client that is signed in, and a case of theirs."""

import re
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from clients import CheckingClient
from factories import accounts, allegations
from flask import Flask
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

# What follows is dated from then on; the product keeps the order of the days.
AS_OF_JUNE = """
    UPDATE lado_case SET called_at = '2026-06-01T10:00:00Z', referred_on = '2026-06-01',
        threshold_on = CASE WHEN threshold_on IS NULL THEN NULL ELSE date '2026-06-01' END
    WHERE id = :id
"""


@dataclass(frozen=True)
class Desk:
    """Who works there, their browser, and the address of their case."""

    officer: UUID
    client: CheckingClient
    case_id: UUID

    @property
    def case(self) -> str:
        return f"/allegations/{self.case_id}"

    def page(self, part: str = "") -> str:
        """What a page of the case says."""
        response = self.client.get(f"{self.case}{part}")
        assert response.status_code == 200, response.status
        return response.text

    def first(self, pattern: str) -> str:
        """The first address on the case's page that fits, below the case."""
        found = re.search(rf'href="{self.case}({pattern})"', self.page())
        assert found, pattern
        return found[1]

    def send(self, part: str, status: int = 302, **typed: Any) -> str:
        """Send a form; where it leads, or the page with its errors."""
        response = self.client.post(f"{self.case}{part}", data=typed)
        assert response.status_code == status, response.text
        return response.location if status == 302 else response.text


def client_of(app: Flask, user_id: UUID) -> CheckingClient:
    client = cast(CheckingClient, app.test_client())
    client.set_cookie("session", accounts.open_session(user_id))
    return client


def desk(app: Flask, *, considering: bool = False, person_id: UUID | None = None) -> Desk:
    """An officer of the county with an open case, or one whose threshold is being considered."""
    officer = allegations.officer()
    made = allegations.refer if considering else allegations.open_case
    case_id = made(officer, person_id)
    with owner_session() as session:
        session.execute(text(AS_OF_JUNE), {"id": case_id})
        session.commit()
    return Desk(officer, client_of(app, officer), case_id)


def colleague(app: Flask, desk: Desk, role: Role = Role.DESIGNATED_OFFICER) -> Desk:
    """Somebody else of the county at the same case."""
    user_id = accounts.user(role, accounts.COUNTY)
    return Desk(user_id, client_of(app, user_id), desk.case_id)


def on(name: str, day: int = 1, month: int = 6, year: int = 2026) -> dict[str, str]:
    """A date as three boxes."""
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def version_on(page: str) -> str:
    """The count of changes that a form was opened with, without when it was reached."""
    found = re.search(r'name="version"[^>]*value="([^" ]*)', page)
    assert found
    return found[1]
