"""Families for the drawings' tests: invented people, claims in one line each, places by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count

from goldenthread.domain.network.claim import Claim, Household, Network, Relative, Source
from goldenthread.domain.network.graph import FamilyGraph
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.drawing.laid_out import GLYPH, PITCH, ROW_PITCH, LaidOut, Line, LineKind, Placed

_numbers = count(1)
_LINES = {
    "adoptive": LineKind.ADOPTED,
    "foster": LineKind.FOSTERED,
    "kinship": LineKind.KINSHIP,
    "guardian": LineKind.KINSHIP,
}


def person(
    key: str, name: str, gender: str = "", born: str = "", died: str = "", **more
) -> Relative:
    """Somebody; dates as EDTF text."""
    return Relative(
        key,
        name,
        gender,
        parse_edtf(born) if born else None,
        parse_edtf(died) if died else None,
        **more,
    )


def claim(kind: str, nature: str, who: str, other: str = "", when: str = "", **more) -> Claim:
    """What children's social care says of somebody, from their own records."""
    standing = more.pop("standing", Standing.STANDS)
    number = next(_numbers)
    source = Source(
        statement=f"s{number}",
        agency="csc",
        agency_name="Children’s social care",
        how_known="record",
        known_on=date(2026, 1, 1),
        standing=standing,
    )
    return Claim(
        id=f"c{number}",
        kind=ClaimKind(kind),
        nature=nature,
        person=who,
        other=other,
        happened=parse_edtf(when),
        source=source,
        **more,
    )


def home(key: str, name: str) -> Household:
    """A household by the name it goes by."""
    return Household(key, name)


def laid(network: Network, places: Mapping[str, tuple[float, int]]) -> LaidOut:
    """A layout by hand: (pitches from the left, generation) for each person, lines by the book."""
    graph = graph_of(network)
    rows = max(row for _, row in places.values())
    at = {key: (60 + x * PITCH, 60 + row * ROW_PITCH) for key, (x, row) in places.items()}
    people = tuple(
        Placed(one.id, *at[one.id], places[one.id][1], one.placeholder_for, one.aside)
        for one in graph.people
    )
    width = max(x for x, _ in at.values()) + 60
    return LaidOut(people, _lines(graph, at), width, 120 + rows * ROW_PITCH, "by hand")


def _lines(graph: FamilyGraph, at: Mapping[str, tuple[float, float]]) -> tuple[Line, ...]:
    lines = []
    depth = 0
    for union in sorted(graph.unions, key=lambda u: _span(u.partners, at)):
        xs = sorted(at[p][0] for p in union.partners)
        foot = max(at[p][1] for p in union.partners) + GLYPH / 2
        drop, start = sum(xs) / len(xs), foot
        if len(union.partners) == 2:
            start = foot + 12 + 6 * depth
            depth += 1
            ends = sorted(union.partners, key=lambda p: at[p][0])
            points = (
                (xs[0], at[ends[0]][1] + GLYPH / 2),
                (xs[0], start),
                (xs[1], start),
                (xs[1], at[ends[1]][1] + GLYPH / 2),
            )
            lines.append(Line(LineKind.UNION, union.id, tuple(ends), points))
        for child in union.children:
            x, y = at[child.child]
            bar = y - GLYPH / 2 - 16 - 5 * (depth % 3)
            points = ((drop, start), (drop, bar), (x, bar), (x, y - GLYPH / 2))
            lines.append(Line(LineKind.CHILD, union.id, (*union.partners, child.child), points))
    for extra in graph.extra:
        x, y = at[extra.child]
        px, py = at[extra.parents[0]]
        bar = y - GLYPH / 2 - 34
        points = ((px, py + GLYPH / 2), (px, bar), (x + 10, bar), (x + 10, y - GLYPH / 2))
        kind = _LINES.get(extra.nature, LineKind.CLAIMED)
        lines.append(Line(kind, extra.id, (*extra.parents, extra.child), points))
    return tuple(lines)


def _span(partners: tuple[str, ...], at: Mapping[str, tuple[float, float]]) -> float:
    xs = [at[p][0] for p in partners]
    return max(xs) - min(xs)


# A family as it may come to a conference: one mother, the fathers of her children, a new partner,
# the grandmothers, a man nobody can name, a baby, and two homes that share two children.
LARCHES = Network(
    people=(
        person("nell", "Nell Ashby", "woman", "1944", "2021", role="great-grandmother"),
        person("joan", "Joan Ashby", "woman", "1970-02-11", role="grandmother"),
        person("ada", "Ada Ashby", "woman", "1996-11-21", role="mother"),
        person("tom", "Tom Reeve", "man", "1994", role="father of Ivy and Sam"),
        person("ned", "Ned Farrow", "man", "1995-06-02", role="father"),
        person("cal", "Cal Brook", "man", "1992", role="mother’s partner"),
        person("ivy", "Ivy Reeve", "woman", "2017-10-03", is_child=True),
        person("sam", "Sam Reeve", "man", "2022-11-18", is_child=True),
        person("bea", "Baby Ashby", "", "", expected_on=date(2026, 5, 29), is_child=True),
        person(
            "van",
            "Unknown man",
            "man",
            is_identified=False,
            description="Who is he? Seen on 3 May; Ada was asked, no answer",
        ),
        person("pam", "Pam Lock", "woman", role="family friend"),
    ),
    claims=(
        claim("parent", "birth", "nell", "joan"),
        claim("parent", "birth", "joan", "ada"),
        claim("parent", "birth", "ada", "ivy"),
        claim("parent", "birth", "tom", "ivy"),
        claim("parent", "birth", "ada", "sam"),
        claim("parent", "birth", "tom", "sam"),
        claim("parent", "birth", "ada", "bea"),
        claim("parent", "birth", "ned", "bea"),
        claim("couple", "cohabiting", "ada", "tom", "2016~/2023-02~"),
        claim("couple", "separated", "ada", "tom", "2023-02~/.."),
        claim("couple", "together", "ada", "ned", "2024-21~/2025-12"),
        claim("couple", "cohabiting", "ada", "cal", "2026-02~/.."),
        claim("lives_at", "lives", "ada", household="tannery", when="2022-07/.."),
        claim("lives_at", "lives", "ivy", household="tannery", when="2022-07/.."),
        claim("lives_at", "lives", "sam", household="tannery", when="2022-11-18/.."),
        claim("lives_at", "stays", "cal", household="tannery", when="2026-02~/.."),
        claim("lives_at", "lives", "tom", household="toms", when="2023-04/.."),
        claim("lives_at", "stays", "ivy", household="toms", when="2023-04/..", nights=(5, 6)),
        claim("lives_at", "stays", "sam", household="toms", when="2023-04/..", nights=(5, 6)),
        claim("cares_for", "main", "ada", "ivy", "2022-07/.."),
        claim("cares_for", "main", "ada", "sam", "2022-11-18/.."),
        claim("cares_for", "nights", "joan", "sam", "2026-03/..", nights=(1, 2, 3, 4)),
        claim("quality", "close", "joan", "ada", "2020/.."),
        claim("quality", "conflict", "ada", "ned", "2025-10/.."),
        claim("harm", "control", "ned", "ada", "2024/2025-12", status="alleged"),
        claim("need", "mental_health", "ada"),
        claim("need", "strength", "ada"),
        claim("network", "not_known", "van", "ada", "2026-01/.."),
        claim("network", "friend", "pam", "ada"),
    ),
    households=(home("tannery", "14 Tannery Row"), home("toms", "Tom’s, Aldersea")),
)
LARCHES_PLACES = {
    "nell": (2.5, 0),
    "unknown-of:union:nell+?": (1.5, 0),
    "unknown-of:union:joan+?": (1.2, 1),
    "joan": (2.2, 1),
    "tom": (0.5, 2),
    "ada": (1.7, 2),
    "ned": (2.9, 2),
    "cal": (3.9, 2),
    "ivy": (0.6, 3),
    "sam": (1.6, 3),
    "bea": (2.7, 3),
    "van": (5.2, 0),
    "pam": (5.2, 1),
}
