"""The headings that councils give the columns of vehicles, operators, premises and decisions."""

from __future__ import annotations

Names = dict[str, tuple[str, ...]]

_SOURCE = ("Reference", "Reference number", "Ref", "Ref no", "ID", "Record ID", "System ID", "Key", "KEYVAL")
_POSTCODE = ("Post code", "Postal code", "PostCode")
_ADDRESS_LINES: Names = {
    "address_line_1": ("Address 1", "Address line 1", "Addr 1", "House and street", "Street"),
    "address_line_2": ("Address 2", "Address line 2", "Addr 2", "Locality"),
    "address_line_3": ("Address 3", "Address line 3", "Addr 3", "Town", "Post town", "City"),
    "address_line_4": ("Address 4", "Address line 4", "Addr 4", "County"),
}
_NUMBER = (
    "Licence Number", "Licence no", "License number", "License no", "Licence", "Licence ref", "Licence reference",
)  # fmt: skip
_STATUS = ("Licence status", "License status", "Current status", "State")
_GRANTED = ("Date granted", "Granted", "Grant date", "Date of grant", "Date first granted")
_STARTS = (
    "Start date", "Start", "Licence start", "Licence start date", "Valid from", "From", "Commencement date",
    "Licence commenced", "Commenced", "Effective from", "Starts", "Date licence takes effect",
    "Last renewal date",
)  # fmt: skip
_ISSUED = ("Issue date", "Date issued", "Issued", "Date of issue", "Licence issued")
_EXPIRES = (
    "Expiry Date", "Expiry", "Expires", "Expiration date", "End date", "End", "Licence expiry", "Licence expires",
    "Licence expiry date", "Licence end date", "Valid to", "Valid until", "To", "Date of expiry", "Next renewal date",
)  # fmt: skip

VEHICLES: Names = {
    "source_id": _SOURCE,
    "vrm": (
        "Vehicle registration", "Registration", "VRN", "Vehicle registration mark", "Registration mark", "Reg",
        "Reg no",
        "Registration number", "Registration no", "Vehicle reg", "Vehicle reg no", "Vehicle registration number",
        "Number plate", "Index mark",
    ),
    "make": ("Vehicle make", "Manufacturer", "Vehicle_Make", "Make of vehicle"),
    "model": ("Vehicle model", "Model of vehicle"),
    "colour": ("Color", "Vehicle colour", "Vehicle color"),
    "licence_no": (*_NUMBER, "Vehicle licence number", "Vehicle licence no", "Certificate number"),
    "licence_type": (
        "Licence type", "License type", "Type of licence", "Type", "Licence category", "Category",
        "Licence description", "taxiOrPHV", "Taxi or PHV", "Taxi/PHV", "Description", "HC or PH",
    ),
    "plate_no": (
        "Plate number", "Plate no", "Plate", "licensePlateNumber", "Licence plate number", "Vehicle plate number",
        "Plate/disc number", "Disc number",
    ),
    "proprietor": (
        "Proprietor name", "Owner", "Name", "Holder", "Licence holder", "Vehicle proprietor", "Name of proprietor",
        "Keeper", "Licensee", "Vehicle owner", "Proprietors",
    ),
    "status": _STATUS,
    "granted_on": _GRANTED,
    "starts_on": (*_STARTS, *_ISSUED),
    "expires_on": _EXPIRES,
    "wheelchair_accessible": (
        "WAV", "Wheelchair accessible", "wheelchairAccessibleVehicle", "Wheelchair accessible vehicle",
        "Wheelchair", "WAV indicator", "Is WAV", "Vehicle type", "Accessible",
    ),
}  # fmt: skip

OPERATORS: Names = {
    "source_id": _SOURCE,
    "name": (
        "Operator name", "Operator", "Company", "Company name", "Business name", "Base name", "Licence holder",
        "Licensee", "Holder", "Name of operator", "Legal name", "Operating company",
    ),
    "trading_name": ("DBA", "Trading as", "Trade name", "T/A", "Trading name(s)"),
    "company_no": (
        "Company number", "Company no", "Companies House number", "Company registration number",
        "Registered number", "CRN",
    ),
    "licence_no": (
        *_NUMBER, "Operator licence number", "Operator licence no", "Operator licence", "Base number",
        "Operator number",
    ),
    "status": _STATUS,
    "granted_on": _GRANTED,
    "starts_on": (*_STARTS, *_ISSUED),
    "expires_on": _EXPIRES,
    "address": ("Operating address", "Business address", "Full address", "Base address", "Registered address"),
    "postcode": _POSTCODE,
    **_ADDRESS_LINES,
}  # fmt: skip

PREMISES: Names = {
    "source_id": _SOURCE,
    "name": (
        "Premises name", "Name of premises", "Trading name", "Premises", "Business name", "Trading as", "Site name",
        "Establishment", "PremisesName",
    ),
    "address": (
        "Premises address", "Address of premises", "Full address", "Location", "Location text", "Property address",
        "Site address", "HMO address", "Dtf Location", "LocationText",
    ),
    "postcode": (*_POSTCODE, "Premises postcode"),
    "uprn": ("Unique property reference number", "UPRN number", "Property reference"),
    "premises_type": ("Type of premises", "Premises category", "Business type", "Use of premises", "Premise type"),
    "licence_no": (
        *_NUMBER, "Case reference", "Case number", "Premises licence number", "Premises licence no",
        "Certificate number", "HMO licence number", "CaseReference", "Application number",
    ),
    "licence_type": (
        "Licence type", "License type", "Type of licence", "Type", "Licence category", "Service type",
        "Service type label", "ServiceTypeLabel", "Activity", "Gambling sector", "Premises activity",
    ),
    "status": _STATUS,
    "granted_on": (*_GRANTED, *_ISSUED, "Case date", "CaseDate", "Licence granted"),
    "starts_on": _STARTS,
    "expires_on": _EXPIRES,
    "holder": (
        "Licence holder", "Licence holder name", "Licensee", "Premises licence holder", "Holder name", "Account name",
        "Name of licence holder", "Manager", "HMO manager", "Licence holder(s)",
    ),
    "dps": (
        "Designated premises supervisor", "DPS name", "Premises supervisor", "Designated supervisor",
        "Name of DPS",
    ),
    "alcohol": ("Alcohol sales", "Sale of alcohol", "On/off sales", "Supply of alcohol", "On or off sales"),
    "occupants": (
        "Total number occupants", "Number of occupants", "Maximum occupants", "Max occupants", "Permitted occupants",
        "Maximum number of occupants", "Permitted number", "Number of persons", "Maximum permitted occupants",
        "Number of households", "Total number of occupants",
    ),
    **_ADDRESS_LINES,
}  # fmt: skip

TRAINING: Names = {
    "source_id": _SOURCE,
    "licence_no": (*_NUMBER, "Driver licence number", "Badge number", "Badge no", "Badge"),
    "family_name": ("Surname", "Last name", "Second name", "Family", "Delegate surname"),
    "date_of_birth": ("Date of Birth", "D.O.B.", "Birth date", "Born", "DOB (dd/mm/yyyy)"),
    "course": ("Course name", "Course title", "Training", "Training course", "Event", "Name of course"),
    "provider": ("Training provider", "Provided by", "Delivered by", "Trainer"),
    "completed_on": (
        "Date completed", "Completed", "Completion date", "Date of training", "Training date", "Date attended",
        "Attended on", "Course date", "Date",
    ),
    "expires_on": _EXPIRES,
    "certificate_no": ("Certificate number", "Certificate", "Certificate reference", "Cert no"),
    "result": ("Outcome", "Pass or fail", "Passed", "Attendance", "Status"),
}  # fmt: skip

DECISIONS: Names = {
    "source_id": _SOURCE,
    "licence_no": (*_NUMBER, "Driver licence number", "Badge licence number"),
    "decision": ("Decision taken", "Decision type", "Type of decision", "Action", "Action taken", "Outcome"),
    "decided_on": ("Date of decision", "Decision date", "Decided", "Date decided", "Date"),
    "notified_on": (
        "Date notified", "Notified", "Notice date", "Date of notice", "Notification date", "Date driver notified",
        "Notice given",
    ),
    "effective_on": (
        "Effective date", "Date effective", "Date decision effective", "Effective from", "Takes effect",
        "Date of effect",
    ),
    "ends_on": ("Suspended until", "Suspension ends", "End of suspension", "Suspension end date"),
    "immediate": ("Immediate effect", "With immediate effect", "Immediate?"),
    "power": ("Section", "Legal power", "Statutory power", "Grounds in law", "Power used"),
    "relevant_information": (
        "Relied on relevant information", "Relevant info", "Relevant information relied on", "NR3S",
    ),
    "permanent": ("Permanent revocation", "Permanently revoked", "Permanent by policy"),
}  # fmt: skip

CHECKS: Names = {
    "source_id": _SOURCE,
    "licence_no": (*_NUMBER, "Driver licence number", "Badge licence number"),
    "family_name": ("Surname", "Last name", "Second name", "Family"),
    "date_of_birth": ("Date of Birth", "D.O.B.", "DOB", "Birth date", "Born"),
    "check": ("Check type", "Type of check", "Check made", "What was checked"),
    "result": ("Check result", "Outcome", "Result of check", "Status result"),
    "checked_on": ("Date checked", "Check date", "Date of check", "Checked", "Date"),
    "certificate_no": ("Certificate number", "DBS certificate number", "DBS number", "Disclosure number"),
    "issued_on": ("Date of issue", "Issue date", "Date issued", "Certificate date"),
    "expires_on": ("Expiry date", "Expiry", "Expires", "Leave ends", "Valid until", "Last day"),
    "level": ("DBS level", "Certificate level", "Level of check"),
    "barred_lists": ("Barred lists checked", "Barred list", "Barred lists?"),
    "update_service": ("On update service", "DBS update service", "Update service?"),
    "reason": ("Why", "Remarks", "Note"),
}  # fmt: skip

COURTS: Names = {
    "source_id": (*_SOURCE, "Case", "Case number", "Case no", "Trial", "URN"),
    "court": ("Court name", "Crown court", "Venue"),
    "started_on": ("Began", "Start date", "Date started", "Trial began", "First day", "Started"),
    "ended_on": ("Ended", "End date", "Date ended", "Trial ended", "Last day", "Concluded"),
    "defendant": ("Defendant name", "Defendant number", "Name of defendant", "Accused"),
    "verdict": ("Outcome", "Finding", "Result"),
    "sentence_months": ("Sentence in months", "Months", "Sentence (months)", "Length of sentence in months"),
    "consecutive": ("Consecutive?", "Served consecutively"),
    "victims_as_witnesses": ("Witnesses", "Victims who were witnesses", "Number of witnesses"),
    "licence_no": (*_NUMBER, "Driver licence number", "Badge number", "Badge no", "Badge"),
}  # fmt: skip
