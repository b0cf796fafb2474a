"""The list of organisations, with what each holds."""

from datetime import date

from clients import CheckingClient
from conftest import SignIn
from factories import accounts
from flask import Flask
from sqlalchemy import select

from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OrganisationDetails
from licensing.register.events import Event, EventKind
from licensing.register.models import Organisation
from licensing.register.parts import OrganisationKind
from licensing.register.queries import Holding, held_by
from licensing.register.rows import Rows

DAY = date(2026, 6, 1)
GRANTED = Event(
    EventKind.GRANTED, decided_on=date(2026, 1, 1), starts_on=date(2026, 1, 1), expires_on=date(2026, 12, 31)
)
REVOKED = Event(
    EventKind.REVOKED, decided_on=date(2026, 2, 1), notified_on=date(2026, 2, 1), effective_on=date(2026, 3, 1)
)


def fleet(app: Flask, token: str) -> None:
    """A firm with a licence to operate and three private hire vehicles' licences, one of them revoked."""
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        rows = Rows(user.authority.id, app.config["KEYS"])
        firm = rows.add_organisation(OrganisationDetails("Sample Cars Ltd", OrganisationKind.COMPANY))
        for kind, number, *events in (
            (LicenceKind.PRIVATE_HIRE_OPERATOR, "PHO1", GRANTED),
            (LicenceKind.PRIVATE_HIRE_VEHICLE, "V1", GRANTED),
            (LicenceKind.PRIVATE_HIRE_VEHICLE, "V2", GRANTED),
            (LicenceKind.PRIVATE_HIRE_VEHICLE, "V3", GRANTED, REVOKED),
        ):
            rows.add_licence(None, LicenceDetails(kind, number, "", tuple(events), ()), organisation_id=firm)
        rows.write()
        db.session.commit()


def test_a_single_licence_is_named_and_several_are_counted(app: Flask, signed_in: SignIn) -> None:
    token = accounts.open_session(accounts.user(Role.LICENSING_OFFICER))
    fleet(app, token)
    with acting_as(token):
        [firm] = db.session.scalars(select(Organisation)).all()
        held = held_by([firm], DAY)[firm.id]
    status = {(one.kind, one.status.value): (one.count, one.number) for one in held}
    assert status == {
        (LicenceKind.PRIVATE_HIRE_OPERATOR, "in_force"): (1, "PHO1"),
        (LicenceKind.PRIVATE_HIRE_VEHICLE, "in_force"): (2, "V1"),
        (LicenceKind.PRIVATE_HIRE_VEHICLE, "revoked"): (1, "V3"),
    }
    assert all(isinstance(one, Holding) for one in held)

    officer: CheckingClient = signed_in(Role.LICENSING_OFFICER)
    page = officer.get("/organisations").text
    assert "Private hire operator PHO1" in page
    assert "2 × private hire vehicle" in page
    assert "Private hire vehicle V3" in page
