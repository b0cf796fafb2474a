"""How a signal leads to an action about the very thing that it is about."""

from uuid import UUID

from licensing.audit.rules import ObjectKind
from licensing.disruption import aiming
from licensing.disruption.aiming import Found
from licensing.disruption.targets import Aim
from licensing.disruption.words import TargetKind
from licensing.signals import queries
from licensing.signals.words import SignalSubject


def _found(signal_id: UUID) -> Found:
    """A signal about an address is about a place there; of anything else, the record that the reader is shown."""
    signal = queries.signal(signal_id)
    if signal.rule.subject is SignalSubject.ADDRESS:
        return Found(Aim(TargetKind.PLACE, signal.name), signal.name)
    kind = TargetKind(signal.rule.subject.value)
    address, _, postcode = signal.place.rpartition(", ") if kind is TargetKind.PREMISES else ("", "", "")
    aim = Aim(kind, signal.name, address, postcode, signal.record_id, signal.of_authority_id)
    return Found(aim, ", ".join(part for part in (signal.name, signal.place) if part))


aiming.passes_on(ObjectKind.SIGNAL, queries.signal_exists, _found)
