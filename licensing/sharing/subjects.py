"""How the records of sharing are called by tasks, clocks and the trail, for whoever may see them."""

from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.sharing.models import Disclosure, Nr3sEntry, Nr3sSearch, Nr3sUpdate, RequestIn, RequestOut
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.NR3S_SEARCH)
def searches(ids: list[UUID]) -> dict[UUID, Subject]:
    found = select(Nr3sSearch.id, Nr3sSearch.reference).where(Nr3sSearch.id.in_(ids)).order_by(Nr3sSearch.id)
    return {
        row.id: (f"NR3S search {row.reference}", url_for("sharing.show_search", nr3s_search_id=row.id))
        for row in db.session.execute(found)
    }


@adds_subject(ObjectKind.NR3S_ENTRY)
def entries(ids: list[UUID]) -> dict[UUID, Subject]:
    """Entries, and what must be put right in one: both are called by the entry."""
    own = select(Nr3sEntry.id, Nr3sEntry.id.label("entry_id"), Nr3sEntry.reference).where(Nr3sEntry.id.in_(ids))
    of_update = (
        select(Nr3sUpdate.id, Nr3sUpdate.entry_id, Nr3sEntry.reference)
        .join(Nr3sEntry, Nr3sEntry.id == Nr3sUpdate.entry_id)
        .where(Nr3sUpdate.id.in_(ids))
    )
    return {
        row.id: (f"NR3S entry {row.reference}", url_for("sharing.show_entry", nr3s_entry_id=row.entry_id))
        for row in db.session.execute(own.union_all(of_update))
    }


@adds_subject(ObjectKind.NR3S_REQUEST)
def requests(ids: list[UUID]) -> dict[UUID, Subject]:
    """Requests and reports whichever way they went, and disclosures."""
    named: dict[UUID, Subject] = {}
    for model, words, endpoint, argument in (
        (RequestOut, "Request", "sharing.show_sent", "request_out_id"),
        (RequestIn, "Request received", "sharing.show_received", "request_in_id"),
        (Disclosure, "Disclosure", "sharing.show_disclosure", "disclosure_id"),
    ):
        found = select(model.id, model.reference).where(model.id.in_(ids)).order_by(model.id)
        for row in db.session.execute(found):
            where: dict[str, Any] = {argument: row.id}
            named[row.id] = (f"{words} {row.reference}", url_for(endpoint, **where))
    return named
