"""Changing what is recorded of sharing. Each verb writes its audit entry beside the change; the view commits."""

from licensing.sharing.changes.entries import expect_entry, expect_update, expect_updates_of_person

__all__ = ["expect_entry", "expect_update", "expect_updates_of_person"]
