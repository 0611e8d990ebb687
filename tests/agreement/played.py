"""Two families as they are played by chance, and what each reader should be shown of them.

Small on purpose: a leak needs few people, few families and few entries to show, and a large world
hides it. What should be shown is worked out here from what was done and when, in the order that the
policy gives, without any of the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.people import set_up
from tests.families import glass, restricted
from tests.families.world import World, key

AGENCY = {
    "priya": "social_care", "sam": "social_care", "ama": "health_visiting", "dora": "police"
}  # fmt: skip
MASKING, HIDING = ("csa", "parent_health"), ("police_live", "adoption")
# By family: its reference, and somebody of it.
FAMILIES = {"first": ("GT-0001", "ruth"), "second": ("GT-0002", "joy")}


@dataclass
class Told:
    """One entry as it was recorded, and what was done to it since."""

    id: UUID
    family: str
    author: str
    told: set[str]
    word: str
    names: str = ""  # the word that names somebody who came into the record by it
    labels: set[str] = field(default_factory=set)
    named: set[str] | None = None
    seal: UUID | None = None
    withheld: dict[str, UUID] = field(default_factory=dict)  # by person or agency

    @property
    def agency(self) -> str:
        return AGENCY[self.author]


@dataclass
class Family:
    """One family: what restricts it, who has a conflict with it, and until when the glass is broken."""

    case: UUID
    members: dict[str, list[tuple[date, date | None]]]
    named: set[str] | None = None
    seal: UUID | None = None
    withheld: dict[str, UUID] = field(default_factory=dict)
    conflicts: set[str] = field(default_factory=set)
    broken: tuple[datetime, datetime] | None = None  # from when, until when


@dataclass
class Play:
    """Everything that was done."""

    world: World
    families: dict[str, Family]
    entries: list[Told] = field(default_factory=list)
    cleared: dict[str, set[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def is_member(self, who: str, name: str, now: datetime) -> bool:
        """Whether somebody is of a family's team on this day."""
        return any(
            begun <= day_of(now) and (over is None or day_of(now) < over)
            for begun, over in self.families[name].members.get(who, ())
        )

    def by_glass(self, who: str, name: str, now: datetime) -> bool:
        """Whether somebody reads a family by a glass they broke."""
        broken = self.families[name].broken
        return who == "dora" and broken is not None and broken[0] <= now < broken[1]

    def is_listed(self, who: str, name: str, now: datetime) -> bool:
        """Whether a family is in somebody's lists: theirs, or a colleague's."""
        family = self.families[name]
        barred = (
            who in self.closed
            or who in family.conflicts
            or (family.named is not None and who not in family.named)
            or bool({who, AGENCY[who]} & family.withheld.keys())
        )
        colleagues = [one for one, agency in AGENCY.items() if agency == AGENCY[who]]
        return not barred and any(self.is_member(one, name, now) for one in colleagues)

    def opens(self, who: str, name: str, now: datetime) -> bool:
        """Whether a family exists for somebody."""
        family = self.families[name]
        if not self.by_glass(who, name, now):
            return self.is_listed(who, name, now)
        return who not in self.closed and family.named is None and not (
            {who, AGENCY[who]} & family.withheld.keys()
        )  # fmt: skip

    def state(self, who: str, one: Told, now: datetime) -> str:
        """What somebody is shown of one entry: `full`, `masked` or `hidden`."""
        if not self.opens(who, one.family, now):
            return "hidden"
        if one.named is not None and who not in one.named:
            return "hidden"
        if {who, AGENCY[who]} & one.withheld.keys():
            return "hidden"
        lacks = set() if who == one.author else one.labels - self.cleared.get(who, set())
        glass_open = self.by_glass(who, one.family, now)
        if glass_open:
            lacks = lacks - set(MASKING)
        if lacks & set(HIDING):
            return "hidden"
        if not glass_open and AGENCY[who] not in {one.agency, *one.told}:
            return "masked"
        return "masked" if lacks else "full"

    def full(self, who: str, now: datetime, *names: str) -> list[Told]:
        """The entries of these families that somebody reads."""
        return [
            one for one in self.entries
            if one.family in names and self.state(who, one, now) == "full"
        ]  # fmt: skip


def begun() -> Play:
    """Both families in the present database: Priya's and, from the start, Ama's; Dora on duty."""
    world = restricted.build_restricted()
    glass.add_posts(world)
    second, since = key("case second"), date(2025, 12, 1)
    member = set_up.NewMember(key("person joy"), "mother", "Joy", "Bell")
    team = tuple(
        set_up.NewTeamMember(key(f"team second {who}"), key(f"practitioner {who}"), role, since)
        for who, role in (("priya", "allocated"), ("ama", "named_member"))
    )
    set_up.open_family(
        world.actors["admin"],
        set_up.NewFamily(second, "GT-0002", "Bell family", since, "", (member,), team),
    )
    members = {"priya": [(since, None)], "ama": [(since, None)]}
    return Play(
        world,
        {
            name: Family(case, {who: list(of) for who, of in members.items()})
            for name, case in (("first", world.case), ("second", second))
        },
    )
