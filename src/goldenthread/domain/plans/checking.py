"""What stands in the way of signing a plan, and what its writer should look at again.

A refusal is for what cannot keep a child safe however it is meant: an action by nobody, nobody who
can act, somebody away who is to act, what-ifs that lead back to where they began. A warning leaves
the judgement with the people who wrote it. Each is one plain sentence with the place it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.network.vocabulary import Gender
from goldenthread.domain.plans.plan import PlannedAction, SafetyPlan, Who
from goldenthread.domain.plans.rules import PlanRules
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal

LONGEST = 2_000  # letters of one field: a plan is read at three in the morning
FEW = 50  # letters of an action where a sentence names it
BABY_UNTIL = timedelta(days=730)  # for this long a plan is asked what to do about crying; ours


@dataclass(frozen=True, slots=True)
class PersonInPlan:
    """Somebody a plan may name, as far as checking it needs."""

    name: str
    is_child: bool = False
    gender: str = ""
    born: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What is wrong or worth another look, and where: a part of the form, or one row of it.

    `place` is "action:KEY", "what_if:KEY", "assumption:KEY", "danger:KEY", or a part's name.
    `names_a_stranger` says that something is named by an id that is not the writer's to know of.
    """

    place: str
    sentence: str
    names_a_stranger: bool = False


class PlanCannotBeSigned(Refusal):
    """A plan lacks what it must have; `problems` says what, place by place."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in problems))
        self.problems = problems


class NamesAStranger(PlanCannotBeSigned, NotTheirs):
    """The plan names somebody, or rests on something, that its writer may not know of."""

    rule = NOT_IN_WHAT_THEY_READ


def refusal_of(problems: tuple[PlanProblem, ...]) -> PlanCannotBeSigned:
    """The refusal of a plan with these problems, by what the trail is to keep of it."""
    if any(one.names_a_stranger for one in problems):
        return NamesAStranger(problems)
    return PlanCannotBeSigned(problems)


def problems_of(
    plan: SafetyPlan, people: Mapping[Who, PersonInPlan], *, today: date
) -> tuple[PlanProblem, ...]:
    """Every reason why this plan cannot be signed today, in the order of the form.

    `people` are those who can be named, by who they are.
    """
    return (
        *_dangers(plan),
        *_actions(plan, people),
        *_circles(plan, people),
        *_what_ifs(plan, people),
        *_assumptions(plan, people),
        *_men(plan, people),
        *_review(plan, today),
        *_too_long(plan),
    )


def warnings_of(
    plan: SafetyPlan, people: Mapping[Who, PersonInPlan], rules: PlanRules, *, today: date
) -> tuple[PlanProblem, ...]:
    """What the writer should look at again before signing; none of it stops them."""
    return (
        *_relies_on_the_worry(plan, people),
        *_relies_on_a_child(plan, people),
        *_uncovered(plan),
        *_without_what_if(plan, people, today),
        *_long_review(plan, rules, today),
        *(() if plan.child_view.strip() else (PlanProblem("child_view", NO_CHILD_VIEW),)),
    )


NOT_IN_RECORD_OR_TEAM = "Whoever does this is not in this family’s record or team."
NO_CHILD_VIEW = "Nobody has written what the child says, or shows where they cannot speak yet."


def _dangers(plan: SafetyPlan) -> Iterator[PlanProblem]:
    if not plan.dangers:
        yield PlanProblem("dangers", "Say what the danger is, and what will be different.")
    for one in plan.dangers:
        place = f"danger:{one.key}"
        if not (one.who_is_worried.strip() and one.about_what.strip()):
            yield PlanProblem(place, "Say who is worried, and about what.")
        if not (one.adult_does.strip() and one.child_experiences.strip()):
            yield PlanProblem(
                place, "Say what the adult will do differently, and what the child will experience."
            )


def _actions(plan: SafetyPlan, people: Mapping[Who, PersonInPlan]) -> Iterator[PlanProblem]:
    for one in plan.actions:
        place = f"action:{one.key}"
        if not one.what.strip():
            yield PlanProblem(place, "Say what is to be done.")
        if one.who is None:
            yield PlanProblem(place, "Say who does this, by name.")
        elif one.who not in people:
            yield PlanProblem(place, NOT_IN_RECORD_OR_TEAM, names_a_stranger=True)
        elif clash := _away_then(plan, one):
            yield PlanProblem(place, _away_words(people[one.who].name, clash))
    if not any(_can_act(plan, one, people) for one in plan.actions):
        yield PlanProblem(
            "actions",
            "No adult is named who can act: everybody named is a child, away, or nobody. "
            "Name an adult who does something.",
        )


def _can_act(plan: SafetyPlan, one: PlannedAction, people: Mapping[Who, PersonInPlan]) -> bool:
    person = people.get(one.who) if one.who else None
    return person is not None and not person.is_child and not _away_then(plan, one)


def _away_then(plan: SafetyPlan, one: PlannedAction) -> frozenset[Part]:
    """The parts of the week for which an action is by somebody the plan takes to be away."""
    if one.who is None or one.who.is_practitioner:
        return frozenset()
    every = frozenset(Part)
    wanted = frozenset(one.parts) or every
    return frozenset(
        part
        for away in plan.assumed(AssumptionNature.AWAY)
        if one.who.id in away.people
        for part in wanted & (frozenset(away.parts) or every)
    )


def _away_words(name: str, clash: frozenset[Part]) -> str:
    if clash == {Part.NIGHTS}:
        return f"This is for nights, and this plan takes {name} to be away at night."
    return f"This plan takes {name} to be away when this is to be done."


def _circles(plan: SafetyPlan, people: Mapping[Who, PersonInPlan]) -> Iterator[PlanProblem]:
    """Carers who stand in for each other and for whom nobody else does: both may be unwell."""
    stands_in: dict[UUID, set[Who]] = {}
    first: dict[UUID, str] = {}
    for one in plan.what_ifs:
        if one.situation is Situation.CARER_UNWELL and one.about and one.who:
            stands_in.setdefault(one.about, set()).add(one.who)
            first.setdefault(one.about, one.key)
    told: set[frozenset[UUID]] = set()
    for start in stands_in:
        reached = _reached(start, stands_in)
        if reached is None or reached in told:
            continue
        told.add(reached)
        names = [
            people[Who(id)].name if Who(id) in people else "somebody" for id in sorted(reached)
        ]
        yield PlanProblem(
            f"what_if:{first[start]}",
            f"These what-ifs lead in a circle: {' and '.join(sorted(names))} stand in for each "
            "other, and nobody is named for when all of them cannot. Name somebody else.",
        )


def _reached(start: UUID, stands_in: Mapping[UUID, set[Who]]) -> frozenset[UUID] | None:
    """Everybody reached from one carer by who stands in for whom; None where somebody of them needs
    no one to stand in."""
    seen, ahead = {start}, [start]
    while ahead:
        for who in stands_in[ahead.pop()]:
            if who.is_practitioner or who.id not in stands_in:
                return None
            if who.id not in seen:
                seen.add(who.id)
                ahead.append(who.id)
    return frozenset(seen)


def _what_ifs(plan: SafetyPlan, people: Mapping[Who, PersonInPlan]) -> Iterator[PlanProblem]:
    for one in plan.what_ifs:
        place = f"what_if:{one.key}"
        if not one.then_words.strip() or one.who is None:
            yield PlanProblem(place, "Say who then does what.")
        elif one.who not in people:
            yield PlanProblem(place, NOT_IN_RECORD_OR_TEAM, names_a_stranger=True)
        elif one.situation is Situation.CARER_UNWELL and one.who == Who(one.about or UUID(int=0)):
            yield PlanProblem(
                place, f"{people[one.who].name} cannot stand in for themselves. Name somebody else."
            )
        if one.situation is Situation.CARER_UNWELL and one.about is None:
            yield PlanProblem(place, "Say which carer is unwell.")


def _assumptions(plan: SafetyPlan, people: Mapping[Who, PersonInPlan]) -> Iterator[PlanProblem]:
    if not plan.assumptions:
        yield PlanProblem(
            "assumptions",
            "Say what this plan takes to be so: who lives here, who cares, who is well, who is "
            "away. Without that nobody can tell when it is no longer true.",
        )
    for one in plan.assumptions:
        place = f"assumption:{one.key}"
        if not one.words.strip():
            yield PlanProblem(place, "Say in words what is taken to be so.")
        named = one.people or one.practitioners
        if one.nature is not AssumptionNature.OTHER and not named:
            yield PlanProblem(place, "Say of whom this is taken to be so.")
        if any(Who(id) not in people for id in one.people):
            words = "One of these people is not in this family’s record."
            yield PlanProblem(place, words, names_a_stranger=True)


def _men(plan: SafetyPlan, people: Mapping[Who, PersonInPlan]) -> Iterator[PlanProblem]:
    named = (people.get(Who(id)) for id in plan.people)
    if plan.no_men_because.strip():
        return
    if not any(one and one.gender == Gender.MAN and not one.is_child for one in named):
        yield PlanProblem(
            "men", "No father or other man who cares is named. Name them, or say why none is."
        )


def _review(plan: SafetyPlan, today: date) -> Iterator[PlanProblem]:
    if plan.review_on is None:
        yield PlanProblem("review_on", "Say on which day this plan is looked at again.")
    elif plan.review_on <= today:
        yield PlanProblem("review_on", "The day for looking at it again must be after today.")


def _too_long(plan: SafetyPlan) -> Iterator[PlanProblem]:
    texts = [(f"action:{one.key}", one.what) for one in plan.actions]
    texts += [(f"action:{one.key}", one.own_words) for one in plan.actions]
    texts += [(f"assumption:{one.key}", one.words) for one in plan.assumptions]
    texts += [(f"what_if:{one.key}", one.then_words) for one in plan.what_ifs]
    texts += [
        (f"danger:{one.key}", text)
        for one in plan.dangers
        for text in (one.about_what, one.if_nothing_changes, one.adult_does, one.child_experiences)
    ]
    for place, text in texts:
        if len(text) > LONGEST:
            yield PlanProblem(
                place, f"This has {len(text):,} letters; {LONGEST:,} are as many as can be kept."
            )


def _relies_on_the_worry(
    plan: SafetyPlan, people: Mapping[Who, PersonInPlan]
) -> Iterator[PlanProblem]:
    worry = {id for one in plan.dangers for id in one.about}
    for one in plan.actions:
        if one.who and not one.who.is_practitioner and one.who.id in worry and one.who in people:
            yield PlanProblem(
                f"action:{one.key}",
                f"“{_beginning(one.what)}” relies on {people[one.who].name}, whom this plan is "
                "worried about. Say who else makes sure of it.",
            )


def _beginning(words: str) -> str:
    """So much of an action that one is told from another."""
    return words if len(words) <= FEW else words[:FEW].rsplit(" ", 1)[0] + " …"


def _relies_on_a_child(
    plan: SafetyPlan, people: Mapping[Who, PersonInPlan]
) -> Iterator[PlanProblem]:
    for one in plan.actions:
        if one.who and one.who in people and people[one.who].is_child:
            yield PlanProblem(
                f"action:{one.key}",
                f"{people[one.who].name} is a child. Keeping children safe is for adults: say "
                "which adult makes sure of it.",
            )


def _uncovered(plan: SafetyPlan) -> Iterator[PlanProblem]:
    covered = {part for one in plan.actions for part in (one.parts or tuple(Part))}
    for part in Part:
        if part not in covered:
            yield PlanProblem("actions", f"No action is for {part.label.lower()}.")


def _without_what_if(
    plan: SafetyPlan, people: Mapping[Who, PersonInPlan], today: date
) -> Iterator[PlanProblem]:
    answered = {one.situation for one in plan.what_ifs}
    if Situation.CARER_UNWELL not in answered:
        yield PlanProblem("what_ifs", "Nothing says who acts when a carer is unwell.")
    if Situation.BABY_CRYING not in answered and any(
        one.is_child and _is_baby(one, today) for one in people.values()
    ):
        yield PlanProblem("what_ifs", "Nothing says what to do when the baby will not stop crying.")


def _is_baby(one: PersonInPlan, today: date) -> bool:
    born = one.born.from_min if one.born else None
    return born is None or today - born < BABY_UNTIL


def _long_review(plan: SafetyPlan, rules: PlanRules, today: date) -> Iterator[PlanProblem]:
    most = rules.immediate_review
    if plan.is_immediate and plan.review_on and (plan.review_on - today).days > most.value:
        yield PlanProblem(
            "review_on",
            f"This plan keeps a child safe day by day, and is looked at again after more than "
            f"{most.value} {most.unit} ({most.source}).",
        )
