"""What councils write of somebody stands sealed in every table of sharing, and in no audit entry, task or job."""

from factories import accounts, register
from flask import Flask
from sealed_columns import columns_with, places_of, sealed_columns
from sharing.exchanging import NOTIFIED, REVOKED, TODAY, acting, adverse_event, driver

from licensing.permissions import Role
from licensing.sharing.changes import entries, exchanges
from licensing.sharing.changes.disclosures import Told
from licensing.sharing.changes.exchanges import Concern, ToWhom
from licensing.sharing.rules import ExchangeKind, Method, Outcome, Particular, UpdateAction, UpdateReason

CANARY = "Canary narrative"
OUTSIDE = ToWhom(None, "City of Wolverhampton Council", "Licensing team", Method.POST)
WHO = {Particular.NAME: CANARY}


def test_what_is_written_and_answered_is_readable_in_no_table(app: Flask) -> None:
    person = register.add(driver(REVOKED), accounts.OXFORD)
    other = register.add(driver(REVOKED, number="OX/DD/0418"), accounts.OXFORD)
    with acting(Role.LICENSING_MANAGER) as user:
        told = Told("Name", OUTSIDE.body, "Test Officer", "A report", user.id)
        reported = exchanges.write_to(
            user,
            ExchangeKind.CONCERN,
            OUTSIDE,
            WHO,
            CANARY,
            person_id=person,
            concern=Concern(NOTIFIED, CANARY),
        )
        exchanges.send(user, reported.id, TODAY, told)
        exchanges.chase(user, reported.id, TODAY, CANARY)
        exchanges.record_answer(reported.id, Outcome.NO_ACTION, TODAY, CANARY)
        exchanges.have_regard(reported.id, TODAY, CANARY)
        received = exchanges.receive(user, ExchangeKind.INFORMATION, OUTSIDE, WHO, CANARY, NOTIFIED)
        exchanges.answer(user, received, Outcome.DISCLOSED, TODAY, CANARY, told, Method.POST)
        entered = entries.expect_entry(user, adverse_event(person))
        needless = entries.expect_entry(user, adverse_event(other))
        assert entered
        assert needless
        entries.confirm_entry(user, entered.id, TODAY, "NR3S-1")
        update = entries.expect_update(user, adverse_event(person), UpdateReason.FURTHER_APPEAL)
        assert update
        entries.confirm_update(user, update.id, UpdateAction.AMENDED, TODAY, CANARY)
        entries.need_no_entry(user, needless.id, CANARY, TODAY)
    columns = sealed_columns("sharing")
    assert columns_with(CANARY, columns) == columns
    assert places_of(CANARY) == []
