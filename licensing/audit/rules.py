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
    CORRECTED = "corrected"
    MERGED = "merged"
    UNMERGED = "unmerged"
    LINKED = "linked"
    UNLINKED = "unlinked"
    JUDGED = "judged"
    PROPOSED = "proposed"
    APPROVED = "approved"
    PROPOSAL_REFUSED = "proposal_refused"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    USER_SUSPENDED = "user_suspended"
    USER_REINSTATED = "user_reinstated"
    USER_CLOSED = "user_closed"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET_SENT = "password_reset_sent"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SESSION_ENDED = "session_ended"
    STEPPED_UP = "stepped_up"
    ACCESS_REVIEWED = "access_reviewed"
    SETTINGS_CHANGED = "settings_changed"
    KEYS_ROTATED = "keys_rotated"
    JOB_RETRIED = "job_retried"
    PURGED = "purged"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    SERVED = "served"
    ANSWERED = "answered"
    RELEASED = "released"
    ACKNOWLEDGED = "acknowledged"
    ACCESS_GIVEN = "access_given"
    ACCESS_ENDED = "access_ended"
    GLASS_BROKEN = "glass_broken"

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
    Action.CORRECTED: "Corrected a record",
    Action.MERGED: "Merged two records",
    Action.UNMERGED: "Undid a merge",
    Action.LINKED: "Linked records as the same person",
    Action.UNLINKED: "Ended a same-person link",
    Action.JUDGED: "Said whether a result is the same person",
    Action.PROPOSED: "Asked for approval",
    Action.APPROVED: "Approved",
    Action.PROPOSAL_REFUSED: "Refused approval",
    Action.PROPOSAL_WITHDRAWN: "Took back a request for approval",
    Action.ROLE_GRANTED: "Gave a role",
    Action.ROLE_ENDED: "Ended a role",
    Action.USER_SUSPENDED: "Suspended an account",
    Action.USER_REINSTATED: "Let an account back in",
    Action.USER_CLOSED: "Closed an account",
    Action.PASSWORD_CHANGED: "Changed their password",
    Action.PASSWORD_RESET_SENT: "Sent a link to choose a new password",
    Action.SECOND_FACTOR_RESET: "Set up a new authenticator",
    Action.RECOVERY_CODES_MADE: "Made recovery codes",
    Action.RECOVERY_CODE_USED: "Signed in with a recovery code",
    Action.SESSION_ENDED: "Ended a session",
    Action.STEPPED_UP: "Confirmed who they are again",
    Action.ACCESS_REVIEWED: "Reviewed who has access",
    Action.SETTINGS_CHANGED: "Changed settings",
    Action.KEYS_ROTATED: "Renewed the encryption keys",
    Action.JOB_RETRIED: "Started a job again",
    Action.PURGED: "Removed what was kept long enough",
    Action.RECOMMENDED: "Recommended a decision",
    Action.DECIDED: "Made a decision",
    Action.SERVED: "Recorded that a notice was served",
    Action.ANSWERED: "Answered another council in writing",
    Action.RELEASED: "Released something to somebody",
    Action.ACKNOWLEDGED: "Acknowledged something",
    Action.ACCESS_GIVEN: "Gave access to a record",
    Action.ACCESS_ENDED: "Ended access to a record",
    Action.GLASS_BROKEN: "Opened a record in an emergency",
}

_OF_ACCOUNTS = frozenset(
    {
        Action.SIGNED_IN,
        Action.SIGNED_OUT,
        Action.SIGN_IN_REFUSED,
        Action.USER_INVITED,
        Action.INVITATION_ACCEPTED,
        Action.ROLE_GRANTED,
        Action.ROLE_ENDED,
        Action.USER_SUSPENDED,
        Action.USER_REINSTATED,
        Action.USER_CLOSED,
        Action.PASSWORD_CHANGED,
        Action.PASSWORD_RESET_SENT,
        Action.SECOND_FACTOR_RESET,
        Action.RECOVERY_CODES_MADE,
        Action.RECOVERY_CODE_USED,
        Action.SESSION_ENDED,
        Action.STEPPED_UP,
        Action.ACCESS_REVIEWED,
        Action.SETTINGS_CHANGED,
        Action.KEYS_ROTATED,
        Action.JOB_RETRIED,
    }
)


class ObjectKind(StrEnum):
    """The kind of record an entry is about."""

    USER = "user"
    AUTHORITY = "authority"
    PERSON = "person"
    LICENCE = "licence"
    PREMISES = "premises"
    ORGANISATION = "organisation"
    VEHICLE = "vehicle"
    MERGE = "merge"
    LINK = "link"
    PROPOSAL = "proposal"
    TASK = "task"
    JOB = "job"
    DRIVER_CHECK = "driver_check"
    IMPORT = "import"
    AUDIT = "audit"
    PAGE = "page"
    CLOCK = "clock"
    POLICY = "policy"
    VETTING_CHECK = "vetting_check"
    TRAINING = "training"
    COURSE = "course"
    APPLICATION = "application"
    CONSIDERATION = "consideration"
    COMPLAINT = "complaint"
    SELF_REPORT = "self_report"
    COURT_CASE = "court_case"
    DECISION = "decision"
    NR3S_SEARCH = "nr3s_search"
    NR3S_ENTRY = "nr3s_entry"
    NR3S_REQUEST = "nr3s_request"
    ALLEGATION = "allegation"
    CONSULTATION = "consultation"
    RELEASE = "release"
    SETTING = "setting"
    CONCERN = "concern"
    AGENCY = "agency"
    DISRUPTION_ACTION = "disruption_action"
    PARTNER_TASK = "partner_task"
    OPERATION = "operation"
    TEST_PURCHASE = "test_purchase"
    HOTEL_NOTICE = "hotel_notice"
    SIGNAL = "signal"
    SUBJECT_MEETING = "subject_meeting"
    INDICATOR = "indicator"
    AWARENESS = "awareness"
    BRIEFING = "briefing"
    NEED_TO_KNOW = "need_to_know"
    NEED_TO_KNOW_REPORT = "need_to_know_report"
    NEED_TO_KNOW_REQUEST = "need_to_know_request"
    NEED_TO_KNOW_FACT = "need_to_know_fact"
    RETURN = "return"
    SUBJECT_ACCESS = "subject_access"
    READING_ALERT = "reading_alert"

    @property
    def label(self) -> str:
        return _KINDS_WRITTEN.get(self, self.replace("_", " ").capitalize())


_KINDS_WRITTEN = {
    ObjectKind.NR3S_SEARCH: "NR3S search",
    ObjectKind.NR3S_ENTRY: "NR3S entry",
    ObjectKind.NR3S_REQUEST: "NR3S request",
    ObjectKind.SELF_REPORT: "Self-report",
    ObjectKind.RELEASE: "Item released by the designated officer",
    ObjectKind.NEED_TO_KNOW: "Need to Know note",
    ObjectKind.NEED_TO_KNOW_REPORT: "Need to Know monthly report",
    ObjectKind.NEED_TO_KNOW_REQUEST: "Request of a reader of the monthly report",
    ObjectKind.READING_ALERT: "Something noticed in the restricted trail",
    ObjectKind.NEED_TO_KNOW_FACT: "Something that may need a Need to Know note",
    ObjectKind.SUBJECT_ACCESS: "Subject access request",
}
