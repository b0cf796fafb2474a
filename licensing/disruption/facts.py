"""What the thresholds of powers ask for, as things that an officer can say are so."""

from enum import StrEnum


class Fact(StrEnum):
    """Something that must be so before a power may be used; powers.csv says which asks for what."""

    WITHOUT_CONSENT = "without_consent"
    CHILD_PROTECTED_BY_AGE_OR_ORDER = "child_protected_by_age_or_order"
    GUARDIAN_STATEMENT = "guardian_statement"
    SEXUAL_ACT = "sexual_act"
    TRAFFICKING_RISK = "trafficking_risk"
    EXPLOITATION_CONDUCT = "exploitation_conduct"
    CONVICTED = "convicted"
    ARRESTED = "arrested"
    APPLICATION_MADE = "application_made"
    NAMED_ADULTS = "named_adults"
    STALKING = "stalking"
    SERIOUS_CRIME = "serious_crime"
    HARM_OR_RISK = "harm_or_risk"
    USED_FOR_OFFENCES = "used_for_offences"
    COUNCIL_CONSULTED = "council_consulted"
    HOTEL_USED = "hotel_used"
    TAKES_GUESTS = "takes_guests"
    DISORDER = "disorder"
    OWNERS_CONSULTED = "owners_consulted"
    CLOSURE_NOTICE_SERVED = "closure_notice_served"
    WARNED_IN_WRITING = "warned_in_writing"
    PERSISTENT = "persistent"
    LICENSED_PREMISES = "licensed_premises"
    UNLICENSED_ALCOHOL = "unlicensed_alcohol"
    SOLD_TO_CHILDREN = "sold_to_children"
    TOBACCO_TO_CHILD = "tobacco_to_child"
    ILLICIT_GOODS = "illicit_goods"
    FIRE_FAILURE = "fire_failure"
    SERIOUS_FIRE_RISK = "serious_fire_risk"
    CONTRAVENTION = "contravention"
    INJURY_RISK = "injury_risk"
    HYGIENE_FAILURE = "hygiene_failure"
    HEALTH_RISK = "health_risk"
    HYGIENE_NOTICE_SERVED = "hygiene_notice_served"
    HOUSING_HAZARD = "housing_hazard"
    IMMINENT = "imminent"
    HMO = "hmo"
    PLANNING_BREACH = "planning_breach"
    ILLEGAL_WORKER = "illegal_worker"
    PREVIOUS_SANCTION = "previous_sanction"
    DRUGS_PERMITTED = "drugs_permitted"
    DRUGS_SUSPECTED = "drugs_suspected"
    SUSPICION = "suspicion"
    OPERATION_PLANNED = "operation_planned"
    LICENSED_DRIVER = "licensed_driver"
    LICENSED_VEHICLE = "licensed_vehicle"
    LICENSED_OPERATOR = "licensed_operator"
    UNROADWORTHY = "unroadworthy"
    VEHICLE_OFFENCE = "vehicle_offence"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Fact.WITHOUT_CONSENT: "The adult is with the child without the consent of whoever has lawful control",
    Fact.CHILD_PROTECTED_BY_AGE_OR_ORDER: "The child is under 16, or in care or police protection",
    Fact.GUARDIAN_STATEMENT: "The parent or the local authority makes a statement",
    Fact.SEXUAL_ACT: "An act of a sexual nature",
    Fact.TRAFFICKING_RISK: "Conduct from which there is a risk of a trafficking offence",
    Fact.EXPLOITATION_CONDUCT: "Conduct of criminal exploitation of a child",
    Fact.CONVICTED: "A conviction for an offence that counts",
    Fact.ARRESTED: "An arrest",
    Fact.APPLICATION_MADE: "The main application has been made",
    Fact.NAMED_ADULTS: "The adults are known by name",
    Fact.STALKING: "Conduct of stalking or harassment",
    Fact.SERIOUS_CRIME: "Serious crime or serious disorder",
    Fact.HARM_OR_RISK: "Harm, or a risk of harm, by somebody in regulated activity",
    Fact.USED_FOR_OFFENCES: "Used in the last 3 months, or likely to be used, for child sex offences",
    Fact.COUNCIL_CONSULTED: "The local authority was consulted",
    Fact.HOTEL_USED: "A reasonable belief that the hotel was or will be used for child sexual exploitation",
    Fact.TAKES_GUESTS: "The place takes paying guests",
    Fact.DISORDER: "Nuisance, disorder, harassment, alarm or distress",
    Fact.OWNERS_CONSULTED: "Owner, landlord and whoever lives there were told where possible",
    Fact.CLOSURE_NOTICE_SERVED: "A closure notice was served first",
    Fact.WARNED_IN_WRITING: "A written warning was given, with time to change",
    Fact.PERSISTENT: "It is persistent or continuing",
    Fact.LICENSED_PREMISES: "The place has a premises licence",
    Fact.UNLICENSED_ALCOHOL: "Alcohol is sold without authority",
    Fact.SOLD_TO_CHILDREN: "Alcohol was sold to somebody under 18",
    Fact.TOBACCO_TO_CHILD: "Tobacco or nicotine was sold to somebody under 18",
    Fact.ILLICIT_GOODS: "Illicit, substituted or short-measured goods",
    Fact.FIRE_FAILURE: "A failure to keep the fire safety order",
    Fact.SERIOUS_FIRE_RISK: "A serious risk to people if there is a fire",
    Fact.CONTRAVENTION: "A breach of health and safety law that goes on or is likely to be repeated",
    Fact.INJURY_RISK: "A risk of serious personal injury",
    Fact.HYGIENE_FAILURE: "A failure to keep food hygiene law",
    Fact.HEALTH_RISK: "An imminent risk to health",
    Fact.HYGIENE_NOTICE_SERVED: "A hygiene emergency prohibition notice was served first",
    Fact.HOUSING_HAZARD: "A category 1 or 2 hazard in a dwelling",
    Fact.IMMINENT: "An imminent risk of serious harm",
    Fact.HMO: "The place is a house in multiple occupation",
    Fact.PLANNING_BREACH: "A breach of planning control",
    Fact.ILLEGAL_WORKER: "Somebody works there who may not",
    Fact.PREVIOUS_SANCTION: "An earlier sanction for illegal working",
    Fact.DRUGS_PERMITTED: "Whoever runs the place knowingly lets drugs be used, made or supplied",
    Fact.DRUGS_SUSPECTED: "Reasonable ground to suspect drugs there",
    Fact.SUSPICION: "Reasonable suspicion of an offence",
    Fact.OPERATION_PLANNED: "An operation is planned and authorised",
    Fact.LICENSED_DRIVER: "The person holds a driver’s licence",
    Fact.LICENSED_VEHICLE: "The vehicle is licensed",
    Fact.LICENSED_OPERATOR: "The operator is licensed",
    Fact.UNROADWORTHY: "The vehicle is not fit for the road",
    Fact.VEHICLE_OFFENCE: "Driven uninsured, unlicensed or anti-socially",
}
