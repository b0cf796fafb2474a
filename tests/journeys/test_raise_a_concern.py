"""A transport clerk raises a concern; the district answers and tells the designated officer; the clerk sees it."""

import re
from typing import Any

from accounts import browsers
from accounts.signing_in import as_owner
from clients import CheckingClient
from factories import accounts, register
from flask import Flask
from journeys.deciding import refused, send
from journeys.reading import links, words

from licensing import dates
from licensing.permissions import Role

SEEN = "He gave two girls his own number and told them not to tell the school."
SAID = {
    "in_danger": "no",
    "about": "driver",
    "what": "Mohammed Khan, badge 417",
    "words": SEEN,
    "when": "On Tuesday afternoon",
    "contact": "01865 000000",
}
ADVICE = "No risk to a child is alleged: remind him of the code of conduct."


def raise_concern(client: CheckingClient, **given: Any) -> str:
    """Fill the form in, check the answers, send them; returns where it leads."""
    checked = client.post("/concerns/new", data={**SAID, **given})
    assert checked.status_code == 200, checked.text
    assert "Check your answers" in words(checked.text)
    again = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', checked.text))
    kept = client.post("/concerns/new", data={**SAID, **given, "concern_id": again["concern_id"], "step": "send"})
    assert kept.status_code == 302
    twice = client.post("/concerns/new", data={**SAID, **given, "concern_id": again["concern_id"], "step": "send"})
    assert twice.status_code == 302
    return kept.location


def first_of(client: CheckingClient, address: str) -> str:
    """The first record of a list."""
    listed = links(client.get(address).text)
    return next(one for one in listed if re.fullmatch(rf"{re.escape(address)}/[0-9a-f-]{{36}}", one))


def test_a_concern_is_raised_answered_linked_referred_and_acknowledged(app: Flask) -> None:
    accounts.agree(accounts.OXFORD)
    driver = register.add(register.KHAN, accounts.OXFORD)
    clerk = browsers.of_role(app, Role.BRIEFING_READER, accounts.COUNTY)
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    lado = browsers.of_role(app, Role.DESIGNATED_OFFICER, accounts.COUNTY)

    raised = raise_concern(clerk, council=str(accounts.authority_id(accounts.OXFORD)))
    told = words(clerk.get(raised).text)
    assert "Oxford City Council has it" in told
    assert as_owner("SELECT count(*) FROM concern") == [(1,)]

    assert "Somebody raised a concern" in officer.get("/work").text or "Consider a concern" in officer.get("/work").text
    assert "concern" in words(officer.get("/").text)
    concern = first_of(officer, "/concerns")
    assert SEEN in words(officer.get(concern).text)
    assert lado.get(concern.replace("/concerns/", "/concerns/referred/")).status_code == 404
    assert "Nothing came of this concern" in refused(officer, f"{concern}/close", words="Done")

    send(officer, f"{concern}/acknowledge", words="Thank you. We speak to the driver.")
    assert "Thank you. We speak to the driver." in clerk.get(raised).text
    reference = str(as_owner("SELECT reference FROM person WHERE id = :id", id=driver)[0][0])
    send(officer, f"{concern}/link", reference=reference)
    assert "Concerns" in words(officer.get(f"/people/{driver}").text)
    mash = {"on_day": dates.today(), "words": "Test Officer rang their duty desk", "reference": "MASH/2026/7"}
    send(officer, f"{concern}/mash", **mash)
    county = str(accounts.authority_id(accounts.COUNTY))
    send(officer, f"{concern}/lado", to=county, words="He carries children to school.")

    referral = first_of(lado, "/concerns/referred")
    seen = words(lado.get(referral).text)
    assert SEEN in seen
    assert "He carries children to school." in seen
    began = lado.post(f"/allegations/begin/{referral.rpartition('/')[2]}", data={})
    assert SEEN in words(lado.get(f"{began.location}/check").text)
    assert "Acknowledged on" in words(lado.get(referral).text)
    assert began.location.rpartition("/")[2] not in officer.get(concern).text
    assert "MASH/2026/7" not in seen
    assert lado.post(f"{referral}/acknowledge").status_code == 302
    assert lado.post(f"{referral}/acknowledge").status_code == 302
    send(lado, f"{referral}/advise", words=ADVICE)
    [(receipt,)] = as_owner("SELECT lado_receipt FROM concern")
    assert re.fullmatch(r"LR-\w{4}-\w{4}", str(receipt))

    answered = words(officer.get(concern).text)
    assert ADVICE in answered
    told = words(clerk.get(raised).text)
    assert f"receipt {receipt}" in told
    assert "reference MASH/2026/7" in told
    assert ADVICE not in told
    assert "duty desk" not in told
    send(officer, f"{concern}/close", words="The designated officer advised.")
    assert "was closed on" in refused(officer, f"{concern}/note", words="More")
    assert "Closed" in words(clerk.get(raised).text)


def test_a_concern_is_passed_on_and_whoever_raised_it_sees_where_it_went(app: Flask) -> None:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    reader = browsers.of_role(app, Role.BRIEFING_READER)
    raise_concern(reader)
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    theirs = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.CHERWELL)
    concern = first_of(officer, "/concerns")
    assert "nobody knew whose it is" in officer.get(concern).text
    cherwell = str(accounts.authority_id(accounts.CHERWELL))
    send(officer, f"{concern}/pass-on", council=cherwell, words="Their badge.")
    assert SEEN in words(theirs.get(first_of(theirs, "/concerns")).text)
    assert theirs.get(concern).status_code == 404
    listed = words(reader.get("/concerns/raised").text)
    assert "Cherwell District Council" in listed
    assert "Closed" in listed


def test_words_that_seem_to_name_a_child_are_asked_about_once(app: Flask) -> None:
    client = browsers.of_role(app, Role.BRIEFING_READER)
    named = {**SAID, "words": "Zofia Invented, aged 14, got into the car"}
    assert "This may name a child: “Zofia Invented, aged 14”" in refused(client, "/concerns/new", **named)
    assert client.post("/concerns/new", data={**named, "sure": "y"}).status_code == 200


def test_a_child_in_danger_is_answered_with_999_first(app: Flask) -> None:
    client = browsers.of_role(app, Role.BRIEFING_READER)
    shown = words(client.post("/concerns/new", data={**SAID, "in_danger": "yes"}).text)
    assert "Ring 999 now. Then ring the MASH." in shown
    raised = raise_concern(client, in_danger="yes")
    assert "told to ring 999" in words(client.get(raised).text)
