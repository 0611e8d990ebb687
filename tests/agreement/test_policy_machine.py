"""People, an entry at a time, and what is done to it: played by chance against every surface.

Small on purpose: a leak needs few people and few entries to show, and a large world hides it. What
each reader should be shown is worked out by `test_restricted` from what was done, without any of
the code under test.
"""

from __future__ import annotations

from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from goldenthread.config.postgres import Server
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.interop.clock import now as the_present
from goldenthread.records.chronology.reading import Sought
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access import break_glass
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.agreement.test_restricted import (
    HIDING,
    MASKING,
    SPEAKERS,
    Drawn,
    Told,
    opens,
    state,
)
from tests.conftest import PRISTINE, cloned
from tests.families import glass, restricted
from tests.families.world import key

READERS = ("sam", "ama", "dora")
CHOICE = st.integers(0, 5)


class Played(RuleBasedStateMachine):
    """One family in a database of its own; after each act every reader is asked everything."""

    server: Server

    def __init__(self) -> None:
        super().__init__()
        self.database = cloned(self.server, PRISTINE)
        next(self.database)
        self.case: Drawn
        self.clients: dict[str, Client] = {}
        self.words: dict[UUID, str] = {}
        self.glass_was_broken = False

    def teardown(self) -> None:
        self.database.close()

    @initialize()
    def begin(self) -> None:
        world = restricted.build_restricted()
        glass.add_posts(world)
        self.case = Drawn(world, [], {}, set(), None, set())
        for who in READERS:
            self.clients[who] = Client()
            self.clients[who].force_login(Account.objects.get(id=key(f"account {who}")))

    def is_entry(self) -> bool:
        """Whether there is an entry that its author may still act on."""
        return any(self._theirs(one) for one in self.case.entries)

    def _theirs(self, one: Told) -> bool:
        return state(self.case, one.author, one) == "full"

    def _entry(self, choice: int) -> Told:
        able = [one for one in self.case.entries if self._theirs(one)]
        return able[choice % len(able)]

    @precondition(lambda self: len(self.case.entries) < 4)
    @rule(who=st.sampled_from(sorted(SPEAKERS)), told=st.sets(st.sampled_from(sorted(SPEAKERS))))
    def say(self, who: str, told: set[str]) -> None:
        if not opens(self.case, who):
            return
        agency, world = SPEAKERS[who], self.case.world
        others = {SPEAKERS[one] for one in told} - {agency}
        word = f"vermilion{len(self.case.entries)}x"
        entry = world.entry(
            agency, f"She said {word} today.", "2026-03-14", id=uuid4(),
            told=dict.fromkeys(others, "2026-03-16"), asserted_by=world.actors[who].practitioner,
        )  # fmt: skip
        record_entry(world.actors[who], world.case, entry, now=restricted.NOW)
        self.words[entry.id] = word
        self.case.entries.append(Told(entry.id, who, agency, others))

    @precondition(is_entry)
    @rule(choice=CHOICE, name=st.sampled_from((*MASKING, *HIDING)))
    def label(self, choice: int, name: str) -> None:
        one = self._entry(choice)
        if name not in one.labels:
            restricted.label(self.case.world, one.author, one.id, name)
            one.labels.add(name)

    @precondition(is_entry)
    @rule(choice=CHOICE)
    def take_off_a_label(self, choice: int) -> None:
        one = self._entry(choice)
        if one.labels:
            name = min(one.labels)
            restricted.unlabel(self.case.world, one.author, one.id, name)
            one.labels.discard(name)

    @rule(who=st.sampled_from(("sam", "ama")), name=st.sampled_from((*MASKING, *HIDING)))
    def clear(self, who: str, name: str) -> None:
        cleared = self.case.cleared.setdefault(who, set())
        if name not in cleared:
            restricted.clear(self.case.world, "ben" if who == "ama" else "rosa", who, name)
            cleared.add(name)

    @precondition(is_entry)
    @rule(choice=CHOICE, whom=st.sampled_from(("sam", "ama")))
    def withhold(self, choice: int, whom: str) -> None:
        one = self._entry(choice)
        if whom != one.author and whom not in one.from_person:
            restricted.withhold(self.case.world, one.author, statement=one.id, person=whom)
            one.from_person.add(whom)

    @precondition(lambda self: any(self._theirs(o) and o.author == "priya" and o.named is None
                                   for o in self.case.entries))  # fmt: skip
    @rule(also=st.sampled_from(("sam", "ama", "grace")))
    def seal_an_entry(self, also: str) -> None:
        one = next(o for o in self.case.entries
                   if self._theirs(o) and o.author == "priya" and o.named is None)  # fmt: skip
        one.named = {"priya", also}
        restricted.seal(self.case.world, "priya", *one.named, statement=one.id)

    @precondition(lambda self: self.case.family_named is None and len(self.case.entries) > 1)
    @rule(also=st.sampled_from(("sam", "ama", "grace")))
    def seal_the_family(self, also: str) -> None:
        self.case.family_named = {"priya", "grace", also}
        restricted.seal(self.case.world, "priya", *self.case.family_named)

    @precondition(lambda self: len(self.case.entries) > 1)
    @rule(who=st.sampled_from(("sam", "ama")))
    def declare_a_conflict(self, who: str) -> None:
        if who not in self.case.conflicts:
            restricted.conflict(self.case.world, who)
            self.case.conflicts.add(who)

    @precondition(lambda self: not self.glass_was_broken and self.case.family_named is None)
    @rule()
    def break_the_glass(self) -> None:
        glass.broke(self.case.world, "dora", now=the_present())
        self.glass_was_broken = True
        self.case.broke.add("dora")

    @precondition(lambda self: "dora" in self.case.broke)
    @rule()
    def close_it(self) -> None:
        break_glass.end_glass(
            self.case.world.actors["dora"], self.case.world.case, now=the_present()
        )
        self.case.broke.discard("dora")

    def _shown(self, who: str) -> set[str]:
        if not self._opened(who):
            return set()
        return {
            self.words[one.id] for one in self.case.entries if state(self.case, who, one) == "full"
        }

    def _opened(self, who: str) -> bool:
        sealed = self.case.family_named is not None and who not in self.case.family_named
        return opens(self.case, who) and not sealed

    @invariant()
    def every_surface_shows_what_the_policy_says_and_no_more(self) -> None:
        for who in READERS:
            client, case = self.clients[who], self.case.world.case
            wanted = self._shown(who)
            history = client.get(reverse("history", kwargs={"case": case}))
            assert (history.status_code == 200) is self._opened(who), who
            assert self._in(history) == wanted, (who, "history")
            taken = client.get(reverse("history_csv", kwargs={"case": case}))
            assert self._in(taken) == (set() if who == "dora" else wanted), (who, "file")
            assert self._in(client.get(reverse("families"))) <= wanted, (who, "home")
            self._asked_one_by_one(who, wanted)

    def _asked_one_by_one(self, who: str, wanted: set[str]) -> None:
        case, actor = self.case.world.case, self.case.world.actors[who]
        for one in self.case.entries:
            word = self.words[one.id]
            at = reverse("entry", kwargs={"case": case, "statement": one.id})
            page = self.clients[who].get(at)
            assert (page.status_code == 200) is (word in wanted), (who, "entry")
            assert self._in(page) <= wanted, (who, "entry")
            try:
                found = read_history(
                    actor, case, Viewpoint(the_present()), now=the_present(),
                    sought=Sought(words=word),
                ).entries  # fmt: skip
            except NotFoundHere:
                found = ()
            assert bool(found) is (word in wanted), (who, "search")

    def _in(self, answer) -> set[str]:
        text = answer.content.decode(errors="replace")
        return {word for word in self.words.values() if word in text}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_sequence_of_acts_shows_what_the_policy_does_not(postgres):
    Played.server = postgres
    thorough = settings.default.max_examples > 100 and not settings.default.derandomize
    run_state_machine_as_test(
        Played,
        settings=settings(
            max_examples=200 if thorough else 4,
            stateful_step_count=20 if thorough else 10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
