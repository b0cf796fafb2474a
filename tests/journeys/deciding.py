"""Deciding as officers and managers do: the form, a last look, the button; the notice, its service, the appeal."""

from datetime import date
from html import unescape
from typing import Any

from clients import CheckingClient
from journeys.keeping import id_in, problems

REASONS = "What was found."


def day_boxes(name: str, on: date | None) -> dict[str, str]:
    """A day as a form's three boxes send it."""
    parts = (on.day, on.month, on.year) if on else ("", "", "")
    return {f"{name}-{part}": str(value) for part, value in zip(("day", "month", "year"), parts, strict=True)}


def answers(**given: Any) -> dict[str, Any]:
    """The answers of a form, days in their boxes."""
    sent: dict[str, Any] = {}
    for name, value in given.items():
        sent |= day_boxes(name, value) if isinstance(value, date) else {name: value}
    return sent


def of_a_driver(on: date, **more: Any) -> dict[str, Any]:
    """What is asked of a suspension or revocation of a driver, by a manager."""
    asked = {
        "decided_on": on,
        "maker": "manager",
        "minute_ref": "",
        "power": "S61",
        "grounds": "reasonable_cause",
        "reasons": REASONS,
    }
    return answers(**{**asked, "relevant_information": "wholly", "limbs": "harm", **more})


def send(client: CheckingClient, address: str, **given: Any) -> str:
    """Send a form that must be accepted; returns where it leads."""
    sent = client.post(address, data=answers(**given))
    assert sent.status_code == 302, (address, sent.status_code, [unescape(one) for one in problems(sent.text)])
    return sent.location


def refused(client: CheckingClient, address: str, **given: Any) -> str:
    """Send a form that must be refused; returns the words of the summary."""
    sent = client.post(address, data=answers(**given))
    assert sent.status_code == 422, (address, sent.status_code)
    return unescape(" ".join(problems(sent.text)))


def decide(client: CheckingClient, licence: str, kind: str, given: dict[str, Any]) -> str:
    """Make a decision; returns the address of its page."""
    sent = client.post(f"/licences/{licence}/decide?kind={kind}", data=given)
    assert sent.status_code == 302, (sent.status_code, [unescape(one) for one in problems(sent.text)])
    assert client.get(sent.location).status_code == 200
    made = client.post(sent.location)
    assert made.status_code == 302, (made.status_code, [unescape(one) for one in problems(made.text)])
    return made.location


def notify(client: CheckingClient, decision: str, on: date) -> str:
    """Issue the notice of a decision and record that it was given; returns the page of the decision."""
    send(client, f"{decision}/notice", given_on=on)
    send(client, f"{decision}/serve", served_on=on, method="in_person", recipient="The holder", proof="Signed for")
    return client.get(decision).text


def appeal_of(page: str) -> str:
    """The address of the open appeal on a decision's page."""
    return f"/appeals/{id_in(page.partition('/appeals/')[2].partition('/')[0])}"
