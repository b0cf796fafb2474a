"""The sample users: one for every role at Oxford and the county, and those that every other district needs.

Password and authenticator secrets are fixed and printed by `sample users`, so they protect nothing: that is why
samples are loaded into an empty database only.
"""

import base64
import hashlib
from dataclasses import dataclass

from licensing.permissions import Role
from licensing.sample.councils import COUNCILS, OXFORD, OXFORDSHIRE, Council

PASSWORD = "tugboat marmalade lantern glacier"

_SECRET_BYTES = 20  # RFC 4226 s.4: 160 bits

_MAILBOXES = {
    Role.LICENSING_OFFICER: "officer",
    Role.LICENSING_MANAGER: "manager",
    Role.DESIGNATED_OFFICER: "lado",
    Role.DISRUPTION_OFFICER: "tradingstandards",
    Role.BRIEFING_AUTHOR: "author",
    Role.BRIEFING_APPROVER: "approver",
    Role.BRIEFING_READER: "reader",
    Role.ADMINISTRATOR: "administrator",
    Role.INFORMATION_OFFICER: "information",
    Role.AUDITOR: "auditor",
    Role.DEPUTY_DESIGNATED_OFFICER: "deputy",
    Role.INDEPENDENT_REVIEWER: "reviewer",
}
_EVERY_DISTRICT = (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR)
_COUNTYS_OWN = (
    Role.DESIGNATED_OFFICER,
    Role.DISRUPTION_OFFICER,
    Role.DEPUTY_DESIGNATED_OFFICER,
    Role.INDEPENDENT_REVIEWER,
)


@dataclass(frozen=True, slots=True)
class SampleUser:
    """Somebody to sign in as: one role at one council, and where several hold it the post that tells them apart."""

    council: Council
    role: Role
    post: str = ""

    @property
    def email(self) -> str:
        return f"{self.post.replace(' ', '') or _MAILBOXES[self.role]}@{self.council.domain}"

    @property
    def _called_by_post(self) -> str:
        return self.post if self.role is Role.BRIEFING_READER else f"{self.post} officer"

    @property
    def name(self) -> str:
        called = self._called_by_post if self.post else f"{self.role.label[0].lower()}{self.role.label[1:]}"
        return f"{self.council.place} {called} (sample)"


# Disruption officers of other agencies than trading standards.
POLICE = SampleUser(OXFORDSHIRE, Role.DISRUPTION_OFFICER, "police")
FIRE = SampleUser(OXFORDSHIRE, Role.DISRUPTION_OFFICER, "fire")
COMMUNITY_SAFETY = SampleUser(OXFORD, Role.DISRUPTION_OFFICER, "community safety")
# Who signs the county's monthly report; the county's own briefing reader is another.
CHIEF_EXECUTIVE = SampleUser(OXFORDSHIRE, Role.BRIEFING_READER, "chief executive")
LEAD_MEMBER = SampleUser(OXFORDSHIRE, Role.BRIEFING_READER, "lead member")
DIRECTOR = SampleUser(OXFORDSHIRE, Role.BRIEFING_READER, "director")
_IN_POSTS = (POLICE, FIRE, COMMUNITY_SAFETY, CHIEF_EXECUTIVE, LEAD_MEMBER, DIRECTOR)


def sample_users() -> list[SampleUser]:
    """All of them, council by council."""
    return [
        user
        for council in COUNCILS
        for user in (
            *(SampleUser(council, role) for role in roles_at(council)),
            *(one for one in _IN_POSTS if one.council is council),
        )
    ]


def roles_at(council: Council) -> tuple[Role, ...]:
    """The county's licensing officer looks after school transport's badges; its manager is the districts' matter."""
    if council is OXFORDSHIRE:
        return tuple(role for role in Role if role is not Role.LICENSING_MANAGER)
    if council is OXFORD:
        return tuple(role for role in Role if role not in _COUNTYS_OWN)
    return _EVERY_DISTRICT


def licensing_officer(council: Council) -> SampleUser:
    """Whoever loads a council's holders."""
    return SampleUser(council, Role.LICENSING_OFFICER)


def totp_secret(email: str) -> str:
    """The authenticator secret of a sample user, in base 32."""
    digest = hashlib.sha256(f"licensing sample authenticator {email}".encode()).digest()
    return base64.b32encode(digest[:_SECRET_BYTES]).decode()
