"""When a seal is due for review, whom each kind may name, and where that comes from: their file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.restrictions import SealKind
from goldenthread.domain.access.seals import NamedRule
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.provenance.vocabulary import AgencyKind


class SealRulesNotUnderstood(Exception):
    """`seal_rules.toml` was edited into something that cannot be used; says which part."""


@dataclass(frozen=True, slots=True)
class SealRules:
    """Days after which a seal is due for review, with its source, and the source of each kind.

    `named` says of a kind who alone may be named on it; of one that is not there, anybody.
    """

    review_after_days: int
    source: str
    kinds: Mapping[str, str]
    named: Mapping[str, NamedRule]


@cache
def seal_rules() -> SealRules:
    """The rules as the file beside this one has them. Raises SealRulesNotUnderstood."""
    return rules_of((files("goldenthread.usecases.access") / "seal_rules.toml").read_text("utf-8"))


def rules_of(text: str) -> SealRules:
    """Read the rules from the text of a file. Raises SealRulesNotUnderstood."""
    told = tomllib.loads(text)
    days, kinds = told.get("review_after_days"), told.get("kind", {})
    if not isinstance(days, int) or not 1 <= days <= 366:
        raise SealRulesNotUnderstood("review_after_days must be a number from 1 to 366.")
    if set(kinds) != {kind.value for kind in SealKind}:
        raise SealRulesNotUnderstood("Every kind of seal, and no other, needs a source.")
    named = {kind: _named(kind, rule) for kind, rule in told.get("named", {}).items()}
    return SealRules(days, str(told.get("source", "")), kinds, named)


def _named(kind: str, told: Mapping[str, object]) -> NamedRule:
    words = {
        "agency_kinds": dict(AgencyKind.choices()),
        "roles": dict(TeamRole.choices()),
        "remits": dict(Remit.choices()),
    }
    found = {}
    for part, known in words.items():
        given = told.get(part, [])
        if not isinstance(given, list) or not set(given) <= set(known):
            raise SealRulesNotUnderstood(f"{part} of [named.{kind}] has a word that is not known.")
        found[part] = frozenset(given)
    sources = [str(told.get(name, "")) for name in ("agency_source", "roles_source")]
    if kind not in dict(SealKind.choices()) or not found["agency_kinds"] or not all(sources):
        raise SealRulesNotUnderstood(f"[named.{kind}] needs a kind of seal, agencies and sources.")
    return NamedRule(found["agency_kinds"], sources[0], found["roles"], found["remits"], sources[1])
