"""A safe address in the small world: Ruth and Ada moved away from Dean, and he must not find them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.usecases.addresses.keep_address import ProposedAddress, keep_address
from tests.families.network import claim, newcomer, say
from tests.families.world import NOW, World, build_world, key

STREET, POSTCODE, PHONE = "47 Larkspur Rise", "ZZ9 4QX", "01632 960 471"
WRITTEN = (
    "zz94qx", "zz9 4qx", "47 larkspur", "larkspur rise 47", "960471", "960 471", "1632960471",
)  # fmt: skip
DEAN = key("person dean")
ADDRESS = key("address ruth")
IN_WORDS = f"They are at {STREET}, {POSTCODE}. Ring Ruth there on {PHONE}."


def proposed(**more) -> ProposedAddress:
    """What Priya keeps, unless a test says otherwise."""
    given: dict = {
        "id": ADDRESS,
        "person": key("person ruth"),
        "lines": f"{STREET}\nFenwick",
        "postcode": POSTCODE,
        "phone": PHONE,
        "from_on": date(2026, 5, 20),
        "how_known": "told",
        "said_by": "Ruth",
        "people": frozenset({DEAN}),
        "acting_words": "Hobb and Lyle Solicitors",
        "why": "He said that he will find them.",
    }
    return ProposedAddress(**given | more)


def build_with_dean(**roles: str) -> World:
    """The small world, in which Ama has told everybody of Dean, the mother's former partner."""
    world = build_world(**roles)
    everybody = dict.fromkeys(("social_care", "police", "mental_health", "gp"), "2026-05-01")
    dean = newcomer(world, "dean", "mother's former partner", "Dean", "Carter", gender="man")
    harm = claim(
        world, "harm", "control", "dean", "ruth", "2026-04-01/..", status="alleged", words="threats"
    )
    say(
        world, "health_visiting", "Dean shouted at the door.", [harm], known="2026-05-01",
        people=[dean], told=everybody,
    )  # fmt: skip
    return world


def keep(world: World, who: str = "priya", **more) -> UUID:
    """Keep the address as one of the world's people; its id."""
    new = proposed(**more)
    keep_address(world.actors[who], world.case, new, now=NOW)
    return new.id


def appears(text: str) -> list[str]:
    """The parts of the address that stand in a text, however they are written there."""
    plain = " ".join(text.casefold().replace("\u00a0", " ").split())
    return [
        one for one in WRITTEN if one in plain or one.replace(" ", "") in plain.replace(" ", "")
    ]
