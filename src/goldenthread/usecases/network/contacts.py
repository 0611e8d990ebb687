"""Which agency saw or spoke with whom, and when: for the ecomap's "last contact"."""

from __future__ import annotations

from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.usecases._steps.gap_facts import CuriosityRules
from goldenthread.usecases._steps.network_seen import LoadedNetwork
from goldenthread.usecases.network.shown import Contact


def contacts_of(loaded: LoadedNetwork, rules: CuriosityRules) -> tuple[Contact, ...]:
    """The contacts known from the viewpoint, oldest first; people nobody sees are left out.

    Which kinds of entry say that somebody was seen or spoken with stands in `gap_rules.toml`.
    """
    shown = {member.person for member in loaded.members}
    found = [
        Contact(row.agency, str(person), row.happened, row.id)
        for row in loaded.said
        if row.id in loaded.known
        and row.kind in rules.spoken_to
        and row.polarity == Polarity.ASSERTS
        for person in loaded.subjects.get(row.id, ())
        if person in shown
    ]
    return tuple(
        sorted(found, key=lambda one: (one.happened.sort_day, str(one.statement), one.person))
    )
