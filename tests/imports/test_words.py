"""The words that councils write for types and statuses."""

from __future__ import annotations

import pytest

from licensing.imports.values import NotUnderstood
from licensing.imports.words import licence_kind, licence_status
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import EventKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HCD", LicenceKind.HACKNEY_CARRIAGE_DRIVER),
        ("Hackney Carriage", LicenceKind.HACKNEY_CARRIAGE_DRIVER),
        ("TAXI", LicenceKind.HACKNEY_CARRIAGE_DRIVER),
        ("phd", LicenceKind.PRIVATE_HIRE_DRIVER),
        ("Private-Hire", LicenceKind.PRIVATE_HIRE_DRIVER),
        ("private_hire_driver", LicenceKind.PRIVATE_HIRE_DRIVER),
        ("DUAL", LicenceKind.DUAL_DRIVER),
        ("Combined", LicenceKind.DUAL_DRIVER),
        ("HC / PH", LicenceKind.DUAL_DRIVER),
        ("Hackney Carriage & Private Hire", LicenceKind.DUAL_DRIVER),
    ],
)
def test_the_type_of_a_licence_is_known_by_many_words(text: str, kind: LicenceKind) -> None:
    assert licence_kind(text) is kind


def test_every_type_is_known_by_its_own_code_and_label() -> None:
    for kind in DRIVER_KINDS:
        assert licence_kind(kind.value) is kind
        assert licence_kind(kind.label) is kind


@pytest.mark.parametrize("text", ["Operator", "Private hire vehicle", "", "Hackney or something"])
def test_another_type_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotUnderstood, match="write hackney carriage driver, private hire driver or"):
        licence_kind(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *((word, EventKind.GRANTED) for word in ("Granted", "In force", "CURRENT", "active", "Live", "Issued")),
        ("Expired", EventKind.EXPIRED),
        ("Lapsed", EventKind.EXPIRED),
        ("Suspended", EventKind.SUSPENDED),
        ("Revoked", EventKind.REVOKED),
        ("Refused", EventKind.REFUSED),
        ("refused_renewal", EventKind.RENEWAL_REFUSED),
        ("Withdrawn", EventKind.WITHDRAWN),
        ("Pending", EventKind.RECEIVED),
        ("", None),
    ],
)
def test_a_status_is_what_has_happened(text: str, status: EventKind | None) -> None:
    assert licence_status(text) == (status, "")


def test_a_surrendered_licence_is_a_returned_badge_with_a_warning() -> None:
    status, warning = licence_status("Surrendered")
    assert status is EventKind.BADGE_RETURNED
    assert "Local Government (Miscellaneous Provisions) Act 1976" in warning


def test_an_unknown_status_is_refused_with_what_to_write() -> None:
    with pytest.raises(NotUnderstood, match="write one of granted, expired, suspended, revoked"):
        licence_status("Green")
