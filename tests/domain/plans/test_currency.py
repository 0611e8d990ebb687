"""A plan is never current with an entry nobody has considered, and order never matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.plans.currency import currency_of
from goldenthread.domain.plans.triggers import KnownEntry
from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger
from goldenthread.domain.provenance.vocabulary import Concern, Kind, LinkKind, Polarity
from tests.domain.plans.example import (
    ADA,
    AUNT,
    BEN,
    CHILDREN,
    DEAN,
    GROUND,
    HOME,
    NAN,
    NOW,
    PLAN,
    RULES,
    RUTH,
    SIGNED,
    claim,
    entry,
    in_force,
    of,
)

PEOPLE = (RUTH, ADA, NAN, BEN, DEAN, AUNT)
TARGETS = (GROUND, *(of(f"entry {n}") for n in range(6)))


@st.composite
def known_entries(draw, number: int) -> KnownEntry:
    claims = draw(
        st.lists(
            st.sampled_from(
                (
                    claim("lives_at", "stays", DEAN, household=HOME),
                    claim("couple", "together", RUTH, DEAN),
                    claim("cares_for", "none", NAN, ADA),
                    claim("lives_at", "lives", RUTH, household=HOME),
                )
            ),
            max_size=1,
        )
    )
    kinds = st.sampled_from([LinkKind.CORRECTS, LinkKind.WITHDRAWS, LinkKind.DISPUTES])
    own = of(f"entry {number}")
    others = st.sampled_from([t for t in TARGETS if t != own])
    return KnownEntry(
        id=own,
        kind=draw(st.sampled_from(list(Kind))),
        known_from=SIGNED + timedelta(days=draw(st.integers(-30, 60))),
        over_by=draw(st.sampled_from([None, date(2025, 1, 1), date(2026, 2, 20)])),
        concerns=draw(st.frozensets(st.sampled_from([c.value for c in Concern]), max_size=2)),
        polarity=draw(st.sampled_from(list(Polarity))),
        people=draw(st.frozensets(st.sampled_from(PEOPLE), max_size=3)),
        claims=tuple(claims),
        links=tuple(draw(st.lists(st.tuples(kinds, others), max_size=1))),
    )


histories = st.integers(0, 6).flatmap(
    lambda size: st.tuples(*(known_entries(number) for number in range(size)))
)
chosen = st.frozensets(st.sampled_from(TARGETS), max_size=6)
moments = st.integers(-30, 70).map(lambda days: SIGNED + timedelta(days=days))


def how(entries, considered=frozenset(), as_of=NOW):
    version = replace(in_force(), considered=considered)
    return currency_of(version, entries, RULES, children=CHILDREN, as_of=as_of)


@given(histories, chosen, moments)
def test_it_is_never_current_with_an_entry_nobody_considered(entries, considered, as_of):
    found = how(entries, considered, as_of)
    new = {e.id for e in entries if e.known_from <= as_of and e.id not in considered}

    assert set(found.unconsidered) == new
    if new:
        assert found.state is not CurrencyState.CURRENT
    if not new and as_of.date() <= PLAN.review_on:
        assert found.state is CurrencyState.CURRENT


@given(histories, chosen, st.randoms(use_true_random=False))
def test_the_order_in_which_entries_arrive_never_matters(entries, considered, chance):
    shuffled = list(entries)
    chance.shuffle(shuffled)

    assert how(shuffled, considered) == how(entries, considered)


@given(histories, chosen, moments)
def test_later_knowledge_never_leaks_in(entries, considered, as_of):
    by_then = [entry for entry in entries if entry.known_from <= as_of]

    assert how(entries, considered, as_of) == how(by_then, considered, as_of)


@given(histories, chosen)
def test_every_reason_names_only_what_is_known_and_new(entries, considered):
    found = how(entries, considered)

    for reason in found.reasons:
        assert set(reason.because) <= set(found.unconsidered)
        assert set(reason.assumptions) <= {one.key for one in PLAN.assumptions}
    assert (found.state is CurrencyState.STALE) == bool(found.reasons)


@given(histories, chosen, st.frozensets(st.sampled_from(PEOPLE), max_size=4))
def test_a_strength_never_makes_a_plan_need_review(entries, considered, people):
    """Where it is a strength and nothing else: it claims nothing and answers no entry."""
    strength = entry("strength", "strength", people=people, name="a strength of its own")

    before, after = how(entries, considered), how((*entries, strength), considered)

    assert after.reasons == before.reasons
    assert len(after.unconsidered) == len(before.unconsidered) + 1


@given(histories, chosen)
def test_one_more_entry_never_takes_a_reason_away_unless_it_answers_another(entries, considered):
    *fewer, last = entries or (entry("visit"),)
    plain = replace(last, links=())
    because = {id for one in how(fewer, considered).reasons for id in one.because}

    more = {id for one in how((*fewer, plain), considered).reasons for id in one.because}

    assert because <= more


@given(histories, chosen)
def test_considering_everything_leaves_nothing_to_ask(entries, considered):
    everything = frozenset(one.id for one in entries) | considered

    assert how(entries, everything).state is CurrencyState.CURRENT


def test_needing_review_outranks_not_yet_considered_and_both_are_told():
    partner = entry("new_partner", people=(RUTH, DEAN))
    found = how([partner, entry("visit", people=(ADA,))])

    assert found.state is CurrencyState.STALE
    assert len(found.unconsidered) == 2
    assert found.since == date(2026, 3, 13)
    assert found.answer_by(RULES) == date(2026, 3, 15)
    assert how([]).answer_by(RULES) is None


def test_nobody_is_asked_to_have_answered_before_the_plan_was_there():
    known_before = entry("new_partner", people=(RUTH, DEAN), days=-20)
    found = how([known_before])

    assert found.since == SIGNED.date()
    assert found.answer_by(RULES) == date(2026, 2, 3)


def test_it_needs_review_once_its_day_has_passed_and_not_before():
    on_the_day = datetime(2026, 5, 1, 20, tzinfo=UTC)

    assert how([], as_of=on_the_day).state is CurrencyState.CURRENT
    after = how([], as_of=on_the_day + timedelta(days=1))
    assert [one.trigger for one in after.reasons] == [Trigger.REVIEW_PASSED]
    assert after.reasons[0].because == ()


def test_an_immediate_plan_is_looked_at_again_within_the_days_the_rules_give():
    version = replace(in_force(), plan=replace(PLAN, is_immediate=True))

    def on(days: int):
        as_of = SIGNED + timedelta(days=days)
        return currency_of(version, [], RULES, children=CHILDREN, as_of=as_of).state

    assert (on(7), on(8)) == (CurrencyState.CURRENT, CurrencyState.STALE)


def test_whoever_looks_after_it_must_be_on_the_team():
    version = replace(in_force(), owner_on_team=False)
    found = currency_of(version, [], RULES, children=CHILDREN, as_of=NOW)

    assert [one.trigger for one in found.reasons] == [Trigger.OWNER_LEFT]


def test_which_assumption_is_questioned_by_which_entry_can_be_asked():
    partner, ill = entry("new_partner", people=(RUTH, DEAN)), entry("admission", people=(NAN,))
    found = how([partner, ill])

    assert [one.because for one in found.questions("lives")] == [(partner.id,)]
    assert [one.because for one in found.questions("cares")] == [(ill.id,)]
    assert found.questions("away") == ()
