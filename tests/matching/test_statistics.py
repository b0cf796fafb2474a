from datetime import date

import pytest

from licensing.matching.records import Record
from licensing.matching.statistics import Statistics

SECRET = b"a secret for the tests"
BORN = date(1980, 3, 4)


def records(count: int, given: str = "Daniel", family: str = "Oakes", born: date | None = BORN) -> list[Record]:
    return [Record.of(f"{given}{at}", [(given, family)], born, ["OX1 1AA"], [], SECRET) for at in range(count)]


def test_a_common_name_part_is_less_rare():
    known = Statistics.gather(records(99) + records(1, family="Ashworth"), SECRET)
    assert known.rarity("token", "oakes") < known.rarity("token", "ashworth") < known.rarity("token", "unheardof")


def test_spellings_of_one_sound_are_counted_together():
    known = Statistics.gather(records(50, family="Karl") + records(50, family="Carl"), SECRET)
    assert known.rarity("sound", "krl") < known.rarity("token", "karl")


def test_a_person_counts_once_however_many_names_they_have():
    twice = Record.of("1", [("Daniel", "Oakes"), ("Dan", "Oakes")], None, [], [], SECRET)
    once = Record.of("1", [("Daniel", "Oakes")], None, [], [], SECRET)
    assert Statistics.gather([twice], SECRET).rarity("token", "oakes") == pytest.approx(
        Statistics.gather([once], SECRET).rarity("token", "oakes")
    )


def test_a_common_date_is_less_rare():
    known = Statistics.gather(records(500, born=date(1980, 1, 1)) + records(10), SECRET)
    assert known.rarity_of_date(date(1980, 1, 1)) < known.rarity_of_date(BORN) < known.rarity_of_date(date(1950, 7, 9))


def test_without_any_records_the_usual_names_are_still_common():
    usual = Statistics(SECRET)
    assert usual.rarity("token", "khan") < usual.rarity("token", "oakes")
    assert usual.rarity("sound", "mohammed") < usual.rarity("sound", "ks")


def test_nothing_is_rarer_than_a_name_nobody_has():
    known = Statistics.gather(records(1000), SECRET)
    assert known.rarity("token", "unheardof") == pytest.approx(known.greatest_rarity)


def test_it_is_known_which_names_are_on_a_register():
    known = Statistics.gather(records(1), SECRET)
    assert known.has_token("oakes")
    assert not known.has_token("ashworth")


def test_what_is_kept_reads_back_the_same():
    known = Statistics.gather(records(20) + records(3, "Una", "Ashworth"), SECRET)
    read = Statistics.load(known.dump(), SECRET)
    assert read.people == known.people
    assert read.rarity("token", "oakes") == known.rarity("token", "oakes")
    assert read.rarity_of_date(BORN) == known.rarity_of_date(BORN)
    assert read.near_sounds("ashwroth") == known.near_sounds("ashwroth") != set()


def test_what_is_kept_holds_no_name():
    kept = Statistics.gather(records(5, "Vashti", "Featherstonehaugh"), SECRET).dump()
    assert b"vashti" not in kept.lower()
    assert b"feather" not in kept.lower()


def test_something_else_is_not_read():
    with pytest.raises(ValueError, match="not matching statistics"):
        Statistics.load(b"something else", SECRET)
