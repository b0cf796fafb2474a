"""What a figure rests on: where a council has recorded nothing of it by the end of a period, nobody knows the number.

figures_recorded of the database says of every period which of these it held, so that what was not recorded then is not
known of then. Of what a hub or a panel counts, the count itself is what it rests on.
"""

from licensing.register.catalogue import Family, LicenceKind

EXISTED = "recorded.existed"
NOT_RECORDED = "nothing is recorded of the period"
NO_LICENCE = "the register here held no licence of this kind by the last day"
NO_COUNCIL = "no council of the area counts it"

# Why a figure is not known, by what it rests on.
MISSING = {
    EXISTED: "the council did not exist on every day of the period",
    "recorded.drivers": "the register here held no driver’s licence by the last day",
    "recorded.vehicles": "the register here held no vehicle licence by the last day",
    "recorded.operators": "the register here held no operator’s licence by the last day",
    "recorded.premises": "the register here held no licence of premises by the last day",
    "recorded.decisions": "what is recorded here of drivers’ licences begins after the first day of the period",
    "recorded.premises_decisions": "what is recorded here of premises begins after the first day of the period",
    "recorded.nr3s_searches": "no search of the national register was recorded here by the last day",
    "recorded.nr3s_entries": "no entry on the national register was recorded here by the last day",
    "recorded.dbs": "no DBS check was recorded here by the last day",
    "recorded.training": "no training of a driver was recorded here by the last day",
    "recorded.clocks": "no statutory period was recorded here by the last day",
    "recorded.concerns_sent": "no concern to another authority was recorded here by the last day",
    "recorded.concerns_received": "no concern from another authority was recorded here by the last day",
    "recorded.operator_drivers": "it is not recorded here which operator a driver works for",
    "recorded.courts": "no trial was recorded here by the last day",
    "recorded.training_offers": "no training was offered by another council by the last day",
    "recorded.imports": "no register was brought in by the last day",
    "recorded.disruption": "no disruption action was recorded by the last day",
    "recorded.operations": "no operation was recorded by the last day",
    "recorded.test_purchases": "no test purchase was recorded by the last day",
}
_FAMILIES = {
    Family.DRIVER: "recorded.drivers",
    Family.VEHICLE: "recorded.vehicles",
    Family.OPERATOR: "recorded.operators",
}
_PREMISES = (LicenceKind.PREMISES_LICENCE, LicenceKind.CLUB_PREMISES_CERTIFICATE)


def of_licences(kind: LicenceKind) -> str:
    """What the number of licences of a kind rests on: the register that holds them."""
    if kind in _PREMISES:
        return "recorded.premises"
    return _FAMILIES.get(kind.family, f"recorded.{kind}")


def why(word: str) -> str:
    """Why a figure that rests on this is not known."""
    is_kind = word.removeprefix("recorded.") in set(LicenceKind)
    return MISSING.get(word, NO_LICENCE if is_kind else NOT_RECORDED)
