"""The headings that agencies give the columns of disruption, awareness and indicators."""

from __future__ import annotations

Names = dict[str, tuple[str, ...]]

_SOURCE = ("Reference", "Reference number", "Ref", "Ref no", "ID", "Record ID", "System ID", "Key")

DISRUPTION: Names = {
    "source_id": (*_SOURCE, "Action", "Action number"),
    "power_code": ("Power", "Code", "Power used", "Power code used"),
    "lead_agency": ("Lead", "Led by", "Leading agency", "Agency"),
    "partner_agencies": ("Partners", "Partner agency", "Other agencies", "With"),
    "target_kind": ("Target type", "Kind of target", "Type of target", "Directed at"),
    "target_name": ("Target", "Name of target", "Name", "Premises name", "Subject"),
    "target_address": ("Address", "Address of target", "Premises address"),
    "target_postcode": ("Postcode", "Post code", "Postal code"),
    "decided_on": ("Date decided", "Decided", "Decision date", "Date of decision", "Authorised on", "Date authorised"),
    "served_on": ("Date served", "Served", "Date of service"),
    "in_force_on": ("In force from", "In force", "Effective from", "Takes effect", "Date in force", "Start date"),
    "ends_on": ("Ends", "End date", "Last day", "Expires", "Expiry date", "Until"),
    "outcome": ("Status", "What became of it", "State"),
    "result": ("Effect", "Did it work", "Impact"),
}
AWARENESS: Names = {
    "source_id": _SOURCE,
    "kind": ("Activity", "Type", "Type of activity", "What was done"),
    "audience": ("For whom", "Who", "Target audience"),
    "held_on": ("Date", "Held", "Date held", "Day", "Date of activity"),
    "place": ("Where", "Venue", "Location", "Town"),
    "reach": ("Reached", "Number reached", "Attendance", "Number", "How many"),
    "agency": ("Agency name", "Done by", "Organiser", "Run by"),
}
INDICATORS: Names = {
    "code": ("Indicator", "Measure", "Indicator code", "What was counted"),
    "agency": ("Agency name", "Counted by", "Reported by"),
    "period_start": ("Start", "Start date", "Period from", "From", "First day"),
    "period_end": ("End", "End date", "Period to", "To", "Last day"),
    "value": ("Number", "Count", "Figure", "Total", "How many"),
}
