"""Faults put into the policy one at a time, each of which the comparison of worlds must catch.

`test_restricted` holds rules, queries and pages to what was done. Here one of them is made wrong
before it is run: a rule is left out, a clause is dropped, a surface forgets to ask. A fault that
nothing notices is a hole in the comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from goldenthread.domain.access import decision, restrictions
from goldenthread.domain.access.decision import FamilyTies
from goldenthread.domain.access.labels import LabelKey
from goldenthread.records import search
from goldenthread.records.access import reading, restricting
from goldenthread.records.access.models import GlassBreak, StatementLabel
from goldenthread.records.chronology import reading as chronology
from goldenthread.records.people.models import Filing
from goldenthread.usecases.chronology import search_entries
from tests.agreement import test_restricted
from tests.conftest import PRISTINE, cloned

KEPT = Path("docs/reference/planted-faults.md")
pytestmark = pytest.mark.timeout(900)

# Worlds with, in turn: a conflict of interest; a family sealed and a conflict; a family withheld.
SEEDS = (3, 7, 2)
CHECKS = (
    test_restricted.test_the_rules_say_the_same_one_by_one,
    test_restricted.test_each_reader_is_shown_what_the_policy_says,
    test_restricted.test_lists_and_pages_say_the_same,
    test_restricted.test_numbers_have_no_gap_that_tells,
    test_restricted.test_a_search_finds_what_may_be_read_and_no_more,
)
_lacks = restrictions.lacks_clearance


@dataclass(frozen=True)
class Fault:
    """One fault: what it is, and what is put in place of what."""

    name: str
    places: tuple[tuple[Any, str], ...]
    instead: Any
    in_database: bool = False


def _without(rule: str) -> Fault:
    left = tuple(one for one in decision.RULES if one.id != rule)
    assert len(left) == len(decision.RULES) - 1
    return Fault(f"the rule {rule} is left out", ((decision, "RULES"),), left)


def _both(name: str, function: str, instead: Callable) -> Fault:
    places = ((restrictions, function), (decision, function))
    return Fault(name, places, instead)


def _any_clearance_clears(entry, uncleared, practitioner, cleared) -> bool:
    return not cleared and _lacks(entry, uncleared, practitioner, cleared)


def _even_the_author(entry, uncleared, practitioner, cleared) -> bool:
    return any(does is uncleared and key not in cleared for key, does in entry.labels.items())


def _nothing_masked(actor, restricted, state) -> frozenset:
    if state is restrictions.InformationState.MASKED:
        return frozenset()
    return _in_state(actor, restricted, state)


_in_state = reading._in_state


def _passes_seals(ties, glass) -> FamilyTies:
    open_to_all = replace(ties.restrictions, entries={}, is_sealed=False, is_withheld=False)
    return decision.by_glass(replace(ties, restrictions=open_to_all), glass)


def _opens_every_label(ties, glass) -> FamilyTies:
    return decision.by_glass(ties, replace(glass, labels=frozenset(LabelKey)))


def _numbers_as_filed(case, hidden) -> dict:
    return dict(Filing.objects.filter(case=case).values_list("statement_id", "number"))


def _search(name: str, said: str, instead: str) -> Fault:
    """A fault in what the database itself looks for."""
    assert said in search.FUNCTIONS
    wrong = search.FUNCTIONS.replace(said, instead)
    return Fault(name, ((search, "FUNCTIONS"),), wrong, in_database=True)


FAULTS = (
    *map(_without, ("conflict-of-interest", "family-sealed", "entry-sealed", "family-withheld",
                    "entry-withheld", "label-hides", "label-masks", "glass-broken",
                    "held-by-another-agency")),
    _both("a seal is forgotten", "is_sealed_from", lambda entry, practitioner: False),
    _both(
        "withholding from an agency is forgotten",
        "is_withheld_from",
        lambda entry, practitioner, agency: practitioner in entry.withheld_people,
    ),
    _both("clearance for one label clears for all", "lacks_clearance", _any_clearance_clears),
    _both("a label keeps an entry from its author", "lacks_clearance", _even_the_author),
    Fault(
        "a barred family is opened and listed",
        ((restrictions.Restrictions, "bars_family"),),
        property(lambda one: False),
    ),
    Fault(
        "what is hidden is masked",
        ((reading, "hidden_from"),),
        lambda actor, restricted: frozenset(),
    ),
    Fault("what a label masks is read", ((reading, "_in_state"),), _nothing_masked),
    Fault(
        "a list over many families forgets restrictions",
        ((reading, "unreadable_by"),),
        lambda actor, restricted: frozenset(),
    ),
    Fault(
        "everything filed counts as known to exist",
        ((reading, "known_of"), (chronology, "known_of")),
        lambda case, actor, ties: reading.all_filed(case),
    ),
    Fault(
        "a label that was taken off still stands",
        ((restricting, "standing_labels"),),
        lambda: StatementLabel.objects.filter(takes_off__isnull=True),
    ),
    Fault("a broken glass passes seals and withholding", ((reading, "by_glass"),), _passes_seals),
    Fault("a broken glass opens every label", ((reading, "by_glass"),), _opens_every_label),
    Fault(
        "a glass that was closed still opens",
        ((restricting, "standing_breaks"),),
        lambda on: GlassBreak.objects.all(),
    ),
    Fault("an entry's number counts what is hidden", ((chronology, "_numbers"),), _numbers_as_filed),
    Fault(
        "a search does not ask the rules again",
        ((search_entries, "visible_filings"),),
        lambda ties, actor, now: Filing.objects.filter(case__in=list(ties)),
    ),
    _search("a search of the database forgets conflicts of interest",
            "c.practitioner_id = who\n", "false\n"),
    _search("a search of the database forgets seals of families",
            "FROM access_seal z WHERE", "FROM access_seal z WHERE false AND"),
    _search("a search of the database forgets what is withheld",
            "(w.practitioner_id = who OR w.agency_id = of_agency)", "false"),
    _search("a search of the database finds what the agency was not told",
            "n.reads_all OR", "true OR"),
    _search("a search of the database looks into families of colleagues",
            "t.practitioner_id = who AND t.from_on", "t.from_on"),
)  # fmt: skip


def _is_noticed(case) -> str:
    """The first check that fails with the fault in place; empty where none does."""
    for check in CHECKS:
        try:
            check(case)
        except Exception:
            return check.__name__
    return ""


def test_every_fault_is_noticed(postgres, monkeypatch):
    noticed: dict[str, str] = {}
    for seed in SEEDS:
        for _ in cloned(postgres, PRISTINE):
            case = test_restricted.drawn(seed)
            assert _is_noticed(case) == "", "without a fault nothing fails"
            for fault in FAULTS:
                if fault.name in noticed:
                    continue
                with monkeypatch.context() as planted:
                    # Written anew each time, and so with what is planted.
                    planted.setattr(restricting, "as_sent", restricting.as_written)
                    for place, name in fault.places:
                        planted.setattr(place, name, fault.instead)
                    if fault.in_database:
                        search.put_up_search(connections["owner"])
                    if by := _is_noticed(case):
                        noticed[fault.name] = by
                if fault.in_database:
                    search.put_up_search(connections["owner"])
    assert [one.name for one in FAULTS if one.name not in noticed] == []
    rows = [f"| {one.name} | `{noticed[one.name]}` |" for one in FAULTS]
    listed = KEPT.read_text().partition("## Found by play")[0]
    kept = [line for line in listed.splitlines() if line.startswith("| ")][1:]
    assert kept == rows, "write into the list which check notices each:\n" + "\n".join(rows)
