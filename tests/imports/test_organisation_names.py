"""Whether a written name is an organisation's, and when two of them are one holder's."""

import pytest

from licensing.imports.organisation_names import organisation_key, organisation_kind, same_name
from licensing.register.parts import OrganisationKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sample Cars Ltd", OrganisationKind.COMPANY),
        ("SAMPLE CARS LIMITED.", OrganisationKind.COMPANY),
        ("Sample p.l.c.", OrganisationKind.COMPANY),
        ("Sample & Sons", OrganisationKind.PARTNERSHIP),
        ("Sample LLP", OrganisationKind.PARTNERSHIP),
        ("Sampleton Town Council", OrganisationKind.PUBLIC_BODY),
        ("Sampleton Working Men's Club", OrganisationKind.CLUB),
        ("Sampleton Village Hall Trust", OrganisationKind.CHARITY),
        ("Sample Taxis", OrganisationKind.OTHER),
        ("Mr Gus Example", None),
        ("Anna Coe", None),
    ],
)
def test_its_words_say_what_a_holder_is(name: str, kind: OrganisationKind | None) -> None:
    assert organisation_kind(name) is kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sample Cars Ltd", "SAMPLE CARS LIMITED", True),
        ("Sample and Sons", "Sample & Sons", True),
        ("Sample Cars Ltd", "Sample Vans Ltd", False),
        ("Mr Gus Example", "gus example", True),
        ("Example Gus", "Gus Example", True),
        ("Gus Example", "Hal Example", False),
        ("Sample Ltd", "Mr Sample", False),
    ],
)
def test_two_ways_of_writing_one_holder_are_one(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_what_a_company_is_filed_by_has_no_signs() -> None:
    assert organisation_key("The Sample Co., Limited") == organisation_key("the sample company ltd")
