"""What the assurance of the designated officer's records came to, as a table of goal, count and unexpected.

`make assurance` runs the exhaustive sizes; `make test` keeps a sample of each.
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
    """One line of the table. `control` is how many the same check finds in builds that were broken on purpose."""

    goal: str
    count: int
    unexpected: int
    control: int


Tell = Callable[..., None]


@pytest.fixture
def tell(record_property: Callable[[str, Any], None]) -> Tell:
    """`tell(goal, count=..., unexpected=..., control=...)`: a line of the table, and the assertions that go with it.

    `control` is what was found in the broken build; or of several, by what was broken in each, and each must be seen.
    """

    def add(goal: str, *, count: int, unexpected: list[str], control: int | Mapping[str, int]) -> None:
        broken = control if isinstance(control, Mapping) else {"the broken build": control}
        record_property(_NAME, asdict(Figure(goal, count, len(unexpected), sum(broken.values()))))
        assert unexpected == []
        assert count > 0
        unseen = [build for build, found in broken.items() if not found]
        assert unseen == [], "the check found nothing in builds that were broken on purpose"

    return add


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    told = [value for one in reports for name, value in one.user_properties if name == _NAME]
    if not told:
        return
    terminalreporter.section("Assurance" if FULL else "Assurance (a sample; make assurance runs all of it)")
    terminalreporter.line(f"{'Goal':<78}{'Count':>10}{'Unexpected':>12}{'Control':>9}")
    for one in sorted(told, key=lambda each: each["goal"]):
        terminalreporter.line(f"{one['goal']:<78}{one['count']:>10,}{one['unexpected']:>12,}{one['control']:>9,}")
