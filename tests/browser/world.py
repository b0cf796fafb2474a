"""What is in the application that the browser tests look at: invented people, places, files and checks.

Made through the application's own pages wherever there is one, so that it holds nothing that nobody could bring about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, cast
from uuid import UUID

from browser import shared_case
from clients import CheckingClient
from factories import (
    accounts,
    allegations,
    briefings,
    concerns,
    decisions,
    disruption,
    jobs,
    need_to_know,
    operations,
    prevention,
    register,
    returns,
    sharing,
    signals,
    subject_access,
    suitability,
    training,
    vetting,
    worked,
)
from flask import Flask
from journeys.keeping import fill_and_keep, fill_in, id_in, keep
from journeys.reading import boxes, links
from sqlalchemy import select, text, update

from licensing.accounts.acting import token_hash, who_is_acting
from licensing.accounts.commands import add_invited, authority_of_code
from licensing.accounts.models import UserSession
from licensing.accounts.rules import IDLE_LIMIT
from licensing.allegations.changes import noticed
from licensing.allegations.models import ReadingAlert
from licensing.allegations.unusual import Unusual
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit.rules import ObjectKind
from licensing.db import acting_as, db
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.disruption.words import AgencyKind
from licensing.driver_check import changes as driver_check
from licensing.driver_check.asking import Asked, AskedList
from licensing.driver_check.rules import Purpose
from licensing.permissions import Permission, Role, permissions_of
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.register.models import SamePerson
from licensing.setup import owner_session
from licensing.tasks.rules import TEAMS
from licensing.training.rules import Result

KAHN = {
    "name": "Mohd. Aslam Kahn",
    "date_of_birth-day": "4",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1980",
}
HEADINGS = "Reference,First name,Surname,D.O.B.,Post code,Licence Number,Licence type,Status,Start date,Expiry Date"
ZOFIA = "S1,Zofia,Przykładowa,12/05/1988,OX99 1AA,OX/PH/9001,Private Hire,Current,01/02/2026,31/01/2029"
TOMASZ = "S2,Tomasz,Wymyślony,31/03/1990,OX99 1AB,OX/PH/9002,Private Hire,Current,01/02/2026,31/01/2029"
APPLIED_FILE = "\n".join([HEADINGS, ZOFIA, TOMASZ])
STAGED_FILE = "\n".join(
    [
        HEADINGS,
        ZOFIA,
        TOMASZ.replace("Current", "Suspended"),
        "S3,Chidi,Okexample,31/02/1979,OX99 1AD,OX/DD/9004,Dual,Current,01/02/2026,31/01/2029",
        "S4,Amina,Sampleová,14/07/1979,OX99 1AE,OX/DD/9005,Dual,Current,01/02/2026,31/01/2029",
    ]
)
_PLACE = """<EstablishmentDetail><FHRSID>{number}</FHRSID>
<LocalAuthorityBusinessID>SAMPLE/{number}</LocalAuthorityBusinessID>
<BusinessName>{name}</BusinessName><BusinessType>Hotel/bed &amp; breakfast/guest house</BusinessType>
<BusinessTypeID>7842</BusinessTypeID><AddressLine2>1 Sample Street</AddressLine2><AddressLine3>Oxford</AddressLine3>
<PostCode>OX99 1AA</PostCode><RatingValue>5</RatingValue><RatingKey>fhrs_5_en-GB</RatingKey>
<RatingDate>2025-06-03</RatingDate><LocalAuthorityCode>060</LocalAuthorityCode>
<LocalAuthorityName>Oxford City</LocalAuthorityName><SchemeType>FHRS</SchemeType>
<NewRatingPending>False</NewRatingPending></EstablishmentDetail>"""
_PLACES = _PLACE.format(number=1001, name="The Invented Inn") + _PLACE.format(number=1002, name="Sample Guest House")
PLACES_FILE = f"""<?xml version="1.0"?><FHRSEstablishment><Header><ExtractDate>2026-01-02</ExtractDate>
<ItemCount>2</ItemCount><ReturnCode>Success</ReturnCode></Header>
<EstablishmentCollection>{_PLACES}</EstablishmentCollection></FHRSEstablishment>"""


@dataclass(frozen=True)
class World:
    """Who may look at it (a session's token for each role at Oxford), and what `{name}` in an address stands for."""

    tokens: dict[Role, str]
    names: dict[Role | None, dict[str, str]]


def build(app: Flask) -> World:
    """Fill an empty, set-up database, inside the application's context."""
    accounts.agree(accounts.CHERWELL)
    register.add(register.KHAN, accounts.CHERWELL)
    named = {"person": str(_people_of_oxford()), "invitation": _invitation()}
    tokens = {role: _signed_in(app, role) for role in Role}
    named |= _administered(app, tokens[Role.ADMINISTRATOR])
    named |= _checks_without_pages(tokens[Role.LICENSING_OFFICER])
    with _visiting(app, tokens[Role.LICENSING_OFFICER]) as officer:
        named |= _files(officer) | _checks(officer)
        named["premises"] = _first_link(officer, "/premises", "/premises/")
        named |= _kept_by_hand(officer, named["person"])
        named |= _judged(officer) | {"link": _linked(app, officer)}
    named |= _vetted(UUID(named["person"]))
    named |= _merged(UUID(named["person"]))
    named |= _trained(named)
    named |= _considered(named)
    named |= _shared(named["person"], named["driver_licence"]) | _decided(named["driver_licence"])
    named |= _concerned(named["person"], tokens[Role.BRIEFING_READER])
    named |= _operated()
    named |= _prevented()
    named |= _noted(tokens, UUID(named["decision"]))
    named |= shared_case.share(tokens, named["person"])
    named |= _disrupted(named["premises"])
    named |= _signalled(named["premises"])
    disruption.work_for(disruption.agency(AgencyKind.LICENSING), _holder_of(tokens[Role.DISRUPTION_OFFICER]))
    register.publish(accounts.OXFORD)
    _failed_job()
    named |= _briefed(tokens)
    named["answer"] = str(returns.answered(_holder_of(tokens[Role.LICENSING_OFFICER])))
    names: dict[Role | None, dict[str, str]] = {role: named | _own(app, role, tokens[role], named) for role in Role}
    # Who only reads is sent what was published.
    names[Role.BRIEFING_READER]["briefing"] = named["briefing_published"]
    return World(tokens, {**names, None: named})


def _briefed(tokens: dict[Role, str]) -> dict[str, str]:
    """A draft, one that is approved, and one that the reader has to read."""
    office = replace(briefings.office(accounts.OXFORD), reader=_holder_of(tokens[Role.BRIEFING_READER]))
    return {
        "briefing": str(briefings.drafted(office)),
        "briefing_approved": str(briefings.approved(office)),
        "briefing_published": str(briefings.published(office)),
    }


def _trained(named: dict[str, str]) -> dict[str, str]:
    """A certificate that waits to be verified, an offer, a course, and training of every group."""
    person, place, company = (UUID(named[one]) for one in ("person", "premises", "organisation"))
    unverified = replace(training.PASSED, result=Result.CERTIFICATE_UNVERIFIED, course="Elsewhere’s course")
    training.record(accounts.OXFORD, person)
    at_place, of_workforce = training.groups(company, place, accounts.user(Role.LICENSING_OFFICER))
    training.offer(accounts.OXFORD, person)
    return {
        "training": str(training.record(accounts.OXFORD, person, unverified)),
        "course": str(training.rules_of(accounts.OXFORD)),
        "premises_training": str(at_place),
        "workforce_training": str(of_workforce),
    }


def let_idle(token: str) -> None:
    """As if this session's holder had sent nothing for longer than a session lasts."""
    long_ago = datetime.now(UTC) - IDLE_LIMIT - timedelta(seconds=1)
    with owner_session() as session:
        mine = UserSession.token_hash == token_hash(token)
        session.execute(update(UserSession).where(mine).values(last_seen_at=long_ago))
        session.commit()


def freshen(token: str) -> None:
    """As if this session's holder had just shown their second factor, however long others were looked at before."""
    with owner_session() as session:
        mine = UserSession.token_hash == token_hash(token)
        session.execute(update(UserSession).where(mine).values(second_factor_at=datetime.now(UTC)))
        session.commit()


@contextmanager
def _visiting(app: Flask, token: str) -> Iterator[CheckingClient]:
    """A client in a context of its own: clients that share one are given the form token of the first."""
    with app.app_context():
        client = cast(CheckingClient, app.test_client())
        client.set_cookie("session", token)
        yield client


def _signed_in(app: Flask, role: Role) -> str:
    """A session of a new user with this role, who is offered the form of an earlier one."""
    user = accounts.user(role)
    earlier = accounts.open_session(user)
    let_idle(earlier)
    with _visiting(app, earlier) as client:
        client.post("/checks/new", data=KAHN)
    return accounts.open_session(user)


def _people_of_oxford() -> UUID:
    """Enough for a second page of the list; returns one with a licence revoked."""
    register.add_all(map(register.numbered, range(1, 60)), accounts.OXFORD)
    return register.add(register.KHAN, accounts.OXFORD)


def _invitation() -> str:
    with owner_session() as session:
        council = authority_of_code(session, accounts.OXFORD)
        token = add_invited(session, council, "new.officer@example.org", Role.LICENSING_OFFICER)
        session.commit()
    return token


def _administered(app: Flask, token: str) -> dict[str, str]:
    """A colleague for whom the administrator asked for a role, and links that are on their way to them."""
    colleague = accounts.user(Role.BRIEFING_READER, with_password=True)
    sent = {}
    with _visiting(app, token) as administrator:
        address = f"/users/{colleague}"
        administrator.post(f"{address}/give-role", data={"role": "auditor", "reason": "For the yearly audit"})
        jobs.do_all(app)  # those who may approve are written to; the mails that are read here come after
        for kind in ("password", "authenticator"):
            administrator.post(f"{address}/reset-{kind}")
            sent[f"{kind}_reset"] = jobs.link_in(jobs.mail_of(app)[-1]).rpartition("/")[2]
        proposal = _first_link(administrator, "/approvals", "/approvals/")
    return {**sent, "colleague": str(colleague), "proposal": proposal}


def _files(officer: CheckingClient) -> dict[str, str]:
    """Imports in each state they can be in."""
    applied = _bring_in(officer, "drivers", "drivers.csv", APPLIED_FILE)
    officer.post(f"/imports/{applied}/apply")
    places = _bring_in(officer, "fhrs", "FHRS060en-GB.xml", PLACES_FILE)
    officer.post(f"/imports/{places}/apply")
    abandoned = _bring_in(officer, "drivers", "drivers-june.csv", STAGED_FILE)
    officer.post(f"/imports/{abandoned}/abandon")
    staged = _bring_in(officer, "drivers", "drivers-july.csv", STAGED_FILE)
    return {"applied": applied, "places": places, "abandoned": abandoned, "staged": staged}


def _bring_in(officer: CheckingClient, kind: str, name: str, content: str) -> str:
    upload = (BytesIO(content.encode()), name)
    return _posted(officer, "/imports/new", {"kind": kind, "file": upload, "business_types": "7842"})


def _merged(person_id: UUID) -> dict[str, str]:
    """A record merged into a person's, and another that is like it."""
    merge = register.merge_in(accounts.OXFORD, person_id, accounts.user(Role.LICENSING_OFFICER))
    namesake = register.add(replace(register.KHAN, given_names="Mohd.", licences=()), accounts.OXFORD)
    return {"merge": str(merge), "namesake": str(namesake)}


def _decided(licence: str) -> dict[str, str]:
    """A suspension of the driver with all that hangs on it."""
    made = decisions.decide(accounts.OXFORD, UUID(licence), accounts.user(Role.LICENSING_OFFICER))
    return {"decision": str(made.decision_id), "appeal": str(made.appeal_id)}


def _considered(named: dict[str, str]) -> dict[str, str]:
    """An application, a consideration, a complaint, a self-report and court proceedings of one driver."""
    ids = [UUID(named[name]) for name in ("person", "driver_licence", "organisation")]
    recorded = suitability.record_all(accounts.OXFORD, accounts.user(Role.LICENSING_OFFICER), *ids)
    with owner_session() as session:  # the decision is one that the council's policy calls permanent
        session.execute(text("UPDATE licence_event SET permanent = true WHERE licence_id = :id"), {"id": ids[1]})
        session.commit()
    review = suitability.open_review(accounts.OXFORD, UUID(named["licence"]))
    return {"review": str(review), **{name.removesuffix("_id"): str(one) for name, one in asdict(recorded).items()}}


def _kept_by_hand(officer: CheckingClient, person: str) -> dict[str, str]:
    """A company with a vehicle and a pub that sells alcohol without a supervisor, and an entry that was corrected."""
    driver = next(link for link in links(officer.get(f"/people/{person}").text) if link.startswith("/licences/"))
    event = next(link for link in links(officer.get(driver).text) if link.startswith("/events/"))
    company = id_in(fill_and_keep(officer, "/organisations/add", name="Sample Cars Ltd", kind="company"))
    vehicle = id_in(
        fill_and_keep(officer, "/vehicles/add", vrm="AB12 CDE", make="Škoda", colour="Silver", wheelchair="yes")
    )
    pub = id_in(
        fill_and_keep(officer, "/premises/add", name="The Sample Arms", kind="pub", address_lines="2 Sample Street")
    )
    alcohol = {"kind": "premises_licence", "number": "24/1/PREM", "activities": ["alcohol_on_sales"]}
    granted = {**boxes("granted_on", 1, 3, 2024), **boxes("starts_on", 1, 3, 2024)}
    licence = id_in(fill_and_keep(officer, f"/premises/{pub}/licence", **alcohol, **granted))
    keep(officer, f"/organisations/{company}/part", kind="director", holder="Jan Příklad")
    fixed = {"vrm": "AB12 CDE", "make": "Škoda", "colour": "Grey", "wheelchair": "yes"}
    keep(officer, f"/vehicles/{vehicle}/correct", reason="The colour was typed wrong", **fixed)
    return {
        "organisation": company,
        "vehicle": vehicle,
        "licence": licence,
        "driver_licence": id_in(driver),
        "event": id_in(event),
    }


def _checks(officer: CheckingClient) -> dict[str, str]:
    """Checks with a record of another council's and of our own, with a namesake, with nothing found, and in vain."""
    nobody = {**KAHN, "name": "Unheard Example", "date_of_birth-year": "1951"}
    namesake, not_enough = {"name": "Mohammed Aslam Khan"}, {"postcode": "OX99 9ZZ"}
    asked = {"found": KAHN, "possible": namesake, "nothing": nobody, "not_enough": not_enough}
    why = {"purpose": "new_application", "case_reference": "none yet"}
    return {f"check_{name}": _posted(officer, "/checks/new", {**why, **one}) for name, one in asked.items()}


def _judged(officer: CheckingClient) -> dict[str, str]:
    """Two records that were said to be the person, and numbers of which it was asked who licenses them."""
    judged = _posted(officer, "/checks/new", {**KAHN, "purpose": "renewal", "case_reference": "A/9"})
    for result in (1, 2):
        said = {"judgement": "same", "reason": "The same photograph on both badges"}
        officer.post(f"/checks/{judged}/verdict?result={result}", data=said)
    asked = {"purpose": "concern", "case_reference": "none yet"}
    return {
        "check_judged": judged,
        "check_number": _posted(officer, "/checks/licensed-by", {**asked, "licence_no": "417", "vrm": "AB12 CDE"}),
        "check_number_nothing": _posted(officer, "/checks/licensed-by", {**asked, "licence_no": "NOBODY/1"}),
    }


def _linked(app: Flask, officer: CheckingClient) -> str:
    """A link between Petra at Oxford and Petra at Cherwell, to which both councils agreed."""
    for code in (accounts.OXFORD, accounts.CHERWELL):
        register.add(register.PLAIN, code)
    petra = {"name": "Petra Example Sampleová", **boxes("date_of_birth", 23, 7, 1991)}
    check = _posted(officer, "/checks/new", {**petra, "purpose": "renewal", "case_reference": "A/10"})
    for result in (1, 2):
        officer.post(f"/checks/{check}/verdict?result={result}", data={"judgement": "same", "reason": "Rang them"})
    officer.post(f"/checks/{check}/link", data={"reason": "The same photograph on both badges"})
    with owner_session() as session:
        asked = select(Proposal.id).where(Proposal.kind == ProposalKind.CROSS_MERGE)
        proposal = session.scalars(asked).one()
    for code in (accounts.OXFORD, accounts.CHERWELL):
        with _visiting(app, accounts.open_session(accounts.user(Role.LICENSING_MANAGER, code))) as manager:
            manager.post(f"/approvals/{proposal}/approve", data={"checked": "y"})
    with owner_session() as session:
        return str(session.scalars(select(SamePerson.id)).one())


def _checks_without_pages(token: str) -> dict[str, str]:
    """A check broken off before its answer, and one of a list, which the command makes."""
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        broken_off = driver_check.open_check(user, Asked(family_name="Example"), Purpose.RENEWAL, "none yet")
        listed = driver_check.open_check(user, AskedList("0" * 64, 12), Purpose.RENEWAL, "none yet")
        driver_check.close_check(listed, driver_check.Answer(*driver_check.where_searched(user), ()))
        db.session.commit()
    return {"check_broken_off": str(broken_off), "check_list": str(listed)}


def _own(app: Flask, role: Role, token: str, named: dict[str, str]) -> dict[str, str]:
    """What only those of this role may open."""
    return (
        _drafts(app, role, token)
        | _task(app, role, token, named["person"])
        | _casework(role, token, named["person"], named["driver_licence"])
        | _allegations(role, token, UUID(named["person"]), UUID(named["lado_case"]))
        | _raised(token)
        | _asked_for(role, token, named)
        | _noticed(role, token)
    )


def _asked_for(role: Role, token: str, named: dict[str, str]) -> dict[str, str]:
    """A search, a request with one record held, and one that is answered, of the information officer's."""
    if role is not Role.INFORMATION_OFFICER:
        return {}
    officer, person = _holder_of(token), UUID(named["person"])
    waits, answered = (subject_access.ask(officer, person) for _ in range(2))
    subject_access.decide(officer, waits, person, subject_access.HOLD)
    subject_access.answer(officer, answered)
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        sought = {"name": "Khan", "date_of_birth": None, "number": None}
        search = drafts.keep(user, DraftKind.SUBJECT_ACCESS, sought)
        db.session.commit()
    return {
        "access_search": str(search),
        "subject_request": str(waits),
        "subject_answered": str(answered),
        "held": named["person"],
        "held_new": named["vetting_check"],
    }


def _allegations(role: Role, token: str, person: UUID, shared: UUID) -> dict[str, str]:
    """A case in each stage of the designated officer's own, a search for its person, and advice.

    All that can be done in a case is done in the one of which a council knows something.
    """
    if role is not Role.DESIGNATED_OFFICER:
        return {}
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
    recording = allegations.begin(user.id, person)
    consultation, setting = allegations.advise(user.id)
    with acting_as(token):
        sought = {"name": "Khan", "date_of_birth": None, "number": None, "case": str(recording)}
        draft = drafts.keep(user, DraftKind.SUBJECT, sought)
        db.session.commit()
    done = worked.work_on(user.id, shared, accounts.user(Role.BRIEFING_READER), accounts.OXFORD)
    accounts.user(Role.DESIGNATED_OFFICER)  # to whom it can be handed over
    return {
        "lado_recording": str(recording),
        "lado_considering": str(allegations.refer(user.id, person)),
        "lado_closed": str(worked.closed(user.id)),
        **{f"lado_{name}": str(one) for name, one in done.items()},
        "lado_draft": str(draft),
        "lado_consultation": str(consultation),
        "lado_setting": str(setting),
    }


def _noticed(role: Role, token: str) -> dict[str, str]:
    """Something that was noticed of a designated officer, and what the independent reviewer has acknowledged."""
    if role is not Role.INDEPENDENT_REVIEWER:
        return {}
    officer = accounts.user(Role.DESIGNATED_OFFICER)
    made = [allegations.alert_on(accounts.authority_id(accounts.OXFORD), officer) for _ in range(2)]
    made[1].kind = Unusual.NO_PURPOSE
    waits, done = (one.id for one in made)
    with owner_session() as session:
        session.add_all(made)
        session.commit()
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        noticed.acknowledge(user, db.session.get_one(ReadingAlert, done), "Asked, and it was for work.")
        db.session.commit()
    return {"lado_alert": str(waits), "lado_alert_done": str(done)}


def _casework(role: Role, token: str, person: str, licence: str) -> dict[str, str]:
    """A clock that runs about the person, and answers of a decision, where this role may work on cases."""
    if Permission.CASEWORK not in permissions_of({role}):
        return {}
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        about = (ObjectKind.PERSON, UUID(person))
        clock = clocks.start(user, ClockCode.S5_REPORT, about, date(2026, 6, 1))
        db.session.commit()
        answers = decisions.keep_answers(user.id, UUID(licence))
        return {"clock": str(clock.id), "decision_answers": str(answers)}


def _drafts(app: Flask, role: Role, token: str) -> dict[str, str]:
    """What this role typed and has not put on the register; nothing for those who may not."""
    if Permission.REGISTER_EDIT not in permissions_of({role}):
        return {}
    namesake = {"given_names": "Mohd. Aslam", "family_name": "Kahn"}
    answers = {**namesake, "number": "PHD00007", "kind": "private_hire_driver", "postcode": "OX99 1AA"}
    days = {"date_of_birth": "23 7 1991", "granted_on": "1 3 2024", "starts_on": "1 3 2024", "expires_on": "28 2 2027"}
    for field, day in days.items():
        answers |= {f"{field}-{part}": n for part, n in zip(("day", "month", "year"), day.split(), strict=True)}
    with _visiting(app, token) as client:
        likely = _posted(client, "/people/find", namesake)
        return {
            "likely": likely,
            "nobody_likely": _posted(client, "/people/find", {"family_name": "Unheard"}),
            "answers": _posted(client, f"/people/add?draft={likely}", answers),
            "search": _searched(client, "/people/search", "Sample"),
            "search_for_nothing": _searched(client, "/people/search", "Unheard"),
            "entry_answers": id_in(
                fill_in(client, "/organisations/add", name="Sample Cabs LLP", kind="partnership", company_no="OC999999")
            ),
            "search_premises": _searched(client, "/premises/search", "Inn"),
            "found": _posted(client, "/find", {"q": "Sample"}),
            "found_number": _posted(client, "/find", {"q": "AB12 CDE"}),
            "found_nothing": _posted(client, "/find", {"q": "Unheard"}),
        }


def _task(app: Flask, role: Role, token: str, person: str) -> dict[str, str]:
    """A task that this role has opened for its team, about a person where it may know them."""
    if role not in TEAMS:
        return {}
    due = {"due_on-day": "1", "due_on-month": "6", "due_on-year": "2100"}
    asked = {"kind": "contact_holder", "whom": f"team:{role}", "why": "The badge was found", **due}
    about = f"person:{person}" if Permission.REGISTER_READ in permissions_of({role}) else ""
    with _visiting(app, token) as client:
        return {"task": _posted(client, "/work/new", {**asked, "about": about})}


def _vetted(person_id: UUID) -> dict[str, str]:
    """A check that stands, and one that was corrected."""
    wrong = vetting.record(accounts.OXFORD, person_id, vetting.CERTIFICATE)
    vetting.record(accounts.OXFORD, person_id, vetting.NEW_INFORMATION)
    right = vetting.correct(accounts.OXFORD, wrong, vetting.CERTIFICATE)
    return {"vetting_check": str(right), "vetting_corrected": str(wrong)}


def _shared(person: str, licence: str) -> dict[str, str]:
    """Something of everything that is recorded of NR3S."""
    made = sharing.shared(accounts.OXFORD, UUID(person), UUID(licence))
    return {name: str(one) for name, one in made.items()}


def _concerned(person: str, contact: str) -> dict[str, str]:
    """A concern that was answered and referred, one that is new, and one about staff, which the reader receives."""
    officer = accounts.user(Role.LICENSING_OFFICER)
    made = concerns.concerned(accounts.OXFORD, officer, UUID(person), _holder_of(contact))
    return {
        "concern": str(made["concern_id"]),
        "new_concern": str(concerns.raise_one(officer)),
        "staff_concern": str(made["staff_concern_id"]),
    }


def _disrupted(premises: str) -> dict[str, str]:
    """A visit that licensing considers, one that is in force and to be looked at, and what licensing is asked."""
    officer = accounts.user(Role.LICENSING_OFFICER)
    made = disruption.disrupted(accounts.OXFORD, officer, UUID(premises))
    return {name: str(one) for name, one in made.items()}


def _signalled(premises: str) -> dict[str, str]:
    """A signal about the premises that the council dismissed, and a meeting about it."""
    made = signals.signalled(accounts.OXFORD, accounts.user(Role.LICENSING_OFFICER), UUID(premises))
    return {name.removesuffix("_id"): str(one) for name, one in made.items()}


def _operated() -> dict[str, str]:
    """An operation under way, a test, and a hotel notice with a requirement, of the council's licensing service."""
    made = operations.operated(accounts.OXFORD, accounts.user(Role.LICENSING_OFFICER))
    return {name.removesuffix("_id"): str(one) for name, one in made.items()}


def _prevented() -> dict[str, str]:
    """What the council counted, and what it did so that hotels know what to look for."""
    made = prevention.prevented(accounts.OXFORD, accounts.user(Role.LICENSING_OFFICER))
    return {name.removesuffix("_id"): str(one) for name, one in made.items()}


def _noted(tokens: dict[Role, str], decision_id: UUID) -> dict[str, str]:
    """A draft, a note and a report that were issued to the reader, what they asked, and what happened."""
    author, approver = (accounts.user(role) for role in (Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER))
    reader, others = _holder_of(tokens[Role.BRIEFING_READER]), [accounts.user(Role.BRIEFING_READER) for _ in range(2)]
    drafted = need_to_know.draft(author, reader, lado_asked=True)
    issued = need_to_know.issue(author, approver, reader, lado_asked=True)
    report = need_to_know.report(author, approver, [reader, *others])
    before = (date.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    made = {
        "draft": drafted,
        "issued": issued,
        "reader": need_to_know.reader_of(drafted),
        "issued_reader": need_to_know.reader_of(issued),
        "report": report,
        "report_draft": need_to_know.report(author, approver, [], issued=False, month=before),
        "request": need_to_know.ask(reader, report, _holder_of(tokens[Role.BRIEFING_AUTHOR])),
        "fact": need_to_know.happened(accounts.OXFORD, decision_id),
    }
    return {f"n2k_{name}": str(one) for name, one in made.items()}


def _holder_of(token: str) -> UUID:
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        return user.id


def _raised(token: str) -> dict[str, str]:
    """A concern that this role raised, and one about staff."""
    user_id = _holder_of(token)
    concerns.raise_of_staff(user_id)
    return {"raised": str(concerns.raise_one(user_id))}


def _failed_job() -> None:
    """The job that the import asked for, as if it had failed."""
    with owner_session() as session:
        for state in ("doing", "failed"):
            session.execute(
                text(
                    "UPDATE procrastinate_jobs SET status = CAST(:state AS procrastinate_job_status)"
                    " WHERE task_name = 'renew_name_statistics'"
                ),
                {"state": state},
            )
        session.commit()


def _searched(client: CheckingClient, address: str, words: str) -> str:
    return _posted(client, address, {"words": words}).partition("search=")[2]


def _posted(client: CheckingClient, address: str, data: dict[str, Any]) -> str:
    """The last part of the address to which this form leads."""
    response = client.post(address, data=data)
    assert response.status_code == 302, response.text
    return response.location.rpartition("/")[2]


def _first_link(client: CheckingClient, page: str, beginning: str) -> str:
    return client.get(page).text.partition(f'href="{beginning}')[2].partition('"')[0].partition("?")[0]
