"""Each template filled with an invented example, for the solicitor who reads it."""

from datetime import date, timedelta

from licensing.decisions.notices import NoticeText, Particulars, Template, compose
from licensing.decisions.powers import BY_CODE, DecisionKind, Ground, Power
from licensing.register.catalogue import Family

_EXAMPLES = {
    Template.SUSPENSION: (DecisionKind.SUSPEND_FIXED, "S61", Ground.REASONABLE_CAUSE),
    Template.REVOCATION: (DecisionKind.REVOKE, "S61", Ground.REASONABLE_CAUSE),
    Template.REFUSAL: (DecisionKind.REFUSE, "S51_59", Ground.NOT_FIT_AND_PROPER),
    Template.UNFIT_VEHICLE: (DecisionKind.SUSPEND_UNFIT, "S68", Ground.UNFIT_VEHICLE),
    Template.PREMISES: (DecisionKind.MODIFY_CONDITIONS, "LA52", Ground.OBJECTIVES),
}
_FAMILIES = {Template.UNFIT_VEHICLE: Family.VEHICLE, Template.PREMISES: Family.PREMISES}
_LICENCES = {
    Family.DRIVER: "private hire driver licence 000",
    Family.VEHICLE: "hackney carriage vehicle licence 000",
    Family.PREMISES: "premises licence 000 (Example House)",
}
_MARKS = {Family.DRIVER: "badge and licence", Family.VEHICLE: "plate and licence", Family.PREMISES: ""}
_CONDITIONS = {
    Family.VEHICLE: "Where and when the vehicle is to be presented.",
    Family.PREMISES: "The conditions as the decision has them.",
}
_GIVEN = date(2026, 6, 1)


def example_of(template: Template) -> NoticeText:
    """The template as a notice about nobody, served on 1 June 2026."""
    kind, code, ground = _EXAMPLES[template]
    power: Power = BY_CODE[code]
    family = _FAMILIES.get(template, Family.DRIVER)
    return compose(
        Particulars(
            kind=kind,
            power=power,
            council="Example Council",
            contact="Licensing team",
            reference="DC-0000-0000",
            holder="The holder’s name",
            address=["The holder’s address"],
            licence=_LICENCES[family],
            decided_on=_GIVEN,
            given_on=_GIVEN,
            grounds=[ground],
            reasons="The reasons as the decision has them.",
            immediate=template in (Template.SUSPENSION, Template.REVOCATION),
            public_safety="The explanation as the decision has it.",
            effect_from=_GIVEN + timedelta(days=22 - (family is Family.PREMISES)),
            appeal_by=_GIVEN + timedelta(days=20),
            ends_on=date(2026, 8, 1) if template in (Template.SUSPENSION, Template.UNFIT_VEHICLE) else None,
            condition=_CONDITIONS.get(family, ""),
            family=family,
            mark=_MARKS[family],
            relied=family is Family.DRIVER,
            maker="The licensing sub-committee",
        )
    )
