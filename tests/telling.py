"""What assurance came to, as a table of goal, count, unexpected and what was found in builds broken on purpose.

`make assurance` runs the exhaustive sizes; `make test` keeps a sample of each. A test tells its line with `tell`.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pytest

FULL = os.environ.get("ASSURANCE") == "full"
_NAME = "assurance"


@dataclass(frozen=True)
class Figure:
    """A line of the table, or a part of one: several tests may tell of one goal.

    `control` is how many the same check finds in builds that were broken on purpose.
    """

    goal: str
    count: int
    unexpected: int
    control: int


Tell = Callable[..., None]


@pytest.fixture
def tell(record_property: Callable[[str, Any], None]) -> Tell:
    """`tell(goal, count=..., unexpected=..., control=...)`: a line of the table, and the assertions that go with it.

    `control` is what was found in the broken build; or of several, by what was broken in each, and each must be seen.
    Where another test breaks the build for the same goal, only that one tells it: see `tell_control`.
    """

    def add(goal: str, *, count: int, unexpected: list[str], control: int | Mapping[str, int] | None) -> None:
        broken = (
            control if isinstance(control, Mapping) else {"the broken build": control} if control is not None else {}
        )
        found = sum(one or 0 for one in broken.values())
        record_property(_NAME, asdict(Figure(goal, count, len(unexpected), found)))
        assert not unexpected, "\n".join(unexpected)
        assert count > 0
        unseen = [build for build, found in broken.items() if found == 0]
        assert unseen == [], "the check found nothing in builds that were broken on purpose"

    return add


@pytest.fixture
def tell_control(record_property: Callable[[str, Any], None]) -> Tell:
    """`tell_control(goal, found)`: how many the check of a goal finds where something is broken on purpose."""

    def add(goal: str, found: int) -> None:
        record_property(_NAME, asdict(Figure(goal, 0, 0, found)))
        assert found > 0, "the check found nothing in a build that was broken on purpose"

    return add


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    told = [value for one in reports for name, value in one.user_properties if name == _NAME]
    if not told:
        return
    terminalreporter.section("Assurance" if FULL else "Assurance (a sample; make assurance runs all of it)")
    terminalreporter.line(f"{'Goal':<90}{'Count':>10}{'Unexpected':>12}{'Control':>9}")
    for goal in sorted({one["goal"] for one in told}):
        parts = [one for one in told if one["goal"] == goal]
        count, unexpected, control = (sum(one[name] for one in parts) for name in ("count", "unexpected", "control"))
        terminalreporter.line(f"{goal:<90}{count:>10,}{unexpected:>12,}{control:>9,}")
