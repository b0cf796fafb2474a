"""Where the stories of designated officers begin: people on registers, cases about them, and who looks at them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from browser.conftest import OpenPage
from browser.keyboard import follow, open_row, pick, press, write
from factories import accounts, allegations, register
from playwright.sync_api import Page, expect

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.models import Licence
from licensing.suitability.changes import considerations
from licensing.suitability.models import Consideration
from licensing.suitability.rules import Ground, Source

CONTACT = "Contact the designated officer at Oxfordshire County Council"


def licensed(family_name: str, number: str, code: str = accounts.OXFORD) -> UUID:
    """Somebody with a licence in force, whom nobody else is like, at a council that shares."""
    accounts.agree(code)
    licence = replace(register.PLAIN.licences[0], number=number)
    born = date(1962, 1 + len(family_name) % 12, 1 + sum(map(ord, family_name)) % 28)
    named = {"given_names": "Sample", "family_name": family_name, "date_of_birth": born}
    return register.add(replace(register.PLAIN, licences=(licence,), **named), code)


def licensed_twice(family_name: str) -> UUID:
    """Somebody's record at Oxford, linked by both councils with theirs at Cherwell."""
    ours, theirs = (
        licensed(family_name, f"{family_name.upper()}/{code[-1]}", code)
        for code in (accounts.OXFORD, accounts.CHERWELL)
    )
    register.link(ours, theirs)
    return ours


def case_about(officer_id: UUID, person_id: UUID, family_name: str) -> UUID:
    """A designated officer's open case about somebody."""
    return allegations.open_case(officer_id, person_id, name=f"Sample {family_name}")


def consider(person_id: UUID) -> str:
    """Oxford considers whether somebody is fit and proper; returns how that is called in a list of work."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        licence_id = db.session.query(Licence.id).filter_by(person_id=person_id).scalar()
        opened = (Source.POLICE_DISCLOSURE, Ground.OTHER_REASONABLE_CAUSE, dates.today(), "A sample.")
        made = considerations.open_consideration(user, licence_id, *opened)
        db.session.commit()
        return f"Consideration {db.session.get_one(Consideration, made).reference}"


def page_of(open_page: OpenPage, user_id: UUID) -> Page:
    """A window of somebody who is signed in, without JavaScript."""
    return open_page(accounts.open_session(user_id), java_script_enabled=False)


def officer_at(open_page: OpenPage, code: str = accounts.OXFORD, role: Role = Role.LICENSING_OFFICER) -> Page:
    """A window of a new officer of a council."""
    return page_of(open_page, accounts.user(role, code))


def look_up(page: Page, name: str) -> None:
    """Find somebody on the own register and open their page."""
    page.goto("/find")
    write(page, "q", name)
    press(page, "Search")
    open_row(page, name)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def open_case_of(page: Page, name: str) -> None:
    """A designated officer opens their case about somebody from the list of cases."""
    page.goto("/allegations")
    reached = page.get_by_role("table").locator("tr").filter(has_text=name)
    expect(reached).to_have_count(1)
    open_row(page, name)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case")


def open_sharing(page: Page) -> None:
    follow(page, "What councils may know, and what was released")


def weigh(page: Page, why: str) -> None:
    """Everything that is weighed before anything is told."""
    pick(page, "basis", "Children Act 2004")
    write(page, "necessity", why)
    write(page, "proportionality", "Nothing less would do.")
    write(page, "police", "They agree.")
    write(page, "social_care", "They agree.")
