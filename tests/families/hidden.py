"""A family with one thing that adult mental health alone knows, and the same family without it.

Both tell the same entry on the same day, published for a meeting, so that both hold the same
masked entry. In the first it names a man and a boy whom nobody else has heard of, their home, their
care, need and harm, answers of the agency's own, one to a question that it raises, a cumulative
summary that rests on it, and that the man is known in the Peregrine family; Dr Lund has begun to
write more, and decided something that nobody was told. In the second it is about Ruth, and says
nothing of the network.

    Okafor: Ruth, Ada ── Zephyrine Quillfeather and his son Wisteria (mental health alone)
    Peregrine: Ambrose, who is the same man (Dr Lund alone is of its team)
    Heron: Tom's own family
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.decisions.proposing import ProposedDecision, ProposedPin
from goldenthread.domain.decisions.record import MustTell, Party
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.addresses.send_document import Recipient, ask_for_whom
from goldenthread.usecases.chronology.imports.receiving import receive_file
from goldenthread.usecases.chronology.keep_draft import keep_draft
from goldenthread.usecases.chronology.publish_chronology import publish_chronology
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.decisions.sign_decision import (
    decision_of_draft,
    keep_decision_draft,
    sign_decision,
)
from goldenthread.usecases.network.answer_gap import answer_gap
from goldenthread.usecases.network.linked_families import link_people
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.record_claims import Newcomer, NewHousehold, record_claims
from goldenthread.usecases.people import set_up
from goldenthread.usecases.risk.answer_question import AnswerGiven, answer_question
from goldenthread.usecases.risk.write_summary import (
    finish_summary,
    keep_summary_draft,
    version_of_draft,
)
from tests.families import (
    hidden_challenges,
    hidden_needs,
    hidden_packs,
    hidden_plans,
    hidden_sharing,
)
from tests.families.network import claim, record_network
from tests.families.world import NOW, World, build_world, key

HIDDEN, DRAFT, FILE = key("entry hidden"), key("draft hidden"), key("file hidden")
MAN, BOY = key("person zephyrine"), key("person wisteria")
HOME = key("household marrowbone")
PUBLISHED = key("publication hidden")
ASK = key("document asked hidden")  # Dr Lund asks for a paper about the man
SUMMARY_DRAFT, OTHER_SUMMARY_DRAFT = key("summary draft hidden"), key("summary draft hidden 2")
PRIYAS_SUMMARY_DRAFT = key("summary draft of priya")
LUND = Actor(key("account lund"), key("practitioner lund"), key("agency mental_health"))
PRIYA = Actor(key("account priya"), key("practitioner priya"), key("agency social_care"))
QUESTION = "challenge_unanswered"  # what is hidden asks it of mental health, and of the chair
DECISION_DRAFT, OTHER_DECISION_DRAFT = key("decision hidden"), key("decision hidden 2")
GRACE = Actor(key("account grace"), key("practitioner grace"), key("agency social_care"))
GRACES_DECISION_DRAFT = key("decision of grace")
DECISION = decision_of_draft(LUND, DECISION_DRAFT)
GRACES_DECISION = decision_of_draft(GRACE, GRACES_DECISION_DRAFT)
SUMMARY = version_of_draft(LUND, SUMMARY_DRAFT)
PRIYAS_SUMMARY = version_of_draft(PRIYA, PRIYAS_SUMMARY_DRAFT)
PEREGRINE, AMBROSE, HERON = key("case peregrine"), key("person ambrose"), key("case heron")
# Words found nowhere but in what is hidden, each with what it is of. A chair sees those of
# Okafor's own record; what is written beside them nobody sees but Dr Lund.
OF_THE_RECORD = {
    "zephyrine": "a person",
    "quillfeather": "a family name",
    "wisteria": "a child",
    "marrowbone": "a household",
    "obsidian": "an entry's text",
    "tourmaline": "words of a need",
    "chalcedony": "words of harm",
    "bramblewick": "words of an answer",
    "heliotrope": "words of a summary",
    "vermilion": "the answer to a question",
    f"q-{QUESTION}": "a question",
    "malachite": "a decision",
    "carmine": "why a decision set an entry aside",
    str(DECISION): "the decision's id",
    str(uuid5(DECISION, "entry")): "the id of the decision's entry",
    str(SUMMARY): "the summary's id",
    str(HIDDEN): "the entry's id",
    str(MAN): "the person's id",
    str(BOY): "the child's id",
    str(HOME): "the household's id",
    **hidden_needs.WORDS,
    **hidden_plans.WORDS,
    **hidden_challenges.WORDS,
    **hidden_sharing.WORDS,
}
OF_DR_LUND = {
    "foxglove": "a draft",
    "cerulean": "a draft of a decision",
    str(OTHER_DECISION_DRAFT): "the id of that draft of a decision",
    str(DRAFT): "the draft's id",
    "periwinkle": "a draft of a summary",
    str(OTHER_SUMMARY_DRAFT): "the id of that draft",
    "celadon": "a file's name",
    str(FILE): "the file's id",
    str(ASK): "the id of a document that was asked for",
    "peregrine": "another family",
    "ambrose": "somebody of another family",
    "sandalwood": "why two people are one",
    str(PEREGRINE): "another family's id",
    str(AMBROSE): "the id of somebody of another family",
    **hidden_needs.DRAFTED,
    **hidden_plans.DRAFTED,
    **hidden_challenges.DRAFTED,
}


def build(*, with_it: bool) -> World:
    """The family in the present database, with the hidden thing or without it."""
    world = record_network(build_world())
    lund = world.actors["lund"]
    _others(world)
    finish_summary(
        PRIYA, world.case, PRIYAS_SUMMARY_DRAFT, words={"holds": "Ruth asks for help."},
        entries=(), now=NOW,
    )  # fmt: skip
    hidden_needs.in_common(world)
    hidden_plans.in_common(world)
    hidden_challenges.in_common(world)
    hidden_packs.in_common(world)
    claims = _claims(world) if with_it else []
    entry = world.entry(
        "mental_health", "Obsidian: he is often there." if with_it else "Ruth slept.",
        about=("ruth",), how_known="told", kind="challenge" if with_it else "background", id=HIDDEN,
    )  # fmt: skip
    if not with_it:
        record_entry(lund, world.case, entry, now=NOW)
        # As he does in the other: that somebody opened a page is told, whatever they found on it.
        read_network(lund, world.case, Viewpoint(NOW), now=NOW)
        hidden_needs.without(world)
        hidden_challenges.without(world)
        _decided(world, with_it=False)
        _published(world)
        return world
    people = [
        Newcomer(MAN, "mother’s partner", "Zephyrine", "Quillfeather", gender="man"),
        Newcomer(BOY, "his son", "Wisteria", "Quillfeather", is_child=True),
    ]
    home = NewHousehold(HOME, "Marrowbone House")
    record_claims(lund, world.case, entry, claims, now=NOW, unknown=people, households=[home])
    hidden_needs.with_it(world)
    hidden_plans.with_it(world)
    hidden_challenges.with_it(world)
    hidden_sharing.with_it(world)
    _beside(world)
    _decided(world, with_it=True)
    _published(world)
    return world


def _claims(world: World) -> list[ProposedClaim]:
    def of(kind: str, nature: str, person: str, other: str = "", **more) -> ProposedClaim:
        return claim(world, kind, nature, person, other, "2026-03-01/..", **more)

    return [
        of("couple", "together", "ruth", "zephyrine"),
        of("parent", "birth", "zephyrine", "wisteria"),
        of("lives_at", "lives", "zephyrine", household=HOME),
        of("lives_at", "stays", "ada", household=HOME),
        of("cares_for", "nights", "zephyrine", "ada", nights=(1, 2)),
        of("need", "abuse_caused", "zephyrine", words="tourmaline"),
        of("harm", "physical", "zephyrine", "ada", status="alleged", words="chalcedony"),
        of("quality", "close", "zephyrine", "ada"),
    ]


def _others(world: World) -> None:
    """Two families more: one of Dr Lund's, and one of Tom's."""
    for case, reference, label, who, person, given in (
        (PEREGRINE, "GT-PEREGRINE", "Peregrine family", "lund", AMBROSE, "Ambrose"),
        (HERON, "GT-0003", "Heron family", "tom", key("person iris"), "Iris"),
    ):
        member = set_up.NewMember(person, "father", given, label.split()[0])
        team = set_up.NewTeamMember(
            key(f"team {who} {label}"), key(f"practitioner {who}"), "allocated", date(2025, 1, 1)
        )
        family = set_up.NewFamily(case, reference, label, date(2025, 1, 1), "", (member,), (team,))
        set_up.open_family(world.actors["admin"], family)


def _decided(world: World, *, with_it: bool) -> None:
    """A decision of mental health's alone, in the first; in both, one that turned on the entry.

    The second is the chair's, told to social care, health visiting and mental health. In place of
    the first stands an entry of that day.
    """
    lund, day = world.actors["lund"], date(2026, 6, 8)
    about = (world.person("ruth"),)
    alone = ProposedDecision(
        question="Malachite?", decided="Malachite.", rationale="Malachite.", day=day,
        setting="telephone", about=about,
        parties=(Party("decided", lund.practitioner, view="agrees"),),
        pins=(ProposedPin(HIDDEN),),
    )  # fmt: skip
    if with_it:
        sign_decision(lund, world.case, DECISION_DRAFT, alone, now=NOW)
        typed = {"question": ["Cerulean?"]}
        keep_decision_draft(lund, world.case, OTHER_DECISION_DRAFT, typed, now=NOW)
    else:
        instead = world.entry(
            "mental_health", "Ruth slept again.", "2026-06-08", about=("ruth",),
            kind="background", known="2026-06-08", id=uuid5(DECISION, "entry"),
        )  # fmt: skip
        record_entry(lund, world.case, instead, now=NOW)
    told = replace(
        alone, question="Does Ada stay with Ruth?", decided="She does.", rationale="Ruth asks.",
        parties=(
            Party("decided", GRACE.practitioner, view="agrees"),
            Party("present", world.actors["ama"].practitioner, view="agrees"),
        ),
        pins=(ProposedPin(HIDDEN, "set_aside", "Carmine."),),
        must_tell=(MustTell(lund.agency),),
    )  # fmt: skip
    sign_decision(world.actors["grace"], world.case, GRACES_DECISION_DRAFT, told, now=NOW)


def _published(world: World) -> None:
    """The entry put before a meeting: its title is told to all, what it says is not."""
    publish_chronology(
        world.actors["lund"], world.case, id=PUBLISHED, title="For the conference", purpose="",
        viewpoint=Viewpoint(NOW), entries=[HIDDEN], now=NOW,
    )  # fmt: skip


def _beside(world: World) -> None:
    """Questions answered, two people judged to be one, a summary, and drafts."""
    lund = world.actors["lund"]
    shown = read_network(lund, world.case, Viewpoint(NOW), now=NOW)
    about = {str(MAN), str(BOY)}
    asked = [one for one in shown.questions if about.intersection(one.about)]
    assert asked, "what is hidden raises a question of its own"
    for one in asked:
        answer_gap(
            lund, world.case, one.id, GapOutcome.TAKEN_ON, "Ask bramblewick.",
            lund.practitioner, date(2026, 6, 20), now=NOW,
        )  # fmt: skip
    answer_question(
        lund, world.case, QUESTION, AnswerGiven("Vermilion."), id=key("answer hidden"), now=NOW
    )
    link_people(lund, world.case, MAN, AMBROSE, "same", "Sandalwood.", now=NOW)
    ask_for_whom(
        lund, world.case, ASK, kind="history_pdf", place=f"/families/{world.case}/history.pdf",
        recipients=[Recipient(person=MAN)], now=NOW,
    )  # fmt: skip
    receive_file(
        lund, world.case, id=FILE, content=b"date,text\n", file_name="celadon.csv", now=NOW
    )
    keep_draft(
        lund, world.case, DRAFT, {"form": "relation", "relation": {"text": ["Foxglove."]}}, now=NOW
    )
    finish_summary(
        lund,
        world.case,
        SUMMARY_DRAFT,
        words={"building": "Heliotrope."},
        entries=[HIDDEN],
        now=NOW,
    )
    keep_summary_draft(lund, world.case, OTHER_SUMMARY_DRAFT, {"harm": ["Periwinkle."]}, now=NOW)


def hidden_claims(world: World) -> tuple[UUID, ...]:
    """The ids of the claims nobody but mental health may read."""
    return tuple(one.id for one in _claims(world))


def hidden_gaps(world: World) -> tuple[str, ...]:
    """The ids of questions that arise only for who knows of the man or the boy."""
    shown = read_network(world.actors["lund"], world.case, Viewpoint(NOW), now=NOW)
    about = {str(MAN), str(BOY)}
    return tuple(one.id for one in shown.questions if about.intersection(one.about))
