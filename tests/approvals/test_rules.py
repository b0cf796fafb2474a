"""When a proposal has run out, and whose own it is."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from licensing.approvals.rules import ProposalStatus, is_their_own, status_at

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


def test_an_open_proposal_expires_at_its_moment_and_not_before() -> None:
    assert status_at(ProposalStatus.OPEN, NOW + timedelta(seconds=1), NOW) is ProposalStatus.OPEN
    assert status_at(ProposalStatus.OPEN, NOW, NOW) is ProposalStatus.EXPIRED


@pytest.mark.parametrize("status", sorted(set(ProposalStatus) - {ProposalStatus.OPEN}))
def test_what_has_ended_stays_as_it_ended(status: ProposalStatus) -> None:
    assert status_at(status, NOW - timedelta(days=1), NOW) is status


def test_a_proposal_is_its_proposers_own_and_that_of_whom_it_is_about() -> None:
    proposer, subject = uuid4(), uuid4()
    assert is_their_own(proposer, proposer, subject)
    assert is_their_own(subject, proposer, subject)
    assert not is_their_own(uuid4(), proposer, subject)
