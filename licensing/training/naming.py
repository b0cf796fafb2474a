"""How courses are told apart, however their names are written."""

from licensing.register.rules import filed_under


def course_key(course: str, provider: str) -> str:
    """What is compared of a course: its name and its provider's."""
    return f"{filed_under(course)} | {filed_under(provider)}"
