"""The Okafor family's network over half a year, recorded through the use case by four agencies.

    Maureen ── (Grandad, died 2019)          Dean Carter
        │                                        ┊ a couple from 6 April 2026
      Ruth ──────── ? (father, not identified)   Ruth
        │                     │
        ├─────────────────────┘
    Ada, born 2 March 2026      Leo, her brother of 4, whose father is Sam Hart (separated 2024)

Health visiting knows Dean from 9 April; police saw him stay on 2 May and told social care on the
20th; that he harmed an earlier partner police alone know. On Friday and Saturday nights Ada is with
Maureen. Social care was told that Dean does not live there; police say that he does. Whoever names
somebody or a home that another agency brought names them whole, or is taken not to know of them.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.partial_date import not_known, parse_edtf
from goldenthread.usecases.network.record_claims import Newcomer, NewHousehold, record_claims
from tests.families.world import NOW, World, key

FLAT, NANS = key("household flat"), key("household nans")
WHO = {"social_care": "priya", "health_visiting": "ama", "mental_health": "lund", "police": "tom"}
BORN = {"maureen": "1968-07-12", "grandad": "1964", "dean": "1994", "leo": "2022-01-15"}


def claim(
    world: World, kind: str, nature: str, person: str, other: str = "", happened: str = "", **more
) -> ProposedClaim:
    """A claim between people of this world by their names."""
    return ProposedClaim(
        key(f"claim {kind} {nature} {person} {other} {more.get('household', '')} {happened}"),
        kind, nature, world.person(person), world.person(other) if other else None,
        happened=parse_edtf(happened) if happened else not_known(), **more,
    )  # fmt: skip


def newcomer(world: World, name: str, role: str, given: str, family: str, **more) -> Newcomer:
    """Somebody who comes into the record by name."""
    born = parse_edtf(BORN[name]) if name in BORN else None
    return Newcomer(world.person(name), role, given, family, born=born, **more)


def say(
    world: World, agency: str, text: str, claims, *, known: str, people=(), homes=(), **more
) -> UUID:
    """Record one entry with its claims as one of the agency's practitioners; gives its id."""
    entry = world.entry(
        agency, text, "", about=(), known=known, how_known=more.pop("how_known", "told"),
        kind="background", id=key(f"entry {text}"), **more,
    )  # fmt: skip
    subjects = {person: None for one in claims for person in one.people}
    entry = replace(entry, subjects=tuple(Subject(person) for person in subjects))
    record_claims(
        world.actors[WHO[agency]], world.case, entry, list(claims),
        now=NOW, unknown=list(people), households=list(homes),
    )  # fmt: skip
    return entry.id


def record_network(world: World) -> World:
    """Record the whole network in the present database."""

    def of(*words: str, **more) -> ProposedClaim:
        return claim(world, *words, **more)

    flat = NewHousehold(FLAT, "The flat over the shop")

    say(
        world, "social_care", "Ruth told us who is in her family.",
        [
            of("parent", "birth", "ruth", "ada"),
            of("parent", "birth", "ruth", "leo"),
            of("parent", "birth", "sam", "leo"),
            of("parent", "birth", "maureen", "ruth"),
            of("parent", "birth", "grandad", "ruth"),
            of("couple", "married", "maureen", "grandad", "1990~/.."),
            of("couple", "cohabiting", "ruth", "sam", "2021/2024-03"),
            of("lives_at", "lives", "ruth", happened="2023-05/..", household=FLAT),
            of("lives_at", "lives", "leo", happened="2023-05/..", household=FLAT),
            of("lives_at", "lives", "maureen", household=NANS),
        ],
        people=[
            newcomer(world, "leo", "brother", "Leo", "Hart", is_child=True, gender="man"),
            newcomer(world, "sam", "Leo’s father", "Sam", "Hart", gender="man"),
            newcomer(world, "maureen", "grandmother", "Maureen", "Okafor", gender="woman"),
            newcomer(
                world, "grandad", "grandfather", "Joseph", "Okafor", gender="man",
                died=parse_edtf("2019-11-03"),
            ),
        ],
        homes=[flat, NewHousehold(NANS, "Nan’s")],
        known="2025-12-03", informant="Ruth Okafor",
    )  # fmt: skip
    say(
        world, "health_visiting", "Ada is home. Ruth declined to say who her father is.",
        [
            of("parent", "birth", "father", "ada"),
            of("lives_at", "lives", "ada", happened="2026-03-04/..", household=FLAT),
            of("cares_for", "main", "ruth", "ada", "2026-03-02/.."),
            of(
                "involvement", "steady", "ada", happened="2026-03-03/..",
                agency=world.agency("health_visiting"),
            ),
            of("network", "friend", "tess", "ruth", "2025/.."),
        ],
        people=[newcomer(world, "tess", "Ruth’s friend", "Tess", "Lowe", gender="woman")],
        homes=[flat],
        known="2026-03-06", how_known="saw", told={"social_care": "2026-03-06"},
    )  # fmt: skip
    say(
        world, "health_visiting", "Ruth works Friday and Saturday nights; Maureen has Ada.",
        [of("cares_for", "nights", "maureen", "ada", "2026-03-20/..", nights=(5, 6))],
        people=[newcomer(world, "maureen", "grandmother", "Maureen", "Okafor", gender="woman")],
        known="2026-03-23", informant="Ruth Okafor", told={"social_care": "2026-03-25"},
    )  # fmt: skip
    say(
        world, "health_visiting", "Ruth has a new partner, Dean. She met him at Easter.",
        [of("couple", "together", "ruth", "dean", "2026-04-06/..")],
        people=[newcomer(world, "dean", "mother’s partner", "Dean", "Carter", gender="man")],
        known="2026-04-09", informant="Ruth Okafor", told={"social_care": "2026-04-10"},
    )  # fmt: skip
    return world


def record_police(world: World) -> World:
    """What police know: that Dean stays, which they told, and his history, which they did not."""
    say(
        world, "police", "Dean Carter answered the door at 7 in the morning.",
        [claim(world, "lives_at", "stays", "dean", "", "2026-05-02/..", household=FLAT)],
        people=[newcomer(world, "dean", "mother’s partner", "Dean", "Carter", gender="man")],
        homes=[NewHousehold(FLAT, "The flat over the shop")],
        known="2026-05-02", how_known="saw", told={"social_care": "2026-05-20"},
    )  # fmt: skip
    say(
        world, "police", "Dean Carter was cautioned for assault on a former partner.",
        [claim(world, "need", "abuse_caused", "dean", "", "2024", words="caution, 2024")],
        known="2024-06-01", how_known="record", informant="Custody record",
    )  # fmt: skip
    return world
