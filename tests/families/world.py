"""A small invented partnership and family for use-case tests, set up only through use cases.

    Ruth Okafor (mother) ── ? (father of the baby, not identified)
              │
        baby Ada, born 2 March 2026

Agencies: children's social care (Priya allocated), health visiting (Ama named member), police
(Tom, no tie to the family unless a test gives one), adult mental health (Dr Lund, named member),
and a conference chair, Grace, who sits in children's social care.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import ProposedEntry, Telling
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import not_known, on_day, parse_edtf
from goldenthread.usecases.people import set_up

SPACE = UUID("7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10")
NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)


def key(name: str) -> UUID:
    """The id of a named thing of this world."""
    return uuid5(SPACE, name)


@dataclass
class World:
    """The ids a test needs, by name."""

    case: UUID = field(default_factory=lambda: key("case"))
    actors: dict[str, Actor] = field(default_factory=dict)

    def agency(self, name: str) -> UUID:
        """An agency's id: social_care, health_visiting, police, mental_health, gp."""
        return key(f"agency {name}")

    def person(self, name: str) -> UUID:
        """A person's id: ruth, ada, father."""
        return key(f"person {name}")

    def entry(self, agency: str, text: str, happened: str = "2026-03-14", **more) -> ProposedEntry:
        """A proposed entry about mother and baby; dates and agencies may be given as words."""
        told = more.pop("told", {})
        about = more.pop("about", ("ruth", "ada"))
        known = more.pop("known", "")
        return ProposedEntry(
            id=more.pop("id", None) or uuid4(),
            agency=self.agency(agency),
            text=text,
            happened=parse_as_typed(happened) if happened else not_known(),
            how_known=more.pop("how_known", "saw"),
            kind=more.pop("kind", "observation"),
            known=parse_edtf(known) if known else not_known(),
            subjects=tuple(Subject(self.person(name)) for name in about),
            tellings=tuple(
                Telling(self.agency(to), told=parse_edtf(on)) for to, on in told.items()
            ),
            **more,
        )


PEOPLE = {
    "priya": ("social_care", "Priya Nair", "Social worker", "allocated"),
    "grace": ("social_care", "Grace Obi", "Conference chair", "chair"),
    "sam": ("social_care", "Sam Reed", "Duty social worker", None),
    "ama": ("health_visiting", "Ama Boateng", "Health visitor", "named_member"),
    "lund": ("mental_health", "Dr Inga Lund", "Psychiatrist", "named_member"),
    "tom": ("police", "Tom Hale", "Detective constable", None),
    "admin": ("social_care", "Jo Field", "Account administrator", None),
    "mina": ("social_care", "Mina Rao", "Partnership manager", None),
}
REMITS = {"admin": "administrator", "mina": "partnership_manager"}
AGENCIES = {
    "social_care": ("children_social_care", "Fenwick Children's Services"),
    "health_visiting": ("health_visiting", "Fenwick Health Visiting"),
    "police": ("police", "Fenwick Police"),
    "mental_health": ("adult_mental_health", "Harbour Adult Mental Health"),
    "gp": ("gp", "Ferry Lane Surgery"),
}


def build_world(**roles: str) -> World:
    """Set the world up in the present database; `tom="named_member"` puts him on the team too."""
    world = World()
    by = Actor(key("account admin"), key("practitioner admin"), world.agency("social_care"))
    set_up.set_up_agencies(
        by,
        [set_up.NewAgency(world.agency(n), kind, name) for n, (kind, name) in AGENCIES.items()],
        [
            set_up.NewPractitioner(
                id=key(f"practitioner {name}"),
                agency=world.agency(agency),
                name=full,
                role=role,
                remit=REMITS.get(name, "practitioner"),
                account=key(f"account {name}"),
                email=f"{name}@example.org",
            )
            for name, (agency, full, role, _) in PEOPLE.items()
        ],
    )
    for name, (agency, *_) in PEOPLE.items():
        remit = REMITS.get(name, "practitioner")
        world.actors[name] = Actor(
            key(f"account {name}"), key(f"practitioner {name}"), world.agency(agency), remit
        )
    set_up.open_family(by, _family(world.case, "GT-0001", "Okafor family", roles))
    return world


def _family(case: UUID, reference: str, label: str, roles: dict[str, str]) -> set_up.NewFamily:
    return set_up.NewFamily(
        id=case,
        reference=reference,
        family_label=label,
        opened_on=date(2025, 12, 1),
        legal_status="Child protection plan: neglect",
        members=(
            set_up.NewMember(
                key("person ada"), "child", "Ada", "Okafor", is_child=True,
                born=on_day(date(2026, 3, 2)), aliases=("baby",), gender="woman",
            ),
            set_up.NewMember(
                key("person ruth"), "mother", "Ruth", "Okafor", aliases=("Mum",), gender="woman",
            ),
            set_up.NewMember(
                key("person father"), "father", is_identified=False,
                description="Father of the baby, not identified",
            ),
        ),
        team=tuple(
            set_up.NewTeamMember(key(f"team {n}"), key(f"practitioner {n}"), role, date(2025, 12, 1))
            for n, (_, _, _, usual) in PEOPLE.items()
            if (role := roles.get(n, usual))
        ),
    )  # fmt: skip


def open_another_family(world: World, name: str) -> UUID:
    """A family of its own: a mother, her baby, and two half-sisters who are both called that."""
    case = key(f"case {name}")
    people = (
        set_up.NewMember(
            uuid5(case, "ada"), "child", "Ada", "Okafor", is_child=True, aliases=("baby",)
        ),
        set_up.NewMember(uuid5(case, "ruth"), "mother", "Ruth", "Okafor", aliases=("Mum",)),
        set_up.NewMember(uuid5(case, "joy"), "half-sister", "Joy", "Bell", is_child=True),
        set_up.NewMember(uuid5(case, "may"), "half-sister", "May", "Bell", is_child=True),
    )
    team = tuple(
        set_up.NewTeamMember(uuid5(case, who), key(f"practitioner {who}"), role, date(2025, 12, 1))
        for who, role in (("grace", "chair"), ("ama", "named_member"), ("priya", "allocated"))
    )
    set_up.open_family(
        world.actors["admin"],
        set_up.NewFamily(case, f"GT-{name}", name, date(2025, 12, 1), "", people, team),
    )
    return case
