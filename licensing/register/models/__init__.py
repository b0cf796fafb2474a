"""The tables of the registers. Every row names its authority, and a child's authority is its parent's."""

from licensing.register.models.corrections import Correction
from licensing.register.models.licences import EntitlementPeriod, Licence, LicenceEvent, LicenceMark, LicencePeriod
from licensing.register.models.links import SamePerson
from licensing.register.models.matches import MatchKey, MatchStatistics, PersonMatch
from licensing.register.models.merges import Merge
from licensing.register.models.organisations import Organisation, Position
from licensing.register.models.people import Person, PersonAddress, PersonIdentifier, PersonName
from licensing.register.models.places import FoodRating, FoodRegistration, ObligationCheck, Premises
from licensing.register.models.vehicles import Vehicle, VehicleMark
from licensing.register.models.working import Draft, Freshness

__all__ = [
    "Correction",
    "Draft",
    "EntitlementPeriod",
    "FoodRating",
    "FoodRegistration",
    "Freshness",
    "Licence",
    "LicenceEvent",
    "LicenceMark",
    "LicencePeriod",
    "MatchKey",
    "MatchStatistics",
    "Merge",
    "ObligationCheck",
    "Organisation",
    "Person",
    "PersonAddress",
    "PersonIdentifier",
    "PersonMatch",
    "PersonName",
    "Position",
    "Premises",
    "SamePerson",
    "Vehicle",
    "VehicleMark",
]
