import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching import name_comparison, spelling
from licensing.matching.name_comparison import KINDS, AskedName, Finding
from licensing.matching.names import match_name, tokens_of
from licensing.matching.statistics import Statistics

STATISTICS = Statistics(b"a secret for the tests")
WORDS = st.lists(st.text("abcdehimnorsu", min_size=1, max_size=8), max_size=4).map(" ".join)


def compare(asked: str, recorded: str) -> list[Finding]:
    return AskedName(asked, STATISTICS).compare(recorded)


def kinds(asked: str, recorded: str) -> list[str]:
    return sorted(kind for kind, *_ in compare(asked, recorded))


def test_a_name_agrees_with_itself():
    assert kinds("daniel peter/oakes", "daniel peter/oakes") == [spelling.SAME] * 3


def test_another_order_is_a_finding_of_its_own():
    assert kinds("oakes/daniel", "daniel/oakes") == [name_comparison.ORDER, spelling.SAME, spelling.SAME]


@pytest.mark.parametrize(
    ("asked", "recorded"), [("mandeepjit/oakes", "mandeep jit/oakes"), ("mandeep jit/oakes", "mandeepjit/oakes")]
)
def test_two_names_written_as_one_are_paired(asked: str, recorded: str):
    assert kinds(asked, recorded) == [spelling.SAME, name_comparison.WRITTEN_AS_ONE]


def test_names_in_the_same_place_stand_against_each_other():
    assert kinds("daniel/oakes", "una/oakes") == [name_comparison.GIVEN_DIFFERS, spelling.SAME]
    assert kinds("daniel/oakes", "daniel/birch") == [name_comparison.FAMILY_DIFFERS, spelling.SAME]


def test_names_in_different_places_stand_against_each_other_last():
    assert kinds("daniel una/oakes", "daniel/oakes birch") == [
        name_comparison.PLACES_DIFFER,
        spelling.SAME,
        spelling.SAME,
    ]


@pytest.mark.parametrize(
    ("recorded", "kind"),
    [
        ("daniel peter/oakes", "only recorded"),
        ("mohammed daniel/oakes", "often dropped"),
        ("daniel/oakes birch", "family only recorded"),
    ],
)
def test_a_part_that_is_only_on_the_record_is_named_for_what_it_is(recorded: str, kind: str):
    assert kinds("daniel/oakes", recorded) == sorted([spelling.SAME, spelling.SAME, kind])


def test_the_name_somebody_is_called_by_is_the_first_that_is_not_often_left_out():
    assert "called only recorded" in kinds("mohammed/oakes", "mohammed daniel/oakes")


def test_the_nearest_pairs_are_made_first():
    paired = {(asked, recorded) for _, _, _, asked, recorded in compare("daniel danyel/oakes", "danyel daniel/oakes")}
    assert {("daniel", "daniel"), ("danyel", "danyel")} <= paired


def test_a_rarer_name_is_a_rarer_finding():
    khan, oakes = compare("/khan", "/khan")[0], compare("/oakes", "/oakes")[0]
    assert khan[1] < oakes[1]


@given(WORDS, WORDS, WORDS, WORDS)
def test_every_part_is_found_once(given_name: str, family: str, held_given: str, held_family: str):
    asked, recorded = match_name(given_name, family), match_name(held_given, held_family)
    findings = compare(asked, recorded)
    assert sorted(" ".join(finding[3] for finding in findings).split()) == sorted(tokens_of(asked))
    assert sorted(" ".join(finding[4] for finding in findings).split()) == sorted(tokens_of(recorded))
    assert {finding[0] for finding in findings} <= KINDS
