"""Draws an ecomap: the household in the middle, agencies and people around it, and each tie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import hypot

from goldenthread.domain.network.at_date import NetworkAt
from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import (
    ClaimKind,
    Gender,
    InvolvementNature,
    StayNature,
)
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.drawing import dates
from goldenthread.drawing.ecomap.signs import SELF_EVIDENT, SIGN_OF, EcoSign, pattern, sample
from goldenthread.drawing.ecomap.systems import CONTACT, Ring, System, ring_of
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import (
    SMALLEST,
    Group,
    Mark,
    Path,
    Sheet,
    Tone,
    Words,
    circle,
    path_through,
    rectangle,
)
from goldenthread.drawing.strokes import Run, arrow, beside, shortened
from goldenthread.drawing.writing import write

LINE = 14.0
BESIDE = 130.0  # px: the width of the words above or below a circle
ALSO_INSIDE = "also in this home"


def no_link(_id: str) -> str:
    """Nothing is a link: for a drawing on paper."""
    return ""


@dataclass(frozen=True, slots=True)
class EcoLook:
    """What of an ecomap is shown. `help_from` are people and agencies whose help is recorded to
    flow to the family; nothing is concluded about anybody else."""

    hidden: frozenset[str] = frozenset()
    known_claims: frozenset[str] | None = None
    help_from: frozenset[str] = frozenset()
    link_for: Callable[[str], str] = no_link
    of_whom: str = ""


@dataclass(frozen=True, slots=True)
class EcoRow:
    """One row of the table beside an ecomap: a system, its tie, since when, by whose word."""

    system: str
    what: str
    with_whom: str
    tie: str
    since: str
    help: str
    last_contact: str
    source: str
    known: str
    id: str


@dataclass(frozen=True, slots=True)
class Surrounding:
    """One system as drawn, with its sentence."""

    id: str
    x: float
    y: float
    sentence: str
    href: str
    marks: tuple[Mark, ...]
    ties: tuple[Mark, ...]
    signs: tuple[EcoSign, ...]


@dataclass(frozen=True, slots=True)
class Ecomap:
    """A whole ecomap on one day, in pixels; systems in the order they are read, clockwise."""

    title: str
    description: str
    width: float
    height: float
    middle: Group
    systems: tuple[Surrounding, ...]
    legend: tuple[tuple[EcoSign, str, tuple[Mark, ...]], ...]
    rows: tuple[EcoRow, ...]


def ecomap(
    network: Network,
    at: NetworkAt,
    look: EcoLook,
    contacts: Mapping[str, PartialDate] | None = None,
) -> Ecomap:
    """The ecomap of a family on the day of `at`; `contacts` are each agency's last, by its id."""
    ring = ring_of(network, look.known_claims, look.hidden, contacts or {}, at.on)
    names = {one.id: one.name or one.role for one in network.people}
    inside, *_ = _household(network, at, look)
    systems = tuple(_surrounding(one, ring, at, look, names, inside) for one in ring.systems)
    used = {sign for one in systems for sign in one.signs} - SELF_EVIDENT
    away = sum(EcoSign.AWAY in one.signs for one in systems)
    return Ecomap(
        title=f"Ecomap of {look.of_whom or 'this family'} on {dates.day(at.on)}",
        description=f"{len(systems)} agencies and people around the family, {away} of them not "
        "involved on this date. The table beside it says the same.",
        width=ring.width,
        height=ring.height,
        middle=_middle(network, at, look, ring),
        systems=systems,
        legend=tuple((sign, sign.label, sample(sign)) for sign in EcoSign if sign in used),
        rows=tuple(row for one in ring.systems for row in _rows(one, at, look, names)),
    )


def svg(drawn: Ecomap) -> str:
    """The ecomap as one inline `<svg>`."""
    return write(sheet_of(drawn))


def sheet_of(drawn: Ecomap) -> Sheet:
    """The marks of an ecomap in the order they are read: the family, then around it."""
    ties = Group(tuple(m for one in drawn.systems for m in one.ties), kind="ties", hidden=True)
    systems = tuple(
        Group(
            one.marks,
            kind="system",
            name=one.sentence,
            href=one.href,
            role="" if one.href else "img",
            keys=(("system", one.id),),
        )
        for one in drawn.systems
    )
    around = Group(
        tuple(Group((one,), role="listitem") for one in systems),
        role="list",
        name="Around the family",
    )
    return Sheet(
        drawn.width,
        drawn.height,
        drawn.title,
        drawn.description,
        (ties, drawn.middle, around),
        "ecomap",
    )


def _middle(network: Network, day: NetworkAt, look: EcoLook, ring: Ring) -> Group:
    """The children's household: small figures with names in a circle."""
    _, home, people = _household(network, day, look)
    x, y = ring.middle
    marks: list[Mark] = [
        Path(circle(x, y, ring.centre_radius), fill=Tone.TINT, width=2, dash=(2.0, 3.0))
    ]
    marks.append(Words(x, y - ring.centre_radius + 24, home, size=SMALLEST, tone=Tone.QUIET))
    columns = 2 if len(people) > 3 else 1
    rows = -(-len(people) // columns)
    step = min(30.0, 140 / max(1, rows))
    for place, (name, gender, is_child) in enumerate(people):
        column, row = divmod(place, rows)
        left = x - (84 if columns == 2 else 40) + column * 90
        here = y + 8 + (row - (rows - 1) / 2) * step
        marks.append(_small(gender, left + 8, here))
        marks.append(Words(left + 21, here + 4, name, anchor="start", bold=is_child))
    said = ", ".join(name for name, _, _ in people) or "nobody recorded"
    return Group(tuple(marks), kind="middle", role="img", name=f"{home}: {said}")


def _small(gender: str, x: float, y: float) -> Path:
    if gender == Gender.WOMAN:
        return Path(circle(x, y, 8), fill=Tone.PAPER, width=1.75)
    if gender == Gender.MAN:
        return Path(rectangle(x - 8, y - 8, 16, 16), fill=Tone.PAPER, width=1.75)
    points = ((x, y - 9), (x + 9, y), (x, y + 9), (x - 9, y))
    return Path(path_through(points, closed=True), fill=Tone.PAPER, width=1.75)


def _household(
    network: Network, day: NetworkAt, look: EcoLook
) -> tuple[frozenset[str], str, list[tuple[str, str, bool]]]:
    """The home most children live in, and who lives there; without one, the children alone."""
    people = {one.id: one for one in network.people if one.id not in look.hidden}
    there = {one.id for one in day.people if one.presence == Presence.PRESENT}
    unborn = {one.id for one in day.people if one.presence == Presence.UNBORN}
    children = {key for key, one in people.items() if one.is_child and key in there | unborn}

    def living(home) -> set[str]:
        return {m.person for m in home.members if m.nature == StayNature.LIVES} & set(people)

    homes = [home for home in day.households if living(home) & children]
    home = min(homes, key=lambda h: (-len(living(h) & children), h.household), default=None)
    inside = (living(home) if home else set()) | (children & unborn) or children
    names = {one.id: one.name for one in network.households}
    called = names.get(home.household, "Home") if home else "The children"
    ordered = sorted(inside, key=lambda k: (people[k].is_child, people[k].born_as_number or 0, k))
    return (
        frozenset(inside),
        called,
        [
            (
                people[k].name.split()[0] if people[k].name else people[k].role,
                people[k].gender,
                people[k].is_child,
            )
            for k in ordered
        ],
    )


def _surrounding(
    one: System,
    ring: Ring,
    day: NetworkAt,
    look: EcoLook,
    names: Mapping[str, str],
    inside: frozenset[str],
) -> Surrounding:
    # One account has them in the home, another beside it: both are drawn, and it is said.
    also = ALSO_INSIDE if one.id in inside else ""
    absence = one.absence(day.on)
    ties = [] if absence else list(one.ties(day.on))
    signs = [EcoSign.AGENCY if one.is_agency else EcoSign.PERSON]
    if absence:
        signs.append(EcoSign.AWAY)
        drawn = pattern(EcoSign.AWAY, _run(one, ring))
    else:
        drawn, more = _ties(one, ring, ties, look)
        signs += more
    said = "; ".join(
        filter(None, (one.name, one.what, also, absence, *_told(ties, names), one.last_contact))
    )
    return Surrounding(
        one.id,
        one.x,
        one.y,
        f"{said}.",
        look.link_for(one.id),
        _circle(one, absence, also, is_below=one.y > ring.middle[1] - ring.centre_radius),
        tuple(drawn),
        tuple(signs),
    )


def _told(ties: list[Claim], names: Mapping[str, str]) -> list[str]:
    return [
        f"{_tie(claim)} with {names.get(_family_side(claim), 'the family')}, "
        f"{dates.in_words(claim.happened)}"
        for claim in ties
    ]


def _family_side(claim: Claim) -> str:
    return claim.person if claim.kind == ClaimKind.INVOLVEMENT else claim.other


def _tie(claim: Claim) -> str:
    if claim.kind != ClaimKind.INVOLVEMENT:
        return "in the network"
    return f"{InvolvementNature.label_of(claim.nature).lower()} tie".replace("off tie", "off")


def _run(one: System, ring: Ring) -> Run:
    """From the system's edge to the edge of the middle."""
    (x, y), far = ring.middle, hypot(one.x - ring.middle[0], one.y - ring.middle[1])
    run = ((one.x, one.y), (x, y))
    return shortened(run, one.radius + 4, min(ring.centre_radius + 4, far - one.radius - 8))


def _ties(
    one: System, ring: Ring, ties: list[Claim], look: EcoLook
) -> tuple[list[Mark], list[EcoSign]]:
    """One line for each kind of tie in force, side by side."""
    kinds = list(
        dict.fromkeys(
            SIGN_OF[InvolvementNature(c.nature)]
            if c.kind == ClaimKind.INVOLVEMENT
            else EcoSign.STEADY
            for c in ties
        )
    )
    marks: list[Mark] = []
    for place, sign in enumerate(kinds):
        run = beside(_run(one, ring), (place - (len(kinds) - 1) / 2) * 16)
        if one.id in look.help_from and place == 0:
            marks += [*pattern(sign, shortened(run, 0, 9)), arrow(run, Tone.INK, size=11)]
        else:
            marks += pattern(sign, run)
    return marks, [*kinds, *([EcoSign.HELP] if one.id in look.help_from else [])]


def _circle(one: System, absence: str, also: str, *, is_below: bool) -> tuple[Mark, ...]:
    tone = Tone.QUIET if absence else Tone.INK
    dash = () if one.is_agency else (1.5, 3.0)
    width = 1.25 if absence else 2.0
    shape = Path(
        circle(one.x, one.y, one.radius), stroke=tone, fill=Tone.PAPER, width=width, dash=dash
    )
    lines = wrapped(one.name, SMALLEST, one.radius * 1.66, most=5)
    top = one.y + 4 - (len(lines) - 1) * LINE / 2
    marks: list[Mark] = [shape]
    for row, text in enumerate(lines):
        marks.append(Words(one.x, top + row * LINE, text, bold=True, tone=tone))
    more = [
        piece
        for text in (one.what, also, absence, *_contact_lines(one.last_contact))
        for piece in wrapped(text, SMALLEST, BESIDE)
    ]
    first = one.y + one.radius + 15 if is_below else one.y - one.radius - 6 - LINE * (len(more) - 1)
    for row, text in enumerate(more):
        marks.append(Words(one.x, first + row * LINE, text, tone=Tone.QUIET, halo=True))
    return tuple(marks)


def _contact_lines(words: str) -> tuple[str, ...]:
    """The last contact on one line where there is room, else its day on a line of its own."""
    if width_of(words, SMALLEST) <= BESIDE or not words.startswith(CONTACT):
        return (words,)
    return (CONTACT, words.removeprefix(CONTACT))


def _rows(one: System, day: NetworkAt, look: EcoLook, names: Mapping[str, str]) -> list[EcoRow]:
    """A row for each tie of the day; one that says so where there is none."""
    ties = one.ties(day.on)
    what = "Agency" if one.is_agency else one.what.capitalize()
    flows = "To the family" if one.id in look.help_from else "Not recorded"
    if not ties:
        absence = one.absence(day.on)
        return [
            EcoRow(one.name, what, "", "None", absence, flows, one.last_contact, "", "", one.id)
        ]
    return [
        EcoRow(
            system=one.name,
            what=what,
            with_whom=names.get(_family_side(claim), ""),
            tie=InvolvementNature.label_of(claim.nature)
            if claim.kind == ClaimKind.INVOLVEMENT
            else "In the network",
            since=dates.in_words(claim.happened),
            help=flows,
            last_contact=one.last_contact,
            source=claim.source.agency_name if claim.source else "",
            known=HowKnown.label_of(claim.source.how_known) if claim.source else "",
            id=one.id,
        )
        for claim in ties
    ]
