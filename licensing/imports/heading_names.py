"""Our column names, with the headings that councils give them, and which a file must have.

Headings are compared by letters and digits alone, so "D.O.B." and "dob" are one.
"""

from __future__ import annotations

from licensing.imports.disruption_headings import AWARENESS, DISRUPTION, INDICATORS
from licensing.imports.rules import ImportKind
from licensing.imports.thing_headings import CHECKS, COURTS, DECISIONS, OPERATORS, PREMISES, TRAINING, VEHICLES, Names

_DRIVERS: Names = {
    "source_id": ("Reference", "Reference number", "Ref", "Ref no", "ID", "Record ID", "System ID"),
    "given_names": (
        "Forename(s)", "First name", "Forename", "First names", "Given name", "Christian name",
    ),
    "middle_names": (
        "Middle name(s)", "Middle name", "Middle name(s)/initial(s)", "Initial(s)", "Initial",
    ),
    "family_name": ("Surname", "Last name", "Second name", "Family"),
    "full_name": (
        "Name", "Full name", "Driver name", "Driver's name", "Name of driver", "Driver", "Holder",
        "Licence holder", "Licensee", "Holder name", "Licence holder name", "Applicant name",
    ),
    "full_name_family_first": (
        "Surname, Forename, Initial", "Surname, Forename", "Surname, Forename(s)",
        "Surname Forename", "Surname, First name", "Last name, First name",
    ),
    "other_names": (
        "Alias", "Aliases", "Also known as", "AKA", "Former name", "Former names", "Previous name",
        "Previous names", "Maiden name", "Other name",
    ),
    "date_of_birth": ("Date of Birth", "D.O.B.", "Birth date", "Born", "DOB (dd/mm/yyyy)"),
    "postcode": ("Post code", "Home postcode", "Postal code"),
    "address": ("Home address", "Full address", "Holder address", "Residential address"),
    "address_line_1": ("Address 1", "Address line 1", "Addr 1", "House and street", "Street"),
    "address_line_2": ("Address 2", "Address line 2", "Addr 2", "Locality"),
    "address_line_3": ("Address 3", "Address line 3", "Addr 3", "Town", "Post town", "City"),
    "address_line_4": ("Address 4", "Address line 4", "Addr 4", "County"),
    "nino": (
        "NI Number", "National Insurance number", "NI no", "National Insurance no", "N.I.", "NI",
        "N.I.N.O.",
    ),
    "driving_licence_no": (
        "Driving licence number", "Driving licence", "DVLA number", "DVLA no",
        "DVLA licence number", "DVLA driver number", "Driver number", "GB driver number",
    ),
    "licence_no": (
        "Licence Number", "Licence no", "License number", "License no", "Licence", "Licence ref",
        "Licence reference", "Driver licence number", "Taxi licence number",
    ),
    "licence_type": (
        "Licence type", "License type", "Type of licence", "Type", "Licence category", "Category",
        "Licence description",
    ),
    "status": ("Licence status", "License status", "Current status", "State"),
    "granted_on": (
        "Date granted", "Granted", "Grant date", "Date of grant",
    ),
    "starts_on": (
        "Start date", "Licence start", "Licence start date", "Valid from", "From", "Issue date",
        "Date issued", "Issued", "Date of issue", "Commencement date", "Effective from", "Starts",
    ),
    "expires_on": (
        "Expiry Date", "Expiry", "Expires", "Expiration date", "End date", "Licence expiry",
        "Licence expiry date", "Licence end date", "Valid to", "Valid until", "To",
        "Date of expiry",
    ),
    "badge_no": ("Badge No", "Badge number", "Badge", "Driver badge number"),
    "vrm": (
        "Vehicle registration", "Vehicle registration mark", "Registration", "Reg", "Reg no",
        "Registration number", "Vehicle reg", "Number plate",
    ),
}  # fmt: skip

_PERSONAL: Names = {
    **{name: _DRIVERS[name] for name in (
        "source_id", "given_names", "middle_names", "family_name", "full_name",
        "full_name_family_first", "other_names", "date_of_birth", "postcode", "address",
        "address_line_1", "address_line_2", "address_line_3", "address_line_4", "status",
        "starts_on", "expires_on",
    )},
    "licence_no": (*_DRIVERS["licence_no"], "Personal licence number", "Personal licence no", "Personal licence"),
    "granted_on": (*_DRIVERS["granted_on"], "Issue date", "Date issued", "Issued", "Date of issue"),
}  # fmt: skip
_PERSONAL["starts_on"] = tuple(name for name in _DRIVERS["starts_on"] if name not in _PERSONAL["granted_on"])

# Whose register it is: a file that names another council is refused.
_AUTHORITY: Names = {
    "authority_code": (
        "la_code", "GSS code", "Local authority code", "Council code", "Licensing authority code", "lad_code",
    ),
    "authority_name": (
        "la_name", "Local authority", "Local authority name", "Council", "Council name", "Licensing authority",
        "Licensing authority name", "licensingAuthorityName", "Authority", "Organisation label", "OrganisationLabel",
    ),
}  # fmt: skip

COLUMNS: dict[str, Names] = {
    kind: {**names, **_AUTHORITY}
    for kind, names in {
        ImportKind.DRIVERS: _DRIVERS,
        ImportKind.PERSONAL_LICENCES: _PERSONAL,
        ImportKind.VEHICLES: VEHICLES,
        ImportKind.OPERATORS: OPERATORS,
        ImportKind.PREMISES: PREMISES,
        ImportKind.ADVERSE_DECISIONS: DECISIONS,
        ImportKind.TRAINING: TRAINING,
        ImportKind.VETTING: CHECKS,
        ImportKind.COURTS: COURTS,
        ImportKind.DISRUPTION: DISRUPTION,
        ImportKind.AWARENESS: AWARENESS,
        ImportKind.INDICATORS: INDICATORS,
    }.items()
}

_NAME = ("the holder's name", ("family_name", "full_name", "full_name_family_first"))
_NUMBER = ("the licence number", ("licence_no",))

# What is missing, in words, and the columns of which any one will do.
REQUIRED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    ImportKind.DRIVERS: (_NAME, _NUMBER, ("the type of licence", ("licence_type",))),
    ImportKind.PERSONAL_LICENCES: (_NAME, _NUMBER),
    ImportKind.VEHICLES: (("the registration mark", ("vrm",)),),
    ImportKind.OPERATORS: (("the operator's name", ("name",)), _NUMBER),
    ImportKind.PREMISES: (("the name or the address", ("name", "address", "address_line_1")),),
    ImportKind.ADVERSE_DECISIONS: (_NUMBER, ("the decision", ("decision",))),
    ImportKind.TRAINING: (_NUMBER, ("the family name", ("family_name",)), ("the course", ("course",))),
    ImportKind.VETTING: (
        ("whose check it is", ("source_id", "licence_no", "family_name")),
        ("what was checked", ("check",)),
        ("the result", ("result",)),
        ("the date it was checked", ("checked_on",)),
    ),
    ImportKind.COURTS: (
        ("the key of the proceedings", ("source_id",)),
        ("the court", ("court",)),
        ("the defendant", ("defendant",)),
    ),
    ImportKind.DISRUPTION: (
        ("the key of the action", ("source_id",)),
        ("the code of the power", ("power_code",)),
        ("the agency that leads", ("lead_agency",)),
        ("at what it is directed", ("target_kind",)),
        ("the name of the target", ("target_name",)),
    ),
    ImportKind.AWARENESS: (
        ("the key of the activity", ("source_id",)),
        ("what was done", ("kind",)),
        ("the audience", ("audience",)),
        ("the day", ("held_on",)),
        ("how many it reached", ("reach",)),
    ),
    ImportKind.INDICATORS: (
        ("the code of the indicator", ("code",)),
        ("the first day of the period", ("period_start",)),
        ("the last day of the period", ("period_end",)),
        ("the number", ("value",)),
    ),
}
