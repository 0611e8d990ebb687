"""`decide`: may this person do this to this record, by which rule, and with what duty?

Deny by default; the first rule that settles the question wins. Nothing is silently missing: an
entry is shown in full, or masked with a way forward, or the family is not shown at all. The rules
live in one table so that a page can explain them and the query forms (`visible_to`, `known_of`)
can be checked against it. Restrictions come before relationships, in the order of the access
policy: conflict of interest outranks everything, then a seal, then withholding; a label is asked
about once somebody has a relationship and a part that allows the action. A broken glass stands in
place of a relationship and of clearance for some labels; all that comes before bars it too, and
while it is open the record is read only.

Of one entry, an allowed one is shown in full, a masked one with a date and a way forward, and one
that is refused does not exist for whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable

from goldenthread.domain.access.actions import READS, Action, Outcome
from goldenthread.domain.access.asked import (
    Actor,
    Decision,
    EntryHolders,
    FamilyTies,
    Question,
    Rule,
    by_glass,
)
from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.restrictions import (
    is_sealed_from,
    is_withheld_from,
    lacks_clearance,
)
from goldenthread.domain.access.team import LOOK_AFTER_THE_TEAM, Candidate, TeamRole

__all__ = [
    "NOTHING_MATCHED",
    "READS",
    "RULES",
    "Action",
    "Actor",
    "Decision",
    "EntryHolders",
    "FamilyTies",
    "Outcome",
    "by_glass",
    "decide",
]


def _is_chair(q: Question) -> bool:
    return q.ties.role == TeamRole.CHAIR


def _is(role: TeamRole) -> Callable[[Question], bool]:
    return lambda q: q.ties.role == role


def _has_no_tie(q: Question) -> bool:
    return q.ties.role is None and not q.ties.agency_on_team and not _reads_by_glass(q)


def _reads_by_glass(q: Question) -> bool:
    return q.ties.glass is not None and q.action in READS


def _acts_by_glass(q: Question) -> bool:
    return q.ties.glass is not None and q.action not in READS


def _from_outside(*actions: Action) -> Callable[[Question], bool]:
    """That somebody who is not of the team themselves asks for one of these."""
    return lambda q: q.action in actions and q.ties.role is None


def _seals_from_outside(q: Question) -> bool:
    restricts = q.action in (Action.LABEL_ENTRY, Action.WITHHOLD_ENTRY)
    member_or_lead = q.ties.role is not None or q.actor.remit == Remit.AGENCY_LEAD
    return (restricts and not member_or_lead) or (
        q.action is Action.SEAL_RECORD
        and q.actor.remit != Remit.AGENCY_LEAD
        and q.ties.role not in (TeamRole.ALLOCATED, TeamRole.CHAIR)
    )


def _labels_anothers_entry(q: Question) -> bool:
    theirs_to_keep = q.ties.role in (TeamRole.ALLOCATED, TeamRole.CHAIR) or _own_entry(q)
    return q.action is Action.LABEL_ENTRY and q.entry is not None and not theirs_to_keep


def _packs_from_outside(q: Question) -> bool:
    is_lead = q.actor.remit == Remit.AGENCY_LEAD
    if q.action is Action.CHECK_PACK:
        return not is_lead and q.ties.role is None
    prepares = q.action in (Action.PREPARE_PACK, Action.RELEASE_PACK)
    return prepares and not is_lead and q.ties.role != TeamRole.ALLOCATED


def _settles_the_team(q: Question) -> bool:
    return q.action in (Action.JOIN_TEAM, Action.END_MEMBERSHIP)


def _team_from_outside(q: Question) -> bool:
    is_lead = q.actor.remit == Remit.AGENCY_LEAD
    return _settles_the_team(q) and not is_lead and q.ties.role not in LOOK_AFTER_THE_TEAM


def _puts_oneself_on_team(q: Question) -> bool:
    who = q.candidate and q.candidate.practitioner
    return q.action is Action.JOIN_TEAM and who == q.actor.practitioner


def _anothers_people(q: Question) -> bool:
    elsewhere = q.candidate is not None and q.candidate.agency != q.actor.agency
    return _settles_the_team(q) and elsewhere and q.ties.role not in LOOK_AFTER_THE_TEAM


def _is_sealed_out(q: Question) -> bool:
    sealed = q.entry and q.entry.restriction
    return bool(sealed and is_sealed_from(sealed, q.actor.practitioner))


def _is_withheld(q: Question) -> bool:
    one = q.entry and q.entry.restriction
    return bool(one and is_withheld_from(one, q.actor.practitioner, q.actor.agency))


def _lacks_clearance(q: Question, uncleared: Uncleared) -> bool:
    one = q.entry and q.entry.restriction
    cleared = q.ties.restrictions.cleared
    return bool(one and lacks_clearance(one, uncleared, q.actor.practitioner, cleared))


def _would_read(q: Question) -> bool:
    return q.ties.reads_all or _own_entry(q) or _told_entry(q)


def _own_entry(q: Question) -> bool:
    return q.entry is not None and q.entry.agency == q.actor.agency


def _told_entry(q: Question) -> bool:
    return q.entry is not None and q.actor.agency in q.entry.known_to


RULES: tuple[Rule, ...] = (
    Rule(
        "account-not-active",
        Outcome.DENY,
        "This account is not active.",
        lambda q: not q.actor.is_active,
    ),
    Rule(
        "conflict-of-interest",
        Outcome.DENY,
        "A conflict of interest with this family is recorded for you. Nothing outranks it.",
        lambda q: q.ties.restrictions.in_conflict,
    ),
    Rule(
        "family-sealed",
        Outcome.DENY,
        "This record is sealed, and you are not on its named list.",
        lambda q: q.ties.restrictions.is_sealed_out,
    ),
    Rule(
        "entry-sealed",
        Outcome.DENY,
        "This entry is sealed, and you are not on its named list.",
        _is_sealed_out,
    ),
    Rule(
        "family-withheld",
        Outcome.DENY,
        "This record is withheld from you or from your agency.",
        lambda q: q.ties.restrictions.is_withheld,
    ),
    Rule(
        "entry-withheld",
        Outcome.DENY,
        "This entry is withheld from you or from your agency.",
        _is_withheld,
    ),
    Rule(
        "administrator-holds-no-content",
        Outcome.DENY,
        "Account administrators look after accounts and do not see families' records.",
        lambda q: q.actor.remit == Remit.ADMINISTRATOR,
    ),
    Rule(
        "partnership-manager-holds-no-content",
        Outcome.DENY,
        "Partnership managers set when patterns ask and do not see families' records.",
        lambda q: q.actor.remit == Remit.PARTNERSHIP_MANAGER,
    ),
    Rule(
        "governance-holds-no-content",
        Outcome.DENY,
        "Information governance looks at who looked and does not see families' records.",
        lambda q: q.actor.remit == Remit.INFORMATION_GOVERNANCE,
    ),
    Rule(
        "glass-is-read-only",
        Outcome.DENY,
        "While the glass is broken you can only read this record: nothing is written, sent or "
        "taken away.",
        _acts_by_glass,
    ),
    Rule(
        "no-relationship-to-family",
        Outcome.DENY,
        "Neither you nor your agency is part of the team around this family.",
        _has_no_tie,
    ),
    Rule(
        "publishing-needs-own-membership",
        Outcome.DENY,
        "Only a member of the team around this family can publish its chronology.",
        _from_outside(Action.PUBLISH_CHRONOLOGY),
    ),
    Rule(
        "summary-needs-own-membership",
        Outcome.DENY,
        "Only a member of the team around this family can write or give its summary.",
        _from_outside(Action.WRITE_SUMMARY),
    ),
    Rule(
        "decision-needs-own-membership",
        Outcome.DENY,
        "Only a member of the team around this family can sign a decision about it.",
        _from_outside(Action.SIGN_DECISION),
    ),
    Rule(
        "plan-needs-own-membership",
        Outcome.DENY,
        "Only a member of the team around this family can write, sign or answer for its plan.",
        _from_outside(Action.WRITE_PLAN),
    ),
    Rule(
        "another-family-needs-own-membership",
        Outcome.DENY,
        "Only a member of the team around this family sees whom it shares with another family.",
        _from_outside(Action.LINK_PEOPLE, Action.FOLLOW_LINK),
    ),
    Rule(
        "restricting-needs-own-part",
        Outcome.DENY,
        "Only a member of the team or the agency's lead restricts this; a seal is set by the "
        "allocated worker, the chair or a lead.",
        _seals_from_outside,
    ),
    Rule(
        "label-is-for-its-agency",
        Outcome.DENY,
        "Only the agency that made this entry, the allocated worker or the chair labels it.",
        _labels_anothers_entry,
    ),
    Rule(
        "pack-needs-own-part",
        Outcome.DENY,
        "The allocated worker or the agency's lead prepares a pack; a member or a lead checks it.",
        _packs_from_outside,
    ),
    Rule(
        "team-needs-own-part",
        Outcome.DENY,
        "The allocated worker, the chair, or an agency's lead says who is on the team around this "
        "family.",
        _team_from_outside,
    ),
    Rule(
        "nobody-joins-by-themselves",
        Outcome.DENY,
        "Nobody puts themselves on a team: somebody else who may does so.",
        _puts_oneself_on_team,
    ),
    Rule(
        "lead-for-own-agency",
        Outcome.DENY,
        "An agency's lead settles this for people of their own agency, and for nobody of another.",
        _anothers_people,
    ),
    Rule(
        "label-hides",
        Outcome.DENY,
        "This entry carries a label that hides it from whoever is not cleared.",
        lambda q: _lacks_clearance(q, Uncleared.HIDDEN),
    ),
    Rule(
        "label-masks",
        Outcome.MASK,
        "This entry is restricted. Your agency holds it, and you are not cleared to read it.",
        lambda q: _would_read(q) and _lacks_clearance(q, Uncleared.MASKED),
    ),
    Rule(
        "glass-broken",
        Outcome.ALLOW,
        "You broke the glass, for a reason that somebody else reviews.",
        _reads_by_glass,
    ),
    Rule(
        "chair-sees-pooled-record",
        Outcome.ALLOW,
        "You chair this child's conference and see what every agency put in the record.",
        lambda q: q.entry is not None and _is_chair(q),
    ),
    Rule(
        "own-agency-entry",
        Outcome.ALLOW,
        "Your agency made this entry.",
        _own_entry,
    ),
    Rule(
        "agency-was-told",
        Outcome.ALLOW,
        "Your agency was told this.",
        _told_entry,
    ),
    Rule(
        "held-by-another-agency",
        Outcome.MASK,
        "Another agency holds this and has not shared it with yours.",
        lambda q: q.entry is not None,
    ),
    Rule(
        "allocated-worker",
        Outcome.ALLOW,
        "You are allocated to this family.",
        _is(TeamRole.ALLOCATED),
    ),
    Rule(
        "conference-chair",
        Outcome.ALLOW,
        "You chair this child's conference.",
        _is_chair,
    ),
    Rule(
        "named-member",
        Outcome.ALLOW,
        "You are a named member of the team around this family.",
        _is(TeamRole.NAMED_MEMBER),
    ),
    Rule(
        "supervisor",
        Outcome.ALLOW,
        "You supervise the allocated worker of this family.",
        _is(TeamRole.SUPERVISOR),
    ),
    Rule(
        "core-group-member",
        Outcome.ALLOW,
        "You are a member of this family's core group.",
        _is(TeamRole.CORE_GROUP),
    ),
    Rule(
        "strategy-meeting-member",
        Outcome.ALLOW,
        "You are a member of a strategy meeting about this family.",
        _is(TeamRole.STRATEGY_MEETING),
    ),
    Rule(
        "review-panel-member",
        Outcome.ALLOW,
        "You are a member of a panel that reviews this family's record.",
        _is(TeamRole.REVIEW_PANEL),
    ),
    Rule(
        "same-agency",
        Outcome.ALLOW,
        "A colleague in your agency is part of the team around this family.",
        lambda q: q.ties.agency_on_team,
    ),
)
NOTHING_MATCHED = Decision(Outcome.DENY, "nothing-matched", "No rule allows this.")


def decide(
    actor: Actor, action: Action, ties: FamilyTies, entry: EntryHolders | None = None, *,
    candidate: Candidate | None = None,
) -> Decision:  # fmt: skip
    """Decide one request.

    `entry` is given when it concerns one entry, not the whole family; `candidate` when it is about
    somebody's place on the team.
    """
    question = Question(actor, action, ties, entry, candidate)
    for rule in RULES:
        if rule.applies(question):
            return Decision(rule.outcome, rule.id, rule.reason)
    return NOTHING_MATCHED
