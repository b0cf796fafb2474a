"""Tasks: what is to be done, about which record, by whom or which team, and by when.

    tasks.changes.open_task(user, TaskKind.VISIT, For.team(Role.LICENSING_OFFICER), due_on, why,
                            about=(ObjectKind.PREMISES, premises_id))

A task is seen by whom it is for, by those who hold the team's role, and by who opened it. It does not hold the name
of what it is about: that is asked of the room that keeps the record, for the person who reads (subjects.py).
Start reading at rules.py.
"""

from licensing.tasks.subjects import adds_subject

__all__ = ["adds_subject"]
