"""People who sign in by the form, as it is done in the browser."""

from dataclasses import dataclass

from factories import accounts
from playwright.sync_api import Page

from licensing.permissions import Role


@dataclass(frozen=True)
class Person:
    """A user with a password, and a session of theirs."""

    email: str
    token: str


def new_person(role: Role = Role.LICENSING_OFFICER) -> Person:
    """Somebody at Oxford who has not signed in by the form before: a code of the authenticator opens one session."""
    email = f"{role.value}.{accounts.new_token()[:8].lower()}@example.org"
    user = accounts.user(role, email=email, with_password=True)
    return Person(email, accounts.open_session(user))


def sign_in(page: Page, person: Person) -> None:
    """Fill in the sign-in page that is open, and send it."""
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(accounts.PASSWORD)
    page.get_by_label("Code from your authenticator").fill(accounts.code_now())
    page.get_by_role("button", name="Sign in").click()
