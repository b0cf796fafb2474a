"""The vocabulary of the audit trail."""

from enum import StrEnum


class Category(StrEnum):
    """Which trail an entry belongs to: an administrator sees the accounts' entries alone."""

    ACCOUNTS = "accounts"
    RECORDS = "records"


class Action(StrEnum):
    """What was done. The wording is what an ordinary manager reads."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    USER_INVITED = "user_invited"
    INVITATION_ACCEPTED = "invitation_accepted"
    COMMAND_STARTED = "command_started"
    LOOKED = "looked"
    LISTED = "listed"
    SEARCHED = "searched"
    REFUSED = "refused"
    ADDED = "added"
    CHANGED = "changed"
    CHECKED = "checked"
    DISCLOSED = "disclosed"
    PRINTED = "printed"
    EXPORTED = "exported"
    IMPORT_STAGED = "import_staged"
    IMPORT_APPLIED = "import_applied"
    IMPORT_UNDONE = "import_undone"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def category(self) -> Category:
        return Category.ACCOUNTS if self in _OF_ACCOUNTS else Category.RECORDS


LABELS = {
    Action.SIGNED_IN: "Signed in",
    Action.SIGNED_OUT: "Signed out",
    Action.SIGN_IN_REFUSED: "Sign-in refused",
    Action.USER_INVITED: "User invited",
    Action.INVITATION_ACCEPTED: "Invitation accepted",
    Action.COMMAND_STARTED: "Command started",
    Action.LOOKED: "Looked at a record",
    Action.LISTED: "Listed records",
    Action.SEARCHED: "Searched",
    Action.REFUSED: "Was refused",
    Action.ADDED: "Added a record",
    Action.CHANGED: "Changed a record",
    Action.CHECKED: "Made a driver check",
    Action.DISCLOSED: "Shown to another council by a driver check",
    Action.PRINTED: "Downloaded a PDF",
    Action.EXPORTED: "Downloaded a file",
    Action.IMPORT_STAGED: "Uploaded a file",
    Action.IMPORT_APPLIED: "Applied an import",
    Action.IMPORT_UNDONE: "Undid an import",
}

_OF_ACCOUNTS = frozenset(
    {
        Action.SIGNED_IN,
        Action.SIGNED_OUT,
        Action.SIGN_IN_REFUSED,
        Action.USER_INVITED,
        Action.INVITATION_ACCEPTED,
    }
)


class ObjectKind(StrEnum):
    """The kind of record an entry is about."""

    USER = "user"
    AUTHORITY = "authority"
    PERSON = "person"
    LICENCE = "licence"
    PREMISES = "premises"
    DRIVER_CHECK = "driver_check"
    IMPORT = "import"
    AUDIT = "audit"
    PAGE = "page"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()
