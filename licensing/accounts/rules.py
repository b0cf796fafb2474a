"""The vocabulary of accounts, and what makes a password acceptable."""

import importlib.resources
from datetime import timedelta
from enum import StrEnum
from functools import cache

from licensing.errors import RuleBroken

# OWASP ASVS 5.0, 7.3: both an inactivity limit and an absolute one.
IDLE_LIMIT = timedelta(minutes=15)
ABSOLUTE_LIMIT = timedelta(hours=10)
INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=1)
# Whoever changes roles or takes records away has shown the second factor this lately.
STEP_UP_LASTS = timedelta(minutes=5)
RECOVERY_CODES = 10

# NIST SP 800-63B-4, 3.1.1: length, no composition rules, no expiry, a list of common passwords refused.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 14, 128


class Tier(StrEnum):
    COUNTY = "county"
    DISTRICT = "district"
    UNITARY = "unitary"
    METROPOLITAN = "metropolitan"
    LONDON = "london"


class Function(StrEnum):
    """What an authority does that matters here (a county and its districts share the work)."""

    DRIVER_LICENSING = "driver_licensing"
    PREMISES_LICENSING = "premises_licensing"
    ENVIRONMENTAL_HEALTH = "environmental_health"
    CHILDRENS_SERVICES = "childrens_services"
    TRADING_STANDARDS = "trading_standards"
    FIRE_AND_RESCUE = "fire_and_rescue"
    SCHOOL_TRANSPORT = "school_transport"


DISTRICT_FUNCTIONS = (Function.DRIVER_LICENSING, Function.PREMISES_LICENSING, Function.ENVIRONMENTAL_HEALTH)
COUNTY_FUNCTIONS = (
    Function.CHILDRENS_SERVICES,
    Function.TRADING_STANDARDS,
    Function.FIRE_AND_RESCUE,
    Function.SCHOOL_TRANSPORT,
)


def functions_of(tier: Tier) -> tuple[Function, ...]:
    """What a council of this tier does; a single-tier council does all of it."""
    if tier is Tier.COUNTY:
        return COUNTY_FUNCTIONS
    if tier is Tier.DISTRICT:
        return DISTRICT_FUNCTIONS
    return DISTRICT_FUNCTIONS + COUNTY_FUNCTIONS


class UserStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class SessionKind(StrEnum):
    WEB = "web"
    CONSOLE = "console"
    JOB = "job"

    @property
    def label(self) -> str:
        return {SessionKind.WEB: "In a browser", SessionKind.CONSOLE: "By a command"}[self]


def check_password(password: str, personal: tuple[str, ...]) -> None:
    """RuleBroken unless the password is long enough and neither common nor made of the person's own words."""
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(
            f"Password must be at least {SHORTEST_PASSWORD} characters. Three unusual words are easy to remember.",
            "password",
        )
    if len(password) > LONGEST_PASSWORD:
        raise RuleBroken(f"Password must be {LONGEST_PASSWORD} characters or fewer", "password")
    bare = _bare(password)
    words = {_bare(word) for text in personal for word in text.replace("@", " ").replace(".", " ").split()}
    rest = bare
    for word in sorted((words | _refused_words()) - {""}, key=len, reverse=True):
        if len(word) > 3:
            rest = rest.replace(word, "")
    if len(rest) < 6 or len(set(bare)) < 5:
        raise RuleBroken(
            "Password is too easy to guess. Use words that have nothing to do with you, the council or each other.",
            "password",
        )


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


@cache
def _refused_words() -> frozenset[str]:
    listing = importlib.resources.files("licensing.accounts") / "refused_words.txt"
    lines = listing.read_text(encoding="utf-8").splitlines()
    return frozenset(_bare(line) for line in lines if line and not line.startswith("#"))
