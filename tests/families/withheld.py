"""The small world with what only some may know of, and the same world without it.

In the first, beside what both hold:

- an entry that Priya wrote and told health visiting and mental health carries a label that hides
  it. It names a man nobody else has heard of, his home and his care; it is published with another,
  a decision turned on it, it was answered, judged, acknowledged and asked about;
- an entry that Dr Lund told everybody is sealed for Priya and Dr Lund;
- an entry that Priya told health visiting and mental health is withheld from health visiting, from
  the police, from the chair and from Sam;
- the Larkspur family is sealed for Priya and Rosa Lind, and Ruth of the Okafors was judged to
  be one of it;
- Tom has a conflict of interest with the Heron family, his own.

In the second none of these five is there, and the Heron family neither.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.decisions.proposing import ProposedDecision, ProposedPin
from goldenthread.domain.decisions.record import Party
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.access import label_entry, seal_record, withhold_record
from goldenthread.usecases.access.conflicts import declare_own
from goldenthread.usecases.chronology.acknowledge_entry import acknowledge_entry
from goldenthread.usecases.chronology.judge_significance import judge_significance
from goldenthread.usecases.chronology.publish_chronology import publish_chronology
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.decisions.sign_decision import decision_of_draft, sign_decision
from goldenthread.usecases.network.linked_families import link_people
from goldenthread.usecases.network.record_claims import Newcomer, NewHousehold, record_claims
from goldenthread.usecases.people import set_up
from tests.families import restricted
from tests.families.network import claim, record_network
from tests.families.world import NOW, World, build_world, key

LABELLED, SEALED = key("entry labelled"), key("entry sealed")
WITHHELD, SEAL = key("entry withheld"), key("seal of entry")
WITHHOLDINGS = tuple(key(f"withheld from {who}") for who in "abcd")
MAN, HOME = key("person withheld"), key("household withheld")
LARKSPUR, OF_LARKSPUR, HERON = key("case larkspur"), key("person larkspur"), key("case heron")
PUBLISHED = key("publication withheld")
DECIDING = key("decision withheld")
# Words and ids found nowhere but in what is withheld.
WORDS = {
    "amaranth": "the labelled entry's text",
    "bartholomew": "a person it names",
    "ptarmigan": "that person's family name",
    "sycamore": "a home it names",
    "nightjar": "words of a judgement of it",
    "corncrake": "what somebody said of it",
    "verdigris": "the sealed entry's text",
    "tamarisk": "the withheld entry's text",
    "larkspur": "a sealed family",
    "saffron": "why two people are one",
    str(LABELLED): "the labelled entry's id",
    str(SEALED): "the sealed entry's id",
    str(WITHHELD): "the withheld entry's id",
    str(SEAL): "the id of a seal",
    **{str(one): "the id of what withholds it" for one in WITHHOLDINGS},
    str(MAN): "the person's id",
    str(HOME): "the home's id",
    str(LARKSPUR): "the sealed family's id",
    str(OF_LARKSPUR): "the id of somebody of it",
}
OF_TOM = {"heron": "a family in conflict", "gt-0003": "its reference", str(HERON): "its id"}


def build(*, with_it: bool) -> World:
    """The world in the present database, with what is withheld or without it."""
    world = build_world()
    restricted.add_leads(world)
    record_network(world)
    both = world.entry(
        "social_care", "Ruth came to the office.", told={"health_visiting": "2026-05-04"},
        happened="2026-05-03", known="2026-05-03", id=key("entry in both"),
        asserted_by=world.actors["priya"].practitioner,
    )  # fmt: skip
    record_entry(world.actors["priya"], world.case, both, now=NOW)
    if with_it:
        _labelled(world)
        _sealed(world)
        _withheld(world)
        _families(world)
    _published(world, with_it=with_it)
    _decided(world, with_it=with_it)
    if with_it:
        _restrict(world)
    return world


def _labelled(world: World) -> None:
    priya, ama = world.actors["priya"], world.actors["ama"]

    def of(kind: str, nature: str, person: str, other: str = "", **more):
        return claim(world, kind, nature, person, other, "2026-04-01/..", **more)

    entry = world.entry(
        "social_care", "Amaranth: he is there at night.", about=("ruth",), how_known="told",
        told=dict.fromkeys(("health_visiting", "mental_health"), "2026-05-12"), id=LABELLED,
        happened="2026-05-11", known="2026-05-11", kind="incident",
        asserted_by=priya.practitioner,
    )  # fmt: skip
    world_man = Newcomer(MAN, "mother’s friend", "Bartholomew", "Ptarmigan", gender="man")
    claims = [
        of("couple", "together", "ruth", "withheld"),
        of("lives_at", "lives", "withheld", household=HOME),
        of("cares_for", "nights", "withheld", "ada", nights=(1, 2)),
    ]
    record_claims(
        priya, world.case, entry, claims, now=NOW, unknown=[world_man],
        households=[NewHousehold(HOME, "Sycamore House")],
    )  # fmt: skip
    judge_significance(
        ama, world.case, LABELLED, "key", id=key("judged withheld"), reason="Nightjar.", now=NOW
    )
    acknowledge_entry(ama, world.case, LABELLED, will_do="", asks="Corncrake?", now=NOW)


def _sealed(world: World) -> None:
    lund = world.actors["lund"]
    entry = world.entry(
        "mental_health", "Verdigris: it was said in confidence.", about=("ruth",),
        told=dict.fromkeys(("health_visiting", "social_care"), "2026-05-20"), id=SEALED,
        happened="2026-05-19", known="2026-05-19", kind="disclosure",
        asserted_by=lund.practitioner,
    )  # fmt: skip
    record_entry(lund, world.case, entry, now=NOW)


def _withheld(world: World) -> None:
    priya = world.actors["priya"]
    entry = world.entry(
        "social_care", "Tamarisk: her colleague rang her about it.", about=("ruth",),
        told=dict.fromkeys(("health_visiting", "mental_health"), "2026-05-16"), id=WITHHELD,
        happened="2026-05-15", known="2026-05-15", kind="contact",
        asserted_by=priya.practitioner,
    )  # fmt: skip
    record_entry(priya, world.case, entry, now=NOW)


def _families(world: World) -> None:
    for case, reference, label, person, team in (
        (LARKSPUR, "GT-LARKSPUR", "Larkspur family", OF_LARKSPUR, ("priya", "grace", "ama")),
        (HERON, "GT-0003", "Heron family", key("person iris"), ("tom",)),
    ):
        member = set_up.NewMember(person, "mother", "Iris", label.split()[0])
        members = tuple(
            set_up.NewTeamMember(
                uuid5(case, who), key(f"practitioner {who}"),
                "allocated" if who in ("priya", "tom") else "named_member", date(2025, 1, 1),
            )
            for who in team
        )  # fmt: skip
        family = set_up.NewFamily(case, reference, label, date(2025, 1, 1), "", (member,), members)
        set_up.open_family(world.actors["admin"], family)
    priya = world.actors["priya"]
    link_people(priya, world.case, world.person("ruth"), OF_LARKSPUR, "same", "Saffron.", now=NOW)


def _published(world: World, *, with_it: bool) -> None:
    chosen = [key("entry in both"), *([LABELLED] if with_it else [])]
    publish_chronology(
        world.actors["priya"], world.case, id=PUBLISHED, title="For the meeting", purpose="",
        viewpoint=Viewpoint(NOW), entries=chosen, now=NOW,
    )  # fmt: skip


def _decided(world: World, *, with_it: bool) -> None:
    pins = [ProposedPin(key("entry in both")), *([ProposedPin(LABELLED)] if with_it else [])]
    priya = world.actors["priya"]
    told = ProposedDecision(
        question="Does Ada stay?", decided="She does.", rationale="Ruth asks.",
        day=date(2026, 6, 8), setting="telephone", about=(world.person("ruth"),),
        parties=(
            Party("decided", priya.practitioner, view="agrees"),
            Party("present", world.actors["ama"].practitioner, view="agrees"),
        ),
        pins=tuple(pins),
    )  # fmt: skip
    sign_decision(priya, world.case, DECIDING, told, now=NOW)


def _restrict(world: World) -> None:
    priya, lund = world.actors["priya"], world.actors["lund"]
    because = "It was agreed with the lead."
    label_entry.put_label(
        priya, world.case, LABELLED, "police_live", reason=because, id=key("label"), now=NOW
    )
    seal_record.seal_record(
        priya, world.case, kind="high_risk", reason=because, named=[lund.practitioner],
        id=SEAL, statement=SEALED, now=NOW,
    )  # fmt: skip
    whom: tuple[dict[str, UUID], ...] = (
        {"agency": world.agency("health_visiting")},
        {"agency": world.agency("police")},
        {"practitioner": world.actors["grace"].practitioner},
        {"practitioner": world.actors["sam"].practitioner},
    )
    for id, one in zip(WITHHOLDINGS, whom, strict=True):
        withhold_record.withhold(
            priya, world.case, statement=WITHHELD, reason=because, id=id, now=NOW, **one
        )
    seal_record.seal_record(
        priya, LARKSPUR, kind="high_profile", reason=because, id=key("seal"), now=NOW,
        named=[world.actors["rosa"].practitioner],
    )  # fmt: skip
    declare_own(
        world.actors["tom"], family="GT-0003", reason="My sister.", id=key("conflict"), now=NOW
    )


def decision() -> UUID:
    """The id of the decision that both worlds hold."""
    priya = Actor(key("account priya"), key("practitioner priya"), key("agency social_care"))
    return decision_of_draft(priya, DECIDING)
