"""What somebody reads off a page or a PDF, and types into a form: for tests of pages anywhere."""

import re
from html import unescape
from io import BytesIO

from flask import g
from pypdf import PdfReader


def links(page: str) -> list[str]:
    """The addresses of all links of a page, as a browser would follow them."""
    return [unescape(href) for href in re.findall(r'<a [^>]*href="([^"]+)"', page)]


def words(page: str) -> str:
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def first_column(page: str) -> list[str]:
    """What the rows of a list are called, in its order."""
    return [unescape(name) for name in re.findall(r'rowheader"><a [^>]+>([^<]+)</a>', page)]


def error_links(page: str) -> list[tuple[str, str]]:
    """(where it leads, what it says) for each error of the summary."""
    return [(href, unescape(words)) for href, words in re.findall(r'<li><a href="(#[^"]+)">([^<]+)</a></li>', page)]


def pdf_text(pdf: bytes) -> str:
    """The words of a PDF, single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def change_browser() -> None:
    """Forget the form token that Flask-WTF keeps as long as the application context, which a test's clients share."""
    g.pop("csrf_token", None)


def boxes(name: str, day: int, month: int, year: int) -> dict[str, str]:
    """A date as typed in its three boxes."""
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def version_in(page: str) -> str:
    """Of what a form was opened, so that a colleague's change is noticed."""
    found = re.search(r'name="version"[^>]*value="([^"]*)"', page)
    assert found
    return found.group(1)
