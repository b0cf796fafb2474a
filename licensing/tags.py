"""Statuses as tags where a cell is put together in Python, in the colours of templates/components/tags.html."""

from enum import StrEnum

from flask import get_template_attribute
from markupsafe import Markup


def status_tag(status: StrEnum, text: str) -> Markup:
    """The coloured tag of a status, which says it in `text`."""
    return get_template_attribute("components/tags.html", "status_tag")(status, text)
