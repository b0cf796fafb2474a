"""What is final stays so: who recorded a row and when is the database's word, and what was settled is settled once.

The application's own ways never did otherwise; these triggers hold whoever can run statements of their own choice as
the application's role to the same. Procedures of jobs run as the owner, each made for one thing, and are not bound.
"""

from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"

# The general form of 0024's stamp_sharing. The first two arguments are the columns of who and of when, the first empty
# where a policy holds the row to its writer already; then pairs of what settles a row and the column of who did it.
STAMP = """
CREATE FUNCTION stamp_row() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    said jsonb := '{}';
    pair int := 2;
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        said := jsonb_build_object(TG_ARGV[1], now());
        IF TG_ARGV[0] <> '' THEN
            said := said || jsonb_build_object(TG_ARGV[0], acting_user());
        END IF;
    END IF;
    WHILE pair < TG_NARGS LOOP
        IF to_jsonb(NEW) ->> TG_ARGV[pair] IS NOT NULL
            AND (TG_OP = 'INSERT' OR to_jsonb(OLD) ->> TG_ARGV[pair] IS NULL)
        THEN
            said := said || jsonb_build_object(TG_ARGV[pair + 1], acting_user());
        END IF;
        pair := pair + 2;
    END LOOP;
    RETURN jsonb_populate_record(NEW, said);
END $$
"""
STAMPED_WHEN = {
    "recorded_at": (
        "appeal",
        "clock_rule",
        "closure_day",
        "conviction_policy",
        "course_acceptance",
        "decision",
        "decision_review",
        "delegation",
        "notice_service",
        "operator_staff",
        "operator_staff_register_check",
        "premises_training",
        "template_review",
        "training_policy",
        "training_record",
        "vetting_check",
        "vetting_policy",
        "workforce_training",
    ),
    "issued_at": ("notice",),
    "at": ("clock_change", "court_defendant", "court_sentence", "marker_considered", "recommendation"),
}
STAMPED_WHO_AND_WHEN = {
    "application": "'recorded_by', 'recorded_at'",
    "application_item": "'by_id', 'at'",
    "clock": "'started_by', 'recorded_at'",
    "complaint": "'by_id', 'at'",
    "consideration": "'opened_by', 'opened_at', 'closed_on', 'closed_by'",
    "consideration_information": "'by_id', 'at'",
    "conviction": "'by_id', 'at'",
    "court_case": "'by_id', 'at'",
    "operator_driver": "'by_id', 'at'",
    "self_report": "'by_id', 'at'",
    "training_offer": "'', 'offered_at', 'settled_at', 'settled_by'",
}

# For 0024's keep_settled: what settles a row, and what may change of it after that.
KEPT = (
    ("appeal", "outcome", ""),
    ("application", "decided_on", ""),
    ("application", "withdrawn_on", ""),
    ("application_item", "superseded_at", ""),
    ("clock", "met_on", ""),
    ("clock", "ceased_at", ""),
    ("closure_day", "withdrawn_at", ""),
    ("complaint", "closed_on", "'person_id'"),
    ("consideration", "closed_on", ""),
    ("consideration_information", "told_on", "'answered_on', 'answer_sealed', 'superseded_at'"),
    ("consideration_information", "answered_on", "'superseded_at'"),
    ("consideration_information", "superseded_at", ""),
    ("conviction", "superseded_at", "'person_id'"),
    ("court_sentence", "superseded_at", ""),
    ("licence_event", "superseded_at", ""),
    ("operator_staff", "superseded_at", ""),
    ("recommendation", "superseded_at", ""),
    ("training_offer", "settled_at", "'person_id'"),
    ("training_record", "superseded_at", "'person_id'"),
    ("vetting_check", "superseded_at", "'person_id'"),
)

# Whose a record is changes with a merge or its undoing alone, in the transaction in which it was approved.
KEEP_PERSON = """
CREATE FUNCTION keep_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND NOT has_just_approved('merge', NEW.person_id)
        AND NOT has_just_approved('unmerge', OLD.person_id)
    THEN
        RAISE EXCEPTION 'a record goes to another person with a merge' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
OF_A_PERSON = (
    "complaint",
    "conviction",
    "disclosure",
    "marker_considered",
    "nr3s_entry",
    "nr3s_search",
    "operator_driver",
    "request_out",
    "training_offer",
    "training_record",
    "vetting_check",
)

# A row is taken back by another in its place, and never by nothing: the arguments are the columns by which that is
# found, or none where it names the row that it supersedes. Asked when the transaction ends.
NEED_SUCCESSOR = """
CREATE FUNCTION need_successor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found boolean;
    same text := '';
    one text;
BEGIN
    FOREACH one IN ARRAY coalesce(TG_ARGV, '{}') LOOP
        same := same || format(' AND (n.%1$I IS NOT DISTINCT FROM ($1).%1$I)', one);
    END LOOP;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I n WHERE n.id <> ($1).id', TG_TABLE_NAME)
        || CASE WHEN TG_NARGS = 0 THEN ' AND n.supersedes_id = ($1).id)'
           ELSE ' AND n.superseded_at IS NULL' || same || ')' END
    INTO found USING NEW;
    IF NOT found THEN
        RAISE EXCEPTION 'a row is taken back by another in its place' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""
SUCCEEDED = {
    "application_item": "'application_id', 'kind'",
    "consideration_information": "",
    "conviction": "",
    "nr3s_search": "",
    "operator_staff": "",
    "recommendation": "'consideration_id', 'application_id'",
    "training_record": "",
    "vetting_check": "",
}

# A decision is notified once, and what that says of it is said then: its effect, what was irregular about it, the end
# of a vehicle's suspension as unfit. Its event is one of its licence; another takes its place that supersedes it.
KEEP_DECISION = """
CREATE FUNCTION keep_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NEW.event_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM licence_event e WHERE e.id = NEW.event_id AND e.licence_id = NEW.licence_id)
    THEN
        RAISE EXCEPTION 'the event is of another licence' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        (OLD.notified_on IS NOT NULL
            AND (OLD.notified_on, OLD.effective_on, OLD.irregularities)
                IS DISTINCT FROM (NEW.notified_on, NEW.effective_on, NEW.irregularities))
        OR NOT NEW.irregularities @> OLD.irregularities
        OR (NEW.ends_on IS DISTINCT FROM OLD.ends_on AND (OLD.ends_on IS NOT NULL OR OLD.kind <> 'suspend_unfit'))
        OR (OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id AND NOT EXISTS (
            SELECT FROM licence_event e WHERE e.id = NEW.event_id AND e.supersedes_id = OLD.event_id)))
    THEN
        RAISE EXCEPTION 'a decision is notified once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

# That a clock was missed is never taken back, and is written down by whatever meets it late. By when one was missed
# that is paused or moved, the change tells, with its moment and both days.
KEEP_CLOCK = """
CREATE FUNCTION keep_clock() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    ELSIF OLD.missed_on IS NOT NULL AND NEW.missed_on IS DISTINCT FROM OLD.missed_on THEN
        RAISE EXCEPTION 'a clock that was missed stays missed' USING ERRCODE = 'insufficient_privilege';
    ELSIF NEW.met_on > NEW.due_on THEN
        NEW.missed_on := coalesce(OLD.missed_on, NEW.due_on);
    END IF;
    RETURN NEW;
END $$
"""
# Nor is it given another day without a word: the change that says so is of the same transaction.
TELL_WHY_MOVED = """
CREATE FUNCTION tell_why_clock_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM clock_change c
        WHERE c.clock_id = NEW.id AND c.at = now() AND c.kind IN ('given_another_day', 'resumed')
          AND c.details ->> 'after' = NEW.due_on::text)
    THEN
        RAISE EXCEPTION 'a clock is moved with a reason' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""

# Once it is on NR3S an entry is amended, removed or put back by an update: that none was needed is no way out.
KEEP_ENTRY = """
CREATE FUNCTION keep_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID)
        AND (OLD.state::text, NEW.state::text) NOT IN (
            ('due', 'entered'), ('due', 'not_needed'), ('entered', 'removed'), ('removed', 'entered'))
    THEN
        RAISE EXCEPTION 'an entry is changed by an update' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

# An event is superseded by a correction that a second person has just approved, or by one that says all that it said
# and more: the notice of a decision, and a file that fills in what was blank. That it was not immediate is said only
# with a day of effect, and that it is not permanent never: a file of drivers says neither (comparing_decisions.py).
GUARD_SUPERSEDING = """
CREATE FUNCTION guard_superseding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said jsonb := jsonb_strip_nulls(to_jsonb(OLD) - '{id, recorded_at, supersedes_id, superseded_at, irregular,
        source_id, relevant_information}'::text[]);
BEGIN
    IF NOT OLD.immediate AND OLD.effective_on IS NULL THEN
        said := said - 'immediate';
    END IF;
    IF NOT OLD.permanent THEN
        said := said - 'permanent';
    END IF;
    IF NOT has_just_approved('correction', OLD.id) AND NOT EXISTS (
        SELECT FROM licence_event n
        WHERE n.supersedes_id = OLD.id AND said <@ to_jsonb(n)
          AND OLD.relevant_information IN (n.relevant_information, 'not_recorded'))
    THEN
        RAISE EXCEPTION 'a second person agrees that an event is corrected' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""

FUNCTIONS = {
    "stamp_row()": STAMP,
    "keep_person()": KEEP_PERSON,
    "need_successor()": NEED_SUCCESSOR,
    "keep_decision()": KEEP_DECISION,
    "keep_clock()": KEEP_CLOCK,
    "tell_why_clock_moved()": TELL_WHY_MOVED,
    "keep_entry()": KEEP_ENTRY,
    "guard_superseding()": GUARD_SUPERSEDING,
}


def upgrade() -> None:
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    stamp_rows()
    keep_rows()
    let_be_succeeded()
    before("clock", "keep", "UPDATE", "keep_clock()")
    before("decision", "keep", "INSERT OR UPDATE", "keep_decision()")
    before("nr3s_entry", "keep_state", "UPDATE", "keep_entry()", "NEW.state IS DISTINCT FROM OLD.state")
    moved = "(NEW.due_on, NEW.due_at) IS DISTINCT FROM (OLD.due_on, OLD.due_at)"
    at_the_end("clock", "tell_why_moved", "tell_why_clock_moved()", moved)
    superseded = "NEW.superseded_at IS DISTINCT FROM OLD.superseded_at"
    at_the_end("licence_event", "guard_superseding", "guard_superseding()", superseded)


def stamp_rows() -> None:
    for column, tables in STAMPED_WHEN.items():
        for table in tables:
            before(table, "stamp", "INSERT", f"stamp_row('', '{column}')")
    for table, arguments in STAMPED_WHO_AND_WHEN.items():
        before(table, "stamp", "INSERT OR UPDATE", f"stamp_row({arguments})")


def keep_rows() -> None:
    for table, settled, open_still in KEPT:
        arguments = f"'{settled}', {open_still}" if open_still else f"'{settled}'"
        before(table, f"keep_{settled}", "UPDATE", f"keep_settled({arguments})")
    for table in OF_A_PERSON:
        before(table, "keep_person", "UPDATE", "keep_person()", "NEW.person_id IS DISTINCT FROM OLD.person_id")


def let_be_succeeded() -> None:
    for table, same in SUCCEEDED.items():
        when = "OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL"
        at_the_end(table, "need_successor", f"need_successor({same})", when)


def before(table: str, name: str, events: str, does: str, when: str = "true") -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {does}")


def at_the_end(table: str, name: str, does: str, when: str) -> None:
    """Asked when the transaction ends, of what the application wrote; a condition is weighed when it writes."""
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        f" WHEN ({when} AND NOT acts_as_owner_of('{table}'::regclass)) EXECUTE FUNCTION {does}"
    )
