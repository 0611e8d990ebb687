"""The record's statements as the patterns read them: what stands, who knew, and from which day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.from_statements import facts_from
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.risk.shipped import shipped_patterns

SOCIAL_CARE, MIDWIVES, SURGERY, MOTHER, CHILD, CARL = (UUID(int=n) for n in range(1, 7))
KINDS = {SOCIAL_CARE: "children_social_care", MIDWIVES: "midwifery", SURGERY: "gp"}
UNTOLD = tuple(one for one in shipped_patterns() if one.key == "lead_not_told_of_an_adult")


def at(month, day):
    return datetime(2024, month, day, 12, tzinfo=UTC)


def statement(number, agency, kind, when, people, **more):
    return Statement(
        id=UUID(int=100 + number), agency=agency, kind=kind, text="...", happened=on_day(when.date()),
        known_at=when, known_basis="day", how_known="told",
        subjects=tuple(Subject(person, role) for person, role in people), **more,
    )  # fmt: skip


FAMILY = ((CHILD, "child"), (MOTHER, "mother"))
REFERRAL = statement(1, SOCIAL_CARE, "referral", at(1, 10), FAMILY, concerns=("neglect",))
PARTNER = statement(2, MIDWIVES, "new_partner", at(2, 1), (*FAMILY, (CARL, "mother's partner")))


def asked(statements, told=(), links=(), agency=None):
    awareness = {one.id: [Awareness(one.id, one.agency, one.known_at)] for one in statements}
    for row in told:
        awareness[row.statement].append(row)
    facts = tuple(facts_from(statements, awareness, KINDS, links))
    kind = KINDS[agency] if agency else ""
    whose = str(agency) if agency else None
    return evaluate(UNTOLD, facts, date(2024, 2, 20), whose, kind)


def test_agencies_go_by_id_and_are_known_by_kind():
    (raised,) = asked([REFERRAL, PARTNER])

    assert raised.because == (str(PARTNER.id),)
    assert raised.subject == str(MIDWIVES)
    assert raised.question.startswith("Midwifery: ")


def test_told_by_the_record_is_told():
    told = [Awareness(PARTNER.id, SOCIAL_CARE, at(2, 2), "told")]

    assert asked([REFERRAL, PARTNER], told) == ()
    assert asked([REFERRAL, PARTNER], told, agency=SOCIAL_CARE) == ()


def test_another_agency_cannot_ask_for_it():
    assert asked([REFERRAL, PARTNER], agency=SURGERY) == ()


def test_what_was_withdrawn_or_only_asked_raises_nothing():
    withdrawal = statement(3, MIDWIVES, "other", at(2, 3), FAMILY)
    link = Link(withdrawal.id, PARTNER.id, "withdraws")
    unanswered = statement(
        4,
        MIDWIVES,
        "new_partner",
        at(2, 1),
        (*FAMILY, (CARL, "mother's partner")),
        polarity="asked_no_answer",
    )

    assert asked([REFERRAL, PARTNER, withdrawal], links=[link]) == ()
    assert asked([REFERRAL, unanswered]) == ()
