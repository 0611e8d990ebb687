"""What a browser sends for a decision that lacks nothing."""

from __future__ import annotations

from goldenthread.domain.decisions.vocabulary import Heading
from tests.families.world import World, key
from tests.usecases.decisions.deciding import SEEN

PRIYA, AMA, LUND = (key(f"practitioner {who}") for who in ("priya", "ama", "lund"))


def form(world: World, **changed: object) -> dict[str, object]:
    """Every field of the form; `changed` replaces some, with - for _ in names of numbered ones."""
    police, mental_health = world.agency("police"), world.agency("mental_health")
    whole: dict[str, object] = {
        "question": "Is Ada safe at home tonight?",
        "decided": "Ada stays at home with Ruth; Ama visits tomorrow.",
        "rationale": "Ruth asks for help and keeps appointments.",
        "decided_on-day": "1", "decided_on-month": "6", "decided_on-year": "2026",
        "decided_time": "14:30", "setting": "strategy_meeting",
        "threshold": "section_47", "met": "not_met", "asked": "yes",
        "look_again_by-day": "15", "look_again_by-month": "6", "look_again_by-year": "2026",
        **{str(heading): f"Of {heading.label.lower()}." for heading in Heading},
        "about": [str(world.person("ada")), str(world.person("ruth"))],
        "option-0": "Home", "option_why-0": "Ruth asks for help.", "option_taken-0": "yes",
        "option-1": "Care", "option_why-1": "Too soon.",
        f"part-{PRIYA}": "decided", f"view-{PRIYA}": "agrees",
        f"part-{AMA}": "present", f"view-{AMA}": "dissents", f"said-{AMA}": "A cot first.",
        f"part-{LUND}": "absent", f"note-{LUND}": "On leave; the ward was rung.",
        "other_name-0": "Nan", "other_role-0": "grandmother", "other_part-0": "consulted",
        "pin": [str(SEEN)], f"use-{SEEN}": "weighed_against", f"why-{SEEN}": "Put right today.",
        f"tell-{police}": "with_this",
        f"tell-{mental_health}": "not_yet", f"tell_why-{mental_health}": "Dr Lund is on leave.",
        "basis": "public_task",
    }  # fmt: skip
    return {**whole, **changed}
