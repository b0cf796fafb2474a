"""The forms of decisions: what was decided, its service, appeals, reviews, and what a council arranges for them."""

from typing import Any

from wtforms.validators import NumberRange

from licensing.decisions.appeal_rules import TYPED_OUTCOMES, AppealOutcome, Court
from licensing.decisions.notices import ServiceMethod
from licensing.decisions.powers import GRANTS, WORDS_ASKED, DecisionKind, Ground, Immediate, Power
from licensing.decisions.rules import Asked, Maker
from licensing.decisions.states import DecisionState, Verdict
from licensing.forms import (
    BaseForm,
    CheckboxesField,
    ChoiceField,
    DateField,
    FilterForm,
    LongTextField,
    NarrativeForm,
    RadioField,
    SubmitField,
    TextField,
    TickBoxField,
    WholeNumberField,
    not_in_the_future,
    options,
)
from licensing.register.catalogue import Family
from licensing.register.events import RelevantInformation
from licensing.suitability.rules import CASE_REFERENCE_HINT, Limb

_LONGEST = 8000
CONDITIONS = "Conditions attached to the licence"
_CONDITION_HINTS = {
    **dict.fromkeys(GRANTS, "If there are any (1976 Act s.47, s.48, s.51, s.55)."),
    DecisionKind.SUSPEND_UNFIT: "Where and when the vehicle is to be presented.",
}
_ELSEWHERE_HINT = "It is kept whatever it lacks, and marked irregular where it breaks a rule."


class DecisionsFilterForm(FilterForm):
    """What the list is narrowed to."""

    state = ChoiceField(
        "Where it stands", empty="Anywhere", choices=[(one, one.label) for one in DecisionState], coerce=DecisionState
    )
    kind = ChoiceField(
        "What", empty="Anything", choices=[(one, one.label) for one in DecisionKind], coerce=DecisionKind
    )


class KindForm(FilterForm):
    """What is decided: asked first, since each asks something else."""

    kind = RadioField("What is decided?", required="Select what is decided", coerce=DecisionKind)
    submit = SubmitField("Continue")


class DecideForm(NarrativeForm):
    """Everything that may be asked of a decision; `ask_only` takes away what this one does not need."""

    decided_on = DateField(
        "When was it decided?", required="Enter the day", called="The day", validators=[not_in_the_future]
    )
    maker = RadioField(
        "Who decided?", required="Select who decided", choices=[(one, one.label) for one in Maker], coerce=Maker
    )
    minute_ref = TextField(
        "Which minute or order?",
        longest=100,
        called="The minute or order",
        hint="Its reference, where the sub-committee or a court decided: for example, minute 14 of 3 June 2026.",
    )
    power = RadioField("By which power?", required="Select the power", called="The power")
    grounds = CheckboxesField("On which grounds?", called="Grounds", coerce=Ground)
    reasons = LongTextField(
        "Reasons",
        longest=_LONGEST,
        rows=8,
        hint="They stand in the notice. " + CASE_REFERENCE_HINT,
    )
    immediate = TickBoxField("It takes effect immediately")
    public_safety = LongTextField(
        "Why does public safety need immediate effect?",
        longest=_LONGEST,
        rows=5,
        called="Why public safety needs it",
        hint="The notice must explain it (1976 Act s.61(2B)).",
    )
    ends_on = DateField("Last day", hint="Of a suspension or a step for a time. Leave empty where it has none.")
    condition = LongTextField(
        "What must be done?",
        longest=4000,
        rows=5,
        called="What must be done",
    )
    starts_on = DateField("First day of the licence")
    expires_on = DateField("Last day of the licence")
    points = WholeNumberField("How many points?", called="Points", validators=[NumberRange(1, 100, "Enter 1 to 100")])
    relevant_information = RadioField(
        "Did the decision rely on relevant information (2022 Act s.1)?",
        choices=[
            (RelevantInformation.WHOLLY, "Wholly"),
            (RelevantInformation.PARTLY, "Partly"),
            (RelevantInformation.NO, "No"),
        ],
        coerce=RelevantInformation,
        called="Whether it relied on relevant information",
    )
    limbs = CheckboxesField(
        "What was it about?", choices=[(one, one.label) for one in Limb], coerce=Limb, called="What it was about"
    )
    not_relied_reason = LongTextField("If not: why not?", longest=2000, rows=3, called="Why not")
    departing = LongTextField(
        "Exceptional reasons for departing from the policy",
        longest=_LONGEST,
        rows=3,
        called="Why it departs from the policy",
        hint="Only where you grant while the policy’s starting point is a refusal.",
    )
    permanent = TickBoxField(
        "Our policy marks this revocation as permanent",
        hint="Wherever the person is checked or applies, that council is asked to speak to you before it decides.",
    )
    new_information = TickBoxField(
        "It rests on other facts than the suspension, or on what was not known when the licence was suspended"
    )
    legal_agreed = TickBoxField("Legal services agreed to a second sanction")
    elsewhere = TickBoxField("This was already decided or issued outside this service", hint=_ELSEWHERE_HINT)
    submit = SubmitField("Continue")

    def ask_only(self, kind: DecisionKind, family: Family, powers: list[Power], *, suspended_before: bool) -> None:
        """Leave the questions of such a decision, and offer its powers and grounds."""
        asked = {"decided_on", "maker", "minute_ref", "reasons", "elsewhere", "sure", "submit", "csrf_token"}
        if kind.needs_notice:
            asked |= {"power", "grounds"}
            can_bite = kind.stops and any(one.immediate in (Immediate.CAN, Immediate.BELIEVED_NEVER) for one in powers)
            if can_bite:
                asked |= {"immediate", "public_safety"}
            if family is Family.DRIVER:
                asked |= {"relevant_information", "limbs", "not_relied_reason"}
        asked |= {
            DecisionKind.SUSPEND_FIXED: {"ends_on"},
            DecisionKind.SUSPEND_INTERIM: {"ends_on"},
            DecisionKind.SUSPEND_UNTIL: {"condition"},
            DecisionKind.SUSPEND_UNFIT: {"condition"},
            DecisionKind.MODIFY_CONDITIONS: {"condition", "ends_on"},
            DecisionKind.EXCLUDE_ACTIVITY: {"condition", "ends_on"},
            DecisionKind.PENALTY_POINTS: {"points"},
            DecisionKind.TRAINING_REQUIRED: {"condition"},
        }.get(kind, set())
        if kind in GRANTS:
            asked |= {"starts_on", "expires_on", "condition", *(("departing",) if family is Family.DRIVER else ())}
        if kind is DecisionKind.REVOKE:
            asked |= {"permanent"} if family is Family.DRIVER else set()
            again = suspended_before and family is not Family.PREMISES
            asked |= {"new_information", "legal_agreed"} if again else set()
        for name in [field.name for field in self if field.name not in asked]:
            del self[name]
        if self.condition:
            self.condition.label.text = f"{WORDS_ASKED[kind]}?" if kind in WORDS_ASKED else CONDITIONS
            self.condition.description = _CONDITION_HINTS.get(kind, "")
        self._offer(powers)

    def _offer(self, powers: list[Power]) -> None:
        if self.power:
            self.power.choices = options((power.code, power.law) for power in powers)
            if len(powers) == 1 and not self.power.data:
                self.power.data = powers[0].code
        if self.grounds:
            grounds = dict.fromkeys(ground for power in powers for ground in power.grounds)
            self.grounds.choices = options((ground.value, ground.label) for ground in grounds)


class GivenOnForm(BaseForm):
    """On which day a notice is to be given: its dates are reckoned from it."""

    given_on = DateField("On which day will it be given?", required="Enter the day", called="The day")
    submit = SubmitField("Issue the notice")


class ServeForm(BaseForm):
    served_on = DateField(
        "On which day was it given?", required="Enter the day", called="The day", validators=[not_in_the_future]
    )
    method = RadioField(
        "How was it given?",
        required="Select how it was given",
        choices=[(one, one.label) for one in ServiceMethod],
        coerce=ServiceMethod,
    )
    recipient = TextField(
        "To whom?", required="Enter to whom", longest=100, hint="For example, the holder.", called="To whom"
    )
    proof = TextField(
        "What proves it?",
        required="Enter what proves it",
        longest=200,
        hint="For example, a signed receipt or a tracking number.",
        called="What proves it",
    )
    effective_on = DateField(
        "From which day does it have effect?", hint="Leave empty where the law says when.", called="The day of effect"
    )
    elsewhere = TickBoxField("It was issued outside this service", hint=_ELSEWHERE_HINT)
    submit = SubmitField("Record it")


class AppealForm(BaseForm):
    lodged_on = DateField("When was it lodged?", required="Enter the day", called="The day")
    court = RadioField("Where?", required="Select the court", choices=[(one, one.label) for one in Court], coerce=Court)
    reference = TextField("The court’s reference (optional)", longest=50, called="The court’s reference")
    submit = SubmitField("Record the appeal")


class HearingForm(BaseForm):
    hearing_on = DateField("When is it heard?", required="Enter the day", called="The day")
    submit = SubmitField("Save")


class EndAppealForm(BaseForm):
    outcome = RadioField(
        "What became of it?",
        required="Select what became of it",
        choices=[(one, one.label) for one in TYPED_OUTCOMES],
        coerce=AppealOutcome,
    )
    ended_on = DateField("On which day?", required="Enter the day", called="The day")
    suspended_until = DateField(
        "If the court put a suspension in its place: its last day",
        called="The last day of the suspension",
        hint="Where the court varied the decision. Leave empty where it gave the licence back.",
    )
    costs = TextField("Costs (optional)", longest=200, called="Costs")
    submit = SubmitField("Record the outcome")


class ReviewForm(NarrativeForm):
    verdict = RadioField(
        "What do you find?",
        required="Select what you find",
        choices=[(one, one.label) for one in Verdict],
        coerce=Verdict,
    )
    words = LongTextField(
        "Why?", required="Enter why", longest=_LONGEST, rows=5, called="Why", hint=CASE_REFERENCE_HINT
    )
    next_on = DateField("When should it be looked at again?", called="The next day", hint="Leave empty for the usual.")
    submit = SubmitField("Record the review")


class SupervisorForm(BaseForm):
    """Who is named as the designated premises supervisor after a removal."""

    holder = TextField(
        "Who is named?",
        required="Enter who is named",
        called="Who is named",
        hint="The reference of a person on your register, like P-1A2B-3C4D. If they have no record, their name.",
    )
    from_on = DateField("First day", required="Enter the first day", validators=[not_in_the_future])
    told_police_on = DateField(
        "When were the police told?",
        required="Enter the day the police were told",
        called="The day",
        hint="They have 14 days to object (Licensing Act 2003 s.37).",
        validators=[not_in_the_future],
    )
    submit = SubmitField("Record it")


class PoliceForm(BaseForm):
    """What the police say of whoever was named."""

    objected = RadioField(
        "Do the police object?", required="Select whether they object", choices=[("yes", "Yes"), ("no", "No")]
    )
    on_day = DateField(
        "When did they say so?",
        required="Enter the day",
        called="The day",
        hint="Where they said nothing: the last of the 14 days.",
        validators=[not_in_the_future],
    )
    submit = SubmitField("Record it")


class DelegationForm(BaseForm):
    user_id = ChoiceField("Which officer?", required="Select the officer")
    reference = TextField(
        "Where was it delegated?",
        required="Enter where it was delegated",
        longest=200,
        hint="For example, a paragraph of the scheme of delegation.",
        called="Where it was delegated",
    )
    ordinary = TickBoxField(
        "Ordinary decisions too, such as grants and renewals",
        hint="Without it the delegation is for immediate action alone.",
    )
    from_on = DateField("From which day?", required="Enter the first day", called="The first day")
    until_on = DateField("Until which day?", hint="Leave empty where it has no end.", called="The last day")
    submit = SubmitField("Record the delegation")


class TemplateReviewForm(BaseForm):
    reviewed_on = DateField(
        "When was it read?", required="Enter the day", called="The day", validators=[not_in_the_future]
    )
    reviewed_by = TextField(
        "By which post?",
        required="Enter the post",
        longest=100,
        hint="For example, licensing solicitor. No name.",
        called="The post",
    )
    submit = SubmitField("Record the review")


def asked_of(kind: DecisionKind, answers: dict[str, Any], power: Power | None) -> Asked:
    """The decision that these answers describe."""
    return Asked(
        kind=kind,
        maker=answers["maker"],
        decided_on=answers["decided_on"],
        power=power,
        grounds=tuple(answers.get("grounds") or ()),
        reasons=answers.get("reasons") or "",
        immediate=bool(answers.get("immediate")),
        public_safety=answers.get("public_safety") or "",
        relevant_information=answers.get("relevant_information"),
        limbs=tuple(answers.get("limbs") or ()),
        not_relied_reason=answers.get("not_relied_reason") or "",
        minute_ref=answers.get("minute_ref") or "",
        departing=answers.get("departing") or "",
        ends_on=answers.get("ends_on"),
        condition=answers.get("condition") or "",
        starts_on=answers.get("starts_on"),
        expires_on=answers.get("expires_on"),
        new_information=bool(answers.get("new_information")),
        legal_agreed=bool(answers.get("legal_agreed")),
        elsewhere=bool(answers.get("elsewhere")),
    )
