"""The rules of sharing: how long, in which order, and what may follow what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import ADVERSE, Event, EventKind, RelevantInformation
from licensing.sharing.rules import (
    EntryState,
    SearchResult,
    UpdateAction,
    actions_open_to,
    check_result,
    check_upload,
    information_kept_until,
    is_historic,
    is_same_body,
    needs_entry,
    state_after,
)

DAYS = st.dates(date(2023, 4, 27), date(2080, 12, 31))


@given(DAYS)
def test_information_is_kept_until_both_counts_of_an_appeal_have_passed(determined: date) -> None:
    assert information_kept_until(determined) == determined + timedelta(days=22)


@given(st.sampled_from(LicenceKind), st.sampled_from(EventKind), st.sampled_from(RelevantInformation))
def test_an_entry_is_for_drivers_adverse_decisions_on_relevant_information_alone(
    kind: LicenceKind, event: EventKind, relevant: RelevantInformation
) -> None:
    rests = relevant in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)
    needed = kind in DRIVER_KINDS and event in ADVERSE and rests
    assert needs_entry(kind, Event(event, relevant_information=relevant)) is needed


@given(st.sampled_from([EntryState.ENTERED, EntryState.REMOVED]), st.sampled_from(UpdateAction))
def test_only_what_stands_is_removed_and_only_what_is_removed_is_reinstated(
    state: EntryState, action: UpdateAction
) -> None:
    if action in actions_open_to(state):
        assert state_after(state, action) in (EntryState.ENTERED, EntryState.REMOVED)
    else:
        with pytest.raises(RuleBroken):
            state_after(state, action)


def test_an_upload_waits_until_the_person_could_respond() -> None:
    with pytest.raises(RuleBroken, match="until 29 June 2026"):
        check_upload(date(2026, 6, 29), date(2026, 6, 29))
    check_upload(date(2026, 6, 29), date(2026, 6, 30))
    with pytest.raises(RuleBroken, match="wrote to the person"):
        check_upload(None, date(2026, 6, 29))


def test_the_duty_began_on_27_april_2023() -> None:
    assert is_historic(date(2023, 4, 26))
    assert not is_historic(date(2023, 4, 27))


def test_a_result_and_whose_entries_were_found_must_agree() -> None:
    check_result(SearchResult.NO_ENTRY, [], own=False)
    check_result(SearchResult.ENTRIES, [], own=True)
    for result, authorities in ((SearchResult.ENTRIES, []), (SearchResult.NO_ENTRY, ["Bristol"])):
        with pytest.raises(RuleBroken):
            check_result(result, authorities, own=False)


@pytest.mark.parametrize(
    ("asked", "named", "same"),
    [
        ("Oxfordshire County Council", "Oxford", False),
        ("Oxford City Council", "Oxford", True),
        ("Oxford City Council", "OXFORD CITY", True),
        ("City of York Council", "York", True),
        ("Bristol City Council", "Bristol", True),
        ("South Oxfordshire District Council", "Oxfordshire", False),
        ("Bedford Borough Council", "Bedford County Council", False),
    ],
)
def test_another_authority_is_not_taken_for_the_one_that_was_named(asked: str, named: str, same: bool) -> None:
    assert is_same_body(asked, named) is is_same_body(named, asked) is same
