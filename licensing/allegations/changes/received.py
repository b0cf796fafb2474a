"""What the recipient of a release does with it, by the database's own procedures: they see and change nothing else."""

from uuid import UUID, uuid4

from licensing.allegations.decided import Named
from licensing.allegations.models import NamedDecision, Release, ReliedItem
from licensing.allegations.queries import sharing as queries
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.errors import RuleBroken
from licensing.sealing import opened, seal


def acknowledge(release_id: UUID) -> None:
    """Say that it was received and read."""
    if queries.call("acknowledge_release", release=release_id).scalar():
        audit.record(Action.ACKNOWLEDGED, ObjectKind.RELEASE, release_id)


def answer(release_id: UUID, words: str, named: Named | None = None) -> None:
    """Words back to the designated officer, once; and which of their own decisions they are about, if any."""
    sealed = seal(Release, "answer_sealed", release_id, words)
    if not queries.call("answer_release", release=release_id, answer=sealed).scalar():
        raise RuleBroken("It was answered before. Ring the designated officer to add to it.")
    audit.record(Action.ANSWERED, ObjectKind.RELEASE, release_id)
    if named:
        name_decision(release_id, named)


def name_decision(release_id: UUID, named: Named) -> None:
    """Say which decision or consideration of their own council an answer is about; the designated officer follows it.

    RuleBroken where it is the one that was named last.
    """
    before = queries.named_in(release_id)
    if before and Named.of(before[-1]).id == named.id:
        raise RuleBroken("You have named it already. The designated officer sees how it stands.", "about")
    row_id = uuid4()
    kept = seal(NamedDecision, "object_sealed", row_id, named.as_kept())
    queries.call("name_decision", release=release_id, id=row_id, object=kept)
    audit.record(Action.CHANGED, ObjectKind.RELEASE, release_id, details={"part": "decision", "kind": named.kind.value})


def rely(row: Release, kind: ObjectKind, object_id: UUID) -> None:
    """A decision relies on it: a copy becomes the authority's own record there, and stays when the release expires."""
    if any(one.release_id == row.id for one in queries.relied_items(kind, object_id)):
        raise RuleBroken("It is kept there already.", "about")
    copy_id = uuid4()
    content = seal(ReliedItem, "content_sealed", copy_id, opened(row, "content_sealed"))
    queries.call("rely_on_release", release=row.id, id=copy_id, kind=kind.value, object=object_id, content=content)
    audit.record(Action.CHANGED, ObjectKind.RELEASE, row.id, details={"relied_on": True})
    # The copy is the authority's own record, and so is that it was made.
    audit.record(Action.ADDED, kind, object_id, details={"part": "relied_item"})
