"""The sample users."""

import base64
from collections import Counter

import pytest

from licensing.accounts.rules import check_password
from licensing.permissions import Role
from licensing.sample.councils import COUNCILS, OXFORD, OXFORDSHIRE
from licensing.sample.users import PASSWORD, SampleUser, roles_at, sample_users, totp_secret


@pytest.mark.parametrize("user", sample_users(), ids=lambda user: user.email)
def test_the_password_is_one_that_this_user_could_choose(user: SampleUser) -> None:
    check_password(PASSWORD, (user.name, user.email))


def test_every_role_is_held_at_oxford_or_the_county() -> None:
    assert set(roles_at(OXFORD)) | set(roles_at(OXFORDSHIRE)) == set(Role)


def test_every_council_has_an_officer_an_administrator_and_an_auditor() -> None:
    for council in COUNCILS:
        assert {Role.LICENSING_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR} <= set(roles_at(council))


def test_the_designated_officer_is_the_countys_alone() -> None:
    officers = [user.email for user in sample_users() if user.role is Role.DESIGNATED_OFFICER]

    assert officers == ["lado@oxfordshire.example.org"]


def test_no_two_users_share_an_address_or_a_secret() -> None:
    users = sample_users()

    assert set(Counter(user.email for user in users).values()) == {1}
    assert len({totp_secret(user.email) for user in users}) == len(users)


def test_an_authenticator_secret_is_twenty_bytes_and_the_same_each_time() -> None:
    secret = totp_secret("officer@oxford.example.org")

    assert len(base64.b32decode(secret)) == 20
    assert secret == totp_secret("officer@oxford.example.org")


def test_a_users_name_says_who_they_are_and_that_they_are_a_sample() -> None:
    assert SampleUser(OXFORDSHIRE, Role.DESIGNATED_OFFICER).name == "Oxfordshire designated officer (LADO) (sample)"
