"""Walking two steps, and a drawing in which the same things stand in the same places."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from licensing.links.drawing import BOX_WIDTH, LONGEST, draw
from licensing.links.rules import MOST_OF_A_STEP, Link, Thing, ThingKind, walk

DAY = date(2026, 1, 1)


def thing(number: int) -> Thing:
    return Thing(ThingKind.PERSON, str(UUID(int=number)))


def link(one: int, other: int, on: date | None = None) -> Link:
    return Link(thing(one), thing(other), "Knows", "Register", on)


def of(links: list[Link]):
    return lambda things: [one for one in links if one.touches(things)]


def test_what_is_three_steps_away_is_not_found() -> None:
    found = walk(thing(0), of([link(0, 1), link(1, 2), link(2, 3)]))
    assert found.steps == {thing(0): 0, thing(1): 1, thing(2): 2}
    assert {(one.one, one.other) for one in found.links} == {(thing(0), thing(1)), (thing(1), thing(2))}


def test_of_too_many_those_linked_last_are_shown_and_the_rest_counted() -> None:
    many = [link(0, number, date(2026, 1, 1 + number % 2)) for number in range(1, MOST_OF_A_STEP + 11)]
    found = walk(thing(0), of(many))
    assert len(found.steps) == MOST_OF_A_STEP + 1
    assert found.left_out == 10
    late = {thing(number) for number in range(1, MOST_OF_A_STEP + 11) if number % 2}
    assert late <= found.steps.keys()


pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30)


@given(pairs, st.randoms())
def test_a_drawing_does_not_hang_on_the_order_in_which_links_are_read(numbers, random) -> None:
    links = [link(one, other) for one, other in numbers]
    mixed = random.sample(links, len(links))
    names = {thing(number): "Sample " * number for number in range(13)}
    one, other = walk(thing(0), of(links)), walk(thing(0), of(mixed))
    first, second = draw(one, names), draw(other, names)
    assert sorted(map(repr, first.boxes)) == sorted(map(repr, second.boxes))
    assert first.lines == second.lines
    places = [(box.x, box.y) for box in first.boxes]
    assert len(set(places)) == len(places)
    assert all(box.x + BOX_WIDTH <= first.width and box.y < first.height for box in first.boxes)
    assert all(len(box.words) <= LONGEST for box in first.boxes)
