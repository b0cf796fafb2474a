"""What waits for somebody on their home page."""

from flask import url_for

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.deadlines.codes import ClockCode
from licensing.permissions import Permission
from licensing.sharing.clocks import OF_ANSWER, Period
from licensing.sharing.queries import entries, exchanges


@adds_figures(Permission.CASEWORK)
def figures() -> list[Figure]:
    own, today = signed_in_user().authority.id, dates.today()
    owed = entries.owed(Period.of(ClockCode.NR3S_ENTRY, own, today).first_running(today))
    running = {kind: Period.of(code, own, today).first_running(today) for kind, code in OF_ANSWER.items()}
    waiting, late = exchanges.waiting(running)
    to_enter = owed.entries + owed.updates
    return [
        Figure(f"NR3S {'entry' if to_enter == 1 else 'entries'} to make or put right", to_enter, _entries()),
        Figure("requests and reports from other councils to answer", waiting, _requests()),
        Figure("overdue under the 2022 Act", owed.overdue + late, _entries()),
    ]


def _entries() -> str:
    return url_for("sharing.list_entries")


def _requests() -> str:
    return url_for("sharing.list_requests", state="waiting")
