"""Many histories of chance at once, from a seed: quick to make, where Hypothesis is slow."""

from __future__ import annotations

import random
from datetime import timedelta

from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import not_known, on_day, parse_edtf
from tests.domain.risk.histories import AGENCIES, DENSE, PEOPLE, START, TEXTS

KINDS = (*DENSE * 4, *(kind.value for kind in Kind))
DAYS = 200


def families(seed: int, number: int, largest: int = 40) -> dict[str, list[Fact]]:
    """So many families by name, each of six entries to `largest`."""
    chance = random.Random(f"families {seed}")
    return {
        f"family {n:04}": [_fact(chance, place) for place in range(chance.randint(6, largest))]
        for n in range(number)
    }


def _happened(chance):
    day = START + timedelta(days=chance.randint(0, DAYS))
    said = (f"{day:%Y-%m}", f"{day:%Y}", f"{day}/..", f"[..{day}]", f"{day:%Y-%m}~")
    if chance.random() < 0.6:
        return on_day(day)
    return parse_edtf(chance.choice(said)) if chance.random() < 0.9 else not_known()


def _fact(chance, place):
    happened = _happened(chance)
    day = happened.from_min or START + timedelta(days=chance.randint(0, DAYS))
    # Mostly known soon after, so that windows and answers meet; at times known before.
    known = max(START, day) + timedelta(days=chance.choice((0, 0, 0, 1, 2, 5, 30, -10)))
    told = [
        (chance.choice(AGENCIES), known + timedelta(days=chance.randint(-5, 60)))
        for _ in range(chance.choice((0, 0, 1, 2, 3)))
    ]
    return Fact(
        id=f"F{place}",
        agency=chance.choice(AGENCIES),
        kind=chance.choice(KINDS),
        happened=happened,
        known_from=known,
        people=tuple(chance.sample(PEOPLE, chance.choice((0, 1, 1, 1, 2, 2, 3)))),
        concerns=frozenset(c.value for c in chance.sample(list(Concern), chance.randint(0, 2))),
        how_known=chance.choice(list(HowKnown)).value,
        told_by=chance.choice(("", "grandmother", "mother")),
        text=chance.choice(TEXTS),
        told=tuple(told),
    )
