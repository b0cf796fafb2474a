"""The pages for what goes wrong."""

import pytest
from browser.conftest import OpenPage, Site
from browser.looking import Looking

from licensing.permissions import Role

NOBODYS = "00000000-0000-4000-8000-000000000000"
CASES = [
    (None, "/nowhere", 404),
    (Role.LICENSING_OFFICER, "/nowhere", 404),
    (Role.LICENSING_OFFICER, f"/people/{NOBODYS}", 404),
    (Role.LICENSING_OFFICER, f"/checks/{NOBODYS}", 404),
    (Role.BRIEFING_READER, "/checks", 403),
    (Role.ADMINISTRATOR, "/people", 403),
    (Role.AUDITOR, "/let-go", 405),
]


@pytest.mark.parametrize(("role", "address", "status"), CASES)
def test_an_error_page_is_sound(site: Site, open_page: OpenPage, role: Role | None, address: str, status: int) -> None:
    faults = Looking(open_page(site.world.tokens[role] if role else "")).open(address, status)
    assert not faults, "\n".join(faults)
