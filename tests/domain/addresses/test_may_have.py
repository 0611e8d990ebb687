"""Who may have a safe address, row by row; and for whom no document leaves unlooked at."""

from __future__ import annotations

from uuid import UUID

import pytest

from goldenthread.domain.addresses.may_have import NOT_TOLD, RULES, Holders, Reader, may_have
from goldenthread.domain.addresses.outgoing import NeverFor, Recipient, held_for, may_decide

KEEPS, TOLD, OTHER, WITH_HIM = (UUID(int=n) for n in range(1, 5))
HIM, HIS_WORKER, NAMED, ANYBODY = (UUID(int=n) for n in range(11, 15))
HELD = Holders(
    agency=KEEPS,
    told_agencies=frozenset({TOLD}),
    told_people=frozenset({NAMED}),
    kept_from=frozenset({HIM}),
    kept_from_names=frozenset({"dean marsh"}),
    acts_for=frozenset({HIS_WORKER}),
    agencies_with_them=frozenset({WITH_HIM}),
)
# who, of which agency, called, part in the team -> shown where it is withheld / where hidden, rule
TABLE = [
    (HIM, KEEPS, "D. M.", "chair", "hidden", "hidden", "address-must-not-reach"),
    (ANYBODY, KEEPS, "Dean MARSH", "allocated", "hidden", "hidden", "address-same-name"),
    (HIS_WORKER, KEEPS, "A", "chair", "withheld", "hidden", "address-acts-for-them"),
    (HIS_WORKER, TOLD, "A", None, "withheld", "hidden", "address-acts-for-them"),
    (NAMED, WITH_HIM, "A", None, "full", "full", "address-told-by-name"),
    (ANYBODY, WITH_HIM, "A", None, "withheld", "hidden", "address-agency-works-with-them"),
    (ANYBODY, OTHER, "A", "chair", "full", "full", "address-chair"),
    (ANYBODY, KEEPS, "A", None, "full", "full", "address-kept-here"),
    (ANYBODY, KEEPS, "A", "named_member", "full", "full", "address-kept-here"),
    (ANYBODY, TOLD, "A", None, "full", "full", "address-agency-told"),
    (ANYBODY, OTHER, "A", "allocated", "withheld", "hidden", "address-not-told"),
    (ANYBODY, OTHER, "A", None, "withheld", "hidden", "address-not-told"),
]


@pytest.mark.parametrize(("who", "agency", "name", "role", "shown", "refuge", "rule"), TABLE)
def test_the_rule_decides(who, agency, name, role, shown, refuge, rule):
    reader = Reader(who, agency, name, role)
    hidden = Holders(**{f: getattr(HELD, f) for f in HELD.__slots__} | {"is_hidden": True})

    plainly, hiding = may_have(HELD, reader), may_have(hidden, reader)

    assert (plainly.shown, plainly.rule) == (shown, rule)
    assert (hiding.shown, hiding.rule) == (refuge, rule)
    assert plainly.reason.endswith(".")


def test_the_table_reaches_every_rule():
    assert {row[6] for row in TABLE} == {rule.id for rule in (*RULES, NOT_TOLD)}


def test_a_told_agency_that_works_with_him_gives_it_to_its_team_members_alone():
    both = Holders(
        agency=KEEPS,
        told_agencies=frozenset({WITH_HIM}),
        agencies_with_them=frozenset({WITH_HIM}),
    )

    assert may_have(both, Reader(ANYBODY, WITH_HIM, "A", "named_member")).is_full
    assert not may_have(both, Reader(ANYBODY, WITH_HIM, "A")).is_full


NEVER = NeverFor(
    UUID(int=99),
    people=frozenset({UUID(int=50)}),
    practitioners=frozenset({HIS_WORKER}),
    names=frozenset({"dean marsh", "hobb and lyle solicitors"}),
)


@pytest.mark.parametrize(
    "one",
    [
        Recipient(person=UUID(int=50)),
        Recipient(practitioner=HIS_WORKER),
        Recipient(words="Dean Marsh"),
        Recipient(words="Mr Dean MARSH, by post"),
        Recipient(words="Hobb and Lyle Solicitors, for the father"),
        Recipient(words="Hobb and Lyle"),
        Recipient(words="Marsh"),
    ],
)
def test_a_document_for_him_or_for_whoever_acts_for_him_is_held(one):
    assert [hit.part for hit in held_for([NEVER], [Recipient(words="court"), one])] == ["for_them"]


@pytest.mark.parametrize(
    "one",
    [Recipient(person=UUID(int=51)), Recipient(words="Family Court"), Recipient(words="Deanery"),
     Recipient(practitioner=HIM), Recipient()],
)  # fmt: skip
def test_a_document_for_others_is_not_held_for_whom_it_is(one):
    assert held_for([NEVER], [one]) == ()


@pytest.mark.parametrize(
    ("who", "agency", "remit", "role", "has", "decides"),
    [
        (ANYBODY, OTHER, "practitioner", "chair", True, True),
        (ANYBODY, KEEPS, "agency_lead", None, True, True),
        (ANYBODY, TOLD, "agency_lead", None, True, False),  # the lead of an agency that keeps it
        (ANYBODY, KEEPS, "practitioner", "allocated", True, False),
        (NAMED, KEEPS, "agency_lead", "chair", True, False),  # the sender, whatever else they are
        (ANYBODY, OTHER, "practitioner", "chair", False, False),
    ],
)
def test_a_named_manager_decides_and_never_the_sender(who, agency, remit, role, has, decides):
    assert decides is may_decide(
        practitioner=who, agency=agency, remit=remit, role=role, sender=NAMED, keepers=[KEEPS],
        may_have_all=has,
    )  # fmt: skip
