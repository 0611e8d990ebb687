"""Small invented families for the rules of a network: written as lines, kept whole.

`person` and `claim` have as few words as a test needs; `networks` draws families at random.
"""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from goldenthread.domain.network.claim import Claim, Household, Network, Relative, Source
from goldenthread.domain.network.vocabulary import NATURES, ClaimKind, HarmStatus
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import not_known, parse_edtf

KNOWN = date(2026, 1, 5)


def person(key: str, gender: str = "", born: str = "", **more) -> Relative:
    died = more.pop("died", "")
    return Relative(
        key,
        more.pop("name", key.title()),
        gender,
        born=parse_edtf(born) if born else None,
        died=parse_edtf(died) if died else None,
        **more,
    )


def source(
    agency: str = "csc",
    known: date = KNOWN,
    standing: Standing = Standing.STANDS,
    statement: str = "s",
    **more,
) -> Source:
    names = {"csc": "Children's social care", "police": "Police", "hv": "Health visiting"}
    more.setdefault("how_known", "told")
    return Source(
        statement, agency, names.get(agency, agency), known_on=known, standing=standing, **more
    )


def claim(kind: str, nature: str, one: str, other: str = "", when: str = "", **more) -> Claim:
    """A claim whose id, unless given, is what it says."""
    place = more.get("household", "") or more.get("agency", "")
    more.setdefault("source", source(statement=f"s-{kind}-{nature}-{one}-{other}{place}"))
    key = more.pop("id", f"{kind}:{nature}:{one}>{other or place}{'@' + when if when else ''}")
    return Claim(
        key, kind, nature, one, other, happened=parse_edtf(when) if when else not_known(), **more
    )


def parent(one: str, child: str, nature: str = "birth", **more) -> Claim:
    return claim("parent", nature, one, child, **more)


def lives(one: str, home: str, when: str = "", nature: str = "lives", **more) -> Claim:
    return claim("lives_at", nature, one, when=when, household=home, **more)


def network(people, claims=(), homes=()) -> Network:
    agencies = (("csc", "Children's social care"), ("police", "Police"), ("hv", "Health visiting"))
    return Network(
        tuple(people), tuple(claims), tuple(Household(h, f"{h} Road") for h in homes), agencies
    )


DATES = st.sampled_from(
    ["", "2020", "2021-06", "2022-03-04", "2021/..", "2020-05/2023-02-01", "2022~", "[..2021-01]"]
)
KEYS = [f"p{n:02}" for n in range(14)]


@st.composite
def networks(draw, kinds=tuple(ClaimKind), circles: bool = True) -> Network:
    """A random network: careless claims, contradictions and all; in circles unless told not to."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    people = [
        person(
            key,
            draw(st.sampled_from(["", "woman", "man", "non_binary"])),
            draw(DATES),
            died=draw(st.sampled_from(["", "", "", "2023-01-02", "2019"])),
            is_identified=draw(st.booleans()),
        )
        for key in keys
    ]
    claims = []
    for number in range(draw(st.integers(0, 24))):
        kind = draw(st.sampled_from(kinds))
        one, other = draw(st.sampled_from(keys)), draw(st.sampled_from([*keys, "stranger", ""]))
        if kind == "parent" and not circles and one >= other:
            continue
        place = kind == "lives_at"
        alone = place or kind in ("network", "involvement", "need")
        claims.append(
            claim(
                kind,
                draw(st.sampled_from([n.value for n in NATURES[kind]])),
                one,
                "" if alone else other,
                draw(DATES),
                id=f"c{number:02}",
                household=draw(st.sampled_from(["Elm", "Oak"])) if place else "",
                agency=draw(st.sampled_from(["csc", "police"])) if kind == "involvement" else "",
                polarity=draw(st.sampled_from([Polarity.ASSERTS] * 4 + list(Polarity))),
                status=draw(st.sampled_from(["", *HarmStatus])) if kind == "harm" else "",
                source=draw(
                    st.builds(
                        source,
                        agency=st.sampled_from(["csc", "police", "hv"]),
                        known=st.dates(date(2024, 1, 1), date(2025, 1, 1)),
                        standing=st.sampled_from([Standing.STANDS] * 4 + list(Standing)),
                        statement=st.just(f"s{number}"),
                    )
                ),
            )
        )
    return network(people, claims, ["Elm", "Oak"])
