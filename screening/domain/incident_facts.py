"""Facts of this incident and of the risk form."""

from collections.abc import Callable

from screening.domain.contact import (
    RISK_FORM_ITEMS,
    RISK_FORM_WORDS,
    Answer,
    Frequency,
    Grade,
    IncidentType,
    Injury,
    RiskAssessment,
    RiskTool,
    Weapon,
)
from screening.domain.facts import NOT_RECORDED, SENT, Fact, FactKind, FactValue, NotKnown, Subject, any_of, yes_no
from screening.domain.people import party_hurt, party_threat_fields, party_threatened
from screening.domain.signals import Evidence

VIOLENT_TYPES = frozenset(
    {IncidentType.VIOLENCE_WITHOUT_INJURY, IncidentType.VIOLENCE_WITH_INJURY, IncidentType.SEXUAL_OFFENCE}
)
DASH_TOOLS = frozenset({RiskTool.DASH_POLICE_2009, RiskTool.DASH_SAFELIVES})


def _at_incident(*names: str) -> Callable[[Subject], tuple[Evidence, ...]]:
    def fields(subject: Subject) -> tuple[Evidence, ...]:
        return tuple(Evidence(f"/incident/{name}", getattr(subject.contact.incident, name)) for name in names)

    return fields


def _type_where(subject: Subject, kinds: frozenset[IncidentType]) -> tuple[Evidence, ...]:
    """The incident's class, where it is one of `kinds`: a field is evidence only of what it says."""
    kind = subject.contact.incident.type
    return (Evidence("/incident/type", kind),) if kind in kinds else ()


def _asked(name: str, text: str) -> Fact:
    """A yes/no field of the incident, as it stands."""
    return Fact(
        name, FactKind.YES_NO, text, lambda subject: yes_no(getattr(subject.contact.incident, name)), _at_incident(name)
    )


def _type_is(name: str, kind: IncidentType, text: str) -> Fact:
    return Fact(
        name, FactKind.YES_NO, text, lambda subject: subject.contact.incident.type is kind, _at_incident("type")
    )


def _weapon(subject: Subject) -> FactValue:
    weapon = subject.contact.incident.weapon
    if weapon is None:
        return NOT_RECORDED
    return SENT if weapon is Weapon.UNKNOWN else str(weapon)


def _weapon_used(subject: Subject) -> FactValue:
    weapon = _weapon(subject)
    return weapon if isinstance(weapon, NotKnown) else weapon == Weapon.USED


def _adult_injury(subject: Subject) -> FactValue:
    injury = subject.contact.incident.adult_injury
    if injury is None:
        return NOT_RECORDED
    return SENT if injury is Injury.UNKNOWN else str(injury)


def _violence(subject: Subject) -> FactValue:
    """Physical violence in this incident: by its class, an injury, strangulation, a weapon used, or a child hurt."""
    incident = subject.contact.incident
    return any_of(
        (
            incident.type in VIOLENT_TYPES,
            party_hurt(subject),
            yes_no(incident.strangulation),
            _weapon_used(subject),
            any_of(yes_no(child.injured) for child in subject.contact.children),
        )
    )


def _threats(subject: Subject) -> FactValue:
    """Threats in this incident: to a party, or to a child."""
    return any_of((party_threatened(subject), any_of(yes_no(child.threatened) for child in subject.contact.children)))


def _order_breached(subject: Subject) -> FactValue:
    incident = subject.contact.incident
    return any_of((incident.type is IncidentType.BREACH_OF_ORDER, yes_no(incident.order_breached)))


def _order_fields(subject: Subject) -> tuple[Evidence, ...]:
    kinds = frozenset({IncidentType.BREACH_OF_ORDER})
    return (*_at_incident("order_breached")(subject), *_type_where(subject, kinds))


def _form_answer(item: str) -> Callable[[Subject], FactValue]:
    def read(subject: Subject) -> FactValue:
        form = subject.contact.risk_assessment
        return NOT_RECORDED if form is None else yes_no(form.answers.get(item))

    return read


def _form_item(item: str) -> Fact:
    def fields(subject: Subject) -> tuple[Evidence, ...]:
        form = subject.contact.risk_assessment
        return (Evidence(f"/risk_assessment/answers/{item}", form.answers.get(item) if form else None),)

    words = RISK_FORM_WORDS[item]
    return Fact(
        f"form_{item}",
        FactKind.YES_NO,
        f"Risk form: {words[:1].lower()}{words[1:]}",
        _form_answer(item),
        fields,
    )


def _separated(subject: Subject) -> FactValue:
    """By the incident's field or the form's answer; where one of the two is silent, the other stands."""
    asked = (yes_no(subject.contact.incident.separated), _form_answer("separation_past_year")(subject))
    told = [answer for answer in asked if answer is not NOT_RECORDED]
    return any_of(told) if told else NOT_RECORDED


def _separated_fields(subject: Subject) -> tuple[Evidence, ...]:
    form = subject.contact.risk_assessment
    ticked = form.answers.get("separation_past_year") if form else None
    return (
        Evidence("/incident/separated", subject.contact.incident.separated),
        Evidence("/risk_assessment/answers/separation_past_year", ticked),
    )


def grade_of(subject: Subject) -> FactValue:
    """The officer's grade; a specialist's reviewed grade wins where there is one."""
    form = subject.contact.risk_assessment
    if form is None:
        return NOT_RECORDED
    return SENT if form.grade_in_force is Grade.NOT_GRADED else str(form.grade_in_force)


def _grade_fields(subject: Subject) -> tuple[Evidence, ...]:
    form = subject.contact.risk_assessment
    reviewed = form is not None and form.reviewed_grade not in (None, Grade.NOT_GRADED)
    pointer = "/risk_assessment/reviewed_grade" if reviewed else "/risk_assessment/grade"
    grade = grade_of(subject)
    return (Evidence(pointer, None if isinstance(grade, NotKnown) else grade),)


def _ticked_and_crossed(form: RiskAssessment) -> tuple[int, int]:
    """How many items of the form are answered yes, and how many no."""
    answers = [form.answers.get(item) for item in RISK_FORM_ITEMS]
    return answers.count(Answer.YES), answers.count(Answer.NO)


def _ticks(subject: Subject) -> FactValue:
    """How many DASH items are answered yes. DARA is never counted this way (domain facts 1.5).

    A form on which nothing was answered has no count: a blank is not a low number.
    """
    form = subject.contact.risk_assessment
    if form is None or form.tool not in DASH_TOOLS or not form.answers:
        return NOT_RECORDED
    ticked, crossed = _ticked_and_crossed(form)
    return ticked if ticked or crossed else SENT


def _ticks_fields(subject: Subject) -> tuple[Evidence, ...]:
    ticks = _ticks(subject)
    return (Evidence("/risk_assessment/answers", None if isinstance(ticks, NotKnown) else ticks),)


def _form_answered(subject: Subject) -> FactValue:
    """Yes where at least half of a DASH form, or any DARA item, was answered; else not known, never no."""
    form = subject.contact.risk_assessment
    if form is None or (not form.answers and not form.dara_items):
        return NOT_RECORDED
    if form.tool is RiskTool.DARA:
        answered = any(item.frequency not in {None, Frequency.NOT_ASKED} for item in form.dara_items)
    else:
        answered = 2 * sum(_ticked_and_crossed(form)) >= len(RISK_FORM_ITEMS)
    return True if answered else SENT


def _form_fields(subject: Subject) -> tuple[Evidence, ...]:
    form = subject.contact.risk_assessment
    dara = form is not None and form.tool is RiskTool.DARA
    return (Evidence("/risk_assessment/dara_items" if dara else "/risk_assessment/answers", None),)


def _marac(subject: Subject) -> FactValue:
    form = subject.contact.risk_assessment
    return NOT_RECORDED if form is None else yes_no(form.marac_referred)


def _marac_fields(subject: Subject) -> tuple[Evidence, ...]:
    form = subject.contact.risk_assessment
    return (Evidence("/risk_assessment/marac_referred", form.marac_referred if form else None),)


def _violence_fields(subject: Subject) -> tuple[Evidence, ...]:
    names = ("adult_injury", "strangulation", "weapon")
    # A weapon that was only shown is no violence.
    asked = _at_incident(*(names[:2] if subject.contact.incident.weapon is Weapon.THREATENED else names))(subject)
    hurt = tuple(
        Evidence(f"/children/{place}/injured", child.injured)
        for place, child in enumerate(subject.contact.children)
        if child.injured is not None
    )
    return (*_type_where(subject, VIOLENT_TYPES), *asked, *hurt)


def _threat_fields(subject: Subject) -> tuple[Evidence, ...]:
    threatened = tuple(
        Evidence(f"/children/{place}/threatened", child.threatened)
        for place, child in enumerate(subject.contact.children)
        if child.threatened is not None
    )
    return (*party_threat_fields(subject), *threatened)


def _honour(subject: Subject) -> FactValue:
    incident = subject.contact.incident
    return any_of((yes_no(incident.honour_based), yes_no(incident.forced_marriage), yes_no(incident.fgm_risk)))


YES_NO, CODE, NUMBER = FactKind.YES_NO, FactKind.CODE, FactKind.NUMBER

INCIDENT_FACTS: tuple[Fact, ...] = (
    Fact(
        "incident_type",
        CODE,
        "Type of incident",
        lambda subject: str(subject.contact.incident.type),
        _at_incident("type"),
        levels=tuple(IncidentType),
    ),
    Fact("violence", YES_NO, "Physical violence in this incident", _violence, _violence_fields),
    Fact("threats", YES_NO, "Threats in this incident", _threats, _threat_fields),
    _type_is("sexual_offence", IncidentType.SEXUAL_OFFENCE, "Sexual offence in this incident"),
    _type_is("stalking_incident", IncidentType.STALKING_HARASSMENT, "Stalking or harassment is what was reported"),
    _type_is("coercive_control", IncidentType.COERCIVE_CONTROL, "Coercive control is what was reported"),
    _type_is("child_contact_dispute", IncidentType.CHILD_CONTACT_DISPUTE, "A dispute over child contact"),
    Fact(
        "weapon",
        CODE,
        "Weapon or object",
        _weapon,
        _at_incident("weapon"),
        levels=("none", "threatened", "used"),
        ordered=True,
    ),
    Fact(
        "adult_injury",
        CODE,
        "Injury to an adult",
        _adult_injury,
        _at_incident("adult_injury"),
        levels=("none", "minor", "serious"),
        ordered=True,
    ),
    _asked("strangulation", "Strangulation, suffocation or choking in this incident"),
    _asked("threat_to_kill", "Threat to kill in this incident"),
    _asked("alcohol", "Suspect affected by alcohol"),
    _asked("drugs", "Suspect affected by drugs"),
    _asked("honour_based", "So-called honour-based abuse"),
    _asked("forced_marriage", "Forced marriage"),
    _asked("fgm_risk", "Risk of female genital mutilation"),
    Fact(
        "honour_or_forced_marriage_or_fgm",
        YES_NO,
        "So-called honour-based abuse, forced marriage or risk of FGM",
        _honour,
        _at_incident("honour_based", "forced_marriage", "fgm_risk"),
    ),
    Fact(
        "order_breached",
        YES_NO,
        "A court order or bail condition was broken",
        _order_breached,
        _order_fields,
    ),
    Fact("separated", YES_NO, "Separated or separating within the past year", _separated, _separated_fields),
    Fact(
        "grade",
        CODE,
        "Officer's grade of risk to the adult",
        grade_of,
        _grade_fields,
        levels=("standard", "medium", "high"),
        ordered=True,
    ),
    Fact("form_ticks", NUMBER, "Number of yes answers on the DASH form", _ticks, _ticks_fields),
    Fact("form_answered", YES_NO, "The risk form was answered", _form_answered, _form_fields),
    Fact("marac_referred", YES_NO, "Referred to MARAC", _marac, _marac_fields),
    *(_form_item(item) for item in RISK_FORM_ITEMS),
)
