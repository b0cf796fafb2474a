"""Changing the registers. Each verb writes its audit entry beside the change; the view commits."""

from licensing.register.changes.people import NOT_ISSUED_HERE, add_person

__all__ = ["NOT_ISSUED_HERE", "add_person"]
