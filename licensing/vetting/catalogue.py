"""The national rules: what the statutory standards and the law ask for, with where each is found.

`verified` says that the source was read; the others are believed right and only warn until a council adopts them as
its own. From each row's own day; a council's own rows go before them.
"""

from datetime import date

from licensing.register.catalogue import Family
from licensing.vetting.law import DEMANDED
from licensing.vetting.rules import CheckKind, LengthUnit, Policy, Requirement

# The Department for Transport's statutory taxi and private hire vehicle standards.
_STANDARDS_FROM = date(2020, 7, 21)
_STANDARDS = "Statutory taxi and private hire vehicle standards, July 2020"
# Immigration Act 2016 Schedule 5, which put s.53A and s.55ZA into the 1976 Act.
_LEAVE_FROM = date(2016, 12, 1)
_GUIDANCE_FROM = date(2023, 11, 17)
_GUIDANCE = "Taxi and private hire vehicle best practice guidance, November 2023"
_TAX_FROM = date(2022, 4, 4)
_TAX = "Finance Act 2021 section 125 and Schedule 33: a renewal needs a tax check"


def _rule(
    check: CheckKind,
    family: Family,
    valid_from: date,
    source: str,
    *,
    every: tuple[int, LengthUnit] | None = None,
    verified: bool = False,
    blocks_grant: bool = True,
    unless_driver: bool = False,
) -> Policy:
    length, unit = every or (None, None)
    return Policy(
        check,
        family,
        Requirement.NEEDED,
        valid_from,
        source,
        verified,
        length=length,
        unit=unit,
        blocks_grant=blocks_grant,
        unless_driver=unless_driver,
    )


_SIX_MONTHS = (6, LengthUnit.MONTHS)
_YEARLY = (1, LengthUnit.YEARS)

NATIONAL: tuple[Policy, ...] = (
    _rule(
        CheckKind.ENHANCED_DBS,
        Family.DRIVER,
        _STANDARDS_FROM,
        f"{_STANDARDS}: enhanced, with the children’s and adults’ barred lists",
        verified=True,
    ),
    _rule(
        CheckKind.DBS_STATUS,
        Family.DRIVER,
        _STANDARDS_FROM,
        f"{_STANDARDS}: by the update service, or a new certificate, every six months",
        every=_SIX_MONTHS,
        blocks_grant=False,
    ),
    _rule(
        CheckKind.RIGHT_TO_WORK,
        Family.DRIVER,
        _LEAVE_FROM,
        DEMANDED[CheckKind.RIGHT_TO_WORK, Family.DRIVER],
        verified=True,
    ),
    _rule(CheckKind.DVLA, Family.DRIVER, _GUIDANCE_FROM, _GUIDANCE, every=_YEARLY),
    _rule(
        CheckKind.MEDICAL,
        Family.DRIVER,
        _GUIDANCE_FROM,
        f"{_GUIDANCE}: DVLA Group 2; the certificate’s own end counts where it is earlier",
        every=(5, LengthUnit.YEARS),
    ),
    _rule(
        CheckKind.OVERSEAS,
        Family.DRIVER,
        _STANDARDS_FROM,
        f"{_STANDARDS}: for three or more continuous months abroad as an adult",
    ),
    _rule(CheckKind.ENGLISH, Family.DRIVER, _STANDARDS_FROM, f"{_STANDARDS}: oral and written"),
    _rule(CheckKind.KNOWLEDGE, Family.DRIVER, _GUIDANCE_FROM, _GUIDANCE, blocks_grant=False),
    _rule(CheckKind.IDENTITY, Family.DRIVER, _GUIDANCE_FROM, _GUIDANCE),
    _rule(CheckKind.TAX_CHECK, Family.DRIVER, _TAX_FROM, _TAX, blocks_grant=False),
    _rule(
        CheckKind.BASIC_DBS,
        Family.OPERATOR,
        _STANDARDS_FROM,
        f"{_STANDARDS}: every year, unless they are also a licensed driver of the same authority",
        every=_YEARLY,
        verified=True,
        unless_driver=True,
    ),
    _rule(
        CheckKind.RIGHT_TO_WORK,
        Family.OPERATOR,
        _LEAVE_FROM,
        DEMANDED[CheckKind.RIGHT_TO_WORK, Family.OPERATOR],
        verified=True,
    ),
    _rule(CheckKind.TAX_CHECK, Family.OPERATOR, _TAX_FROM, _TAX, blocks_grant=False),
    _rule(
        CheckKind.BASIC_DBS,
        Family.VEHICLE,
        _STANDARDS_FROM,
        f"{_STANDARDS}: every year, unless they are also a licensed driver of the same authority",
        every=_YEARLY,
        unless_driver=True,
    ),
    _rule(
        CheckKind.ENHANCED_DBS,
        Family.BADGE,
        _STANDARDS_FROM,
        "The county council’s own arrangement for school transport",
    ),
    _rule(
        CheckKind.DBS_STATUS,
        Family.BADGE,
        _STANDARDS_FROM,
        "The county council’s own arrangement for school transport",
        every=_SIX_MONTHS,
        blocks_grant=False,
    ),
)
