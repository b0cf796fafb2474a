"""Keeping something by hand as an officer does: the form, its answers to check, and the button."""

import re
from html import unescape

from clients import CheckingClient


def seen(page: str) -> str:
    """The state that a form carries along."""
    [value] = re.findall(r'name="seen"[^>]*value="([^"]*)"', page) or [""]
    return unescape(value)


def fill_in(client: CheckingClient, address: str, **answers: object) -> str:
    """Open a form, answer it, and return the address of the answers to check."""
    page = client.get(address).text
    sent = client.post(address, data={"seen": seen(page), **answers})
    assert sent.status_code == 302, (sent.status_code, problems(sent.text))
    return sent.location


def keep(client: CheckingClient, address: str, **answers: object) -> str:
    """Open a form, answer it, keep it, and return the page that follows."""
    check = fill_in(client, address, **answers)
    assert client.get(check).status_code == 200
    kept = client.post(check)
    assert kept.status_code == 302, (kept.status_code, problems(kept.text))
    return client.get(kept.location).text


def fill_and_keep(client: CheckingClient, address: str, **answers: object) -> str:
    """Keep something new; returns the address of its page."""
    return client.post(fill_in(client, address, **answers)).location


def id_in(address: str) -> str:
    [found] = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", address)
    return found


def problems(page: str) -> list[str]:
    """What the error summary or the heading says."""
    return re.findall(r'error-summary__list">(.*?)</ul>', page, re.DOTALL) or re.findall(r"<h1[^>]*>([^<]*)", page)
