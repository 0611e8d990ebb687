"""People, two families, an entry at a time, what is done to it and the time that goes by: by chance.

After each act every reader is asked at pages and files of every sort; what each should be shown is
worked out in `played`, without any of the code under test. Pages that stand open, files that were
taken and links are asked for again later.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import patch
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
from goldenthread.domain.access.rates import Counted, Rate
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop import clock as clock_of_files
from goldenthread.records.access.models import TeamMember
from goldenthread.records.shared.models import Account
from goldenthread.usecases.access import (
    break_glass,
    clearances,
    conflicts,
    label_entry,
    seal_record,
    withhold_record,
)
from goldenthread.usecases.accounts import rates
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.what_needs_me import what_needs_me
from goldenthread.usecases.network.record_claims import Newcomer, record_claims
from goldenthread.web.kit import clock
from tests.agreement.played import AGENCY, FAMILIES, HIDING, MASKING, Play, Told, begun
from tests.conftest import PRISTINE, cloned
from tests.families import glass
from tests.families.answers import words_of
from tests.families.browsers import shown_at
from tests.families.network import claim
from tests.families.restricted import BECAUSE
from tests.families.world import key

READERS = ("sam", "ama", "dora")
NAME = st.sampled_from(sorted(FAMILIES))
CHOICE = st.integers(0, 5)
# Somebody, or all of an agency.
WHOM = st.sampled_from(("sam", "ama", "health_visiting"))
ANY_NUMBER = {kind: Rate(None, None, timedelta(minutes=1)) for kind in Counted}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Played(RuleBasedStateMachine):
    """Two families in a database of their own."""

    server: Server

    def __init__(self) -> None:
        super().__init__()
        self.database = cloned(self.server, PRISTINE)
        next(self.database)
        self.by, self.steps = timedelta(0), 0
        machine = self

        class Present(datetime):
            @classmethod
            def now(cls, zone=None):
                return datetime.now(zone) + machine.by

        self.patches = [
            patch.object(clock, "datetime", Present),
            patch.object(clock_of_files, "datetime", Present),
            patch.object(rates, "rates", lambda: ANY_NUMBER),
        ]
        for one in self.patches:
            one.start()
        self.play: Play
        self.clients: dict[str, Client] = {}
        self.kept: list[tuple[str, str, str]] = []  # by whom, of which family, at which address
        self.glass_was_broken = False

    def teardown(self) -> None:
        """Ask every reader everything, and undo."""
        try:
            if self.clients:
                for surface in self.SURFACES:
                    self._ask(surface)
                for one in self.kept:
                    self._again(*one)
        finally:
            for one in self.patches:
                one.stop()
            self.database.close()

    @initialize()
    def begin(self) -> None:
        self.play = begun()
        self._sign_in()

    def _sign_in(self) -> None:
        """Everybody who can signs in again: a session does not last as long as the clock jumps."""
        for who in READERS:
            if who not in self.play.closed:
                self.clients[who] = Client()
                account = Account.objects.get(id=key(f"account {who}"))
                self.clients[who].force_login(account, backend=BACKEND)
                shown_at(self.clients[who], self.now.timestamp())

    @property
    def now(self) -> datetime:
        return clock.now()

    def actor(self, who: str):
        return self.play.world.actors[who]

    def _acts(self, who: str, name: str) -> bool:
        """Whether somebody may restrict what is in a family: they read it and are of its team."""
        play = self.play
        return play.opens(who, name, self.now) and play.is_member(who, name, self.now)

    def _theirs(self) -> list[Told]:
        """The entries that their authors may still act on."""
        return [
            one for one in self.play.entries
            if self._acts(one.author, one.family)
            and self.play.state(one.author, one, self.now) == "full"
        ]  # fmt: skip

    def _entry(self, choice: int) -> Told | None:
        able = self._theirs()
        return able[choice % len(able)] if able else None

    # What is done.

    @precondition(lambda self: len(self.play.entries) < 5)
    @rule(who=st.sampled_from(("priya", "ama")), name=NAME, tell=st.booleans(), new=st.booleans())
    def say(self, who: str, name: str, tell: bool, new: bool) -> None:
        play, number = self.play, len(self.play.entries)
        if not self._acts(who, name):
            return
        told = {"health_visiting" if who == "priya" else "social_care"} if tell else set()
        word, about, world = f"vermilion{number}x", FAMILIES[name][1], play.world
        entry = world.entry(
            AGENCY[who], f"She said {word} today.", "2026-03-14", id=uuid4(), about=(about,),
            told=dict.fromkeys(told, "2026-03-16"), asserted_by=self.actor(who).practitioner,
        )  # fmt: skip
        case, names = play.families[name].case, ""
        if new:
            names = f"Cerise{number}x"
            friend = Newcomer(world.person(names), "friend", names, "Nobody")
            of = claim(world, "network", "friend", about, names)
            entry = replace(entry, subjects=tuple(Subject(person) for person in of.people))
            record_claims(self.actor(who), case, entry, [of], now=self.now, unknown=[friend])
        else:
            record_entry(self.actor(who), case, entry, now=self.now)
        play.entries.append(Told(entry.id, name, who, told, word, names))

    @precondition(lambda self: self._theirs())
    @rule(choice=CHOICE, name=st.sampled_from((*MASKING, *HIDING)))
    def label(self, choice: int, name: str) -> None:
        one = self._entry(choice)
        case = self.play.families[one.family].case
        act = label_entry.take_off_label if name in one.labels else label_entry.put_label
        act(self.actor(one.author), case, one.id, name, reason=BECAUSE, id=uuid4(), now=self.now)
        one.labels ^= {name}

    @rule(who=st.sampled_from(("sam", "ama")), name=st.sampled_from((*MASKING, *HIDING)))
    def clear(self, who: str, name: str) -> None:
        cleared, lead = self.play.cleared.setdefault(who, set()), "ben" if who == "ama" else "rosa"
        if name not in cleared and who not in self.play.closed:
            clearances.clear_for_label(
                self.actor(lead), self.actor(who).practitioner, name, reason=BECAUSE, id=uuid4(),
                now=self.now,
            )  # fmt: skip
            cleared.add(name)

    @precondition(lambda self: self._theirs())
    @rule(choice=CHOICE, whom=WHOM, whole=st.booleans())
    def withhold_or_end_it(self, choice: int, whom: str, whole: bool) -> None:
        """An entry, or the whole family, from a person or from an agency."""
        one = self._entry(choice)
        if whom in (one.author, one.agency) or (whole and one.author != "priya"):
            return
        family, actor = self.play.families[one.family], self.actor(one.author)
        of = family if whole else one
        if whom in of.withheld:
            withhold_record.stop_withholding(
                actor, family.case, of.withheld.pop(whom), reason=BECAUSE, now=self.now
            )
            return
        from_ = (
            {"practitioner": self.actor(whom).practitioner} if whom in AGENCY
            else {"agency": self.play.world.agency(whom)}
        )  # fmt: skip
        of.withheld[whom] = uuid4()
        withhold_record.withhold(
            actor, family.case, reason=BECAUSE, id=of.withheld[whom], now=self.now,
            statement=None if whole else one.id, **from_,
        )  # fmt: skip

    @precondition(lambda self: any(one.author == "priya" for one in self._theirs()))
    @rule(choice=CHOICE, also=st.sampled_from(("sam", "ama")), whole=st.booleans())
    def seal_or_lift(self, choice: int, also: str, whole: bool) -> None:
        able = [one for one in self._theirs() if one.author == "priya"]
        one = able[choice % len(able)]
        family, actor = self.play.families[one.family], self.actor("priya")
        of = family if whole else one
        if of.seal is not None:
            seal_record.lift_seal(
                actor, family.case, of.seal, reason=BECAUSE, id=uuid4(), now=self.now
            )
            of.seal = of.named = None
            return
        of.seal, of.named = uuid4(), {"priya", also, *({"rosa"} if whole else set())}
        seal_record.seal_record(
            actor, family.case, kind="high_risk", reason=BECAUSE, id=of.seal, now=self.now,
            named=[self.actor(who).practitioner for who in of.named],
            statement=None if whole else one.id,
        )  # fmt: skip

    @precondition(lambda self: len(self.play.entries) > 2)
    @rule(who=st.sampled_from(("sam", "ama")), name=NAME)
    def declare_a_conflict(self, who: str, name: str) -> None:
        family = self.play.families[name]
        if who not in family.conflicts and who not in self.play.closed:
            conflicts.declare_own(
                self.actor(who), family=FAMILIES[name][0], reason="My sister.", id=uuid4(),
                now=self.now,
            )  # fmt: skip
            family.conflicts.add(who)

    @rule(name=NAME, ahead=st.integers(0, 2), ends=st.sampled_from((None, 1, 3)))
    def begin_or_end_membership(self, name: str, ahead: int, ends: int | None) -> None:
        """Ama's: it ends today, or one begins today or on a day to come, with or without an end."""
        family, today = self.play.families[name], day_of(self.now)
        spans = family.members["ama"]
        rows = TeamMember.objects.using("owner").filter(
            case=family.case, practitioner=key("practitioner ama")
        )
        if self.play.is_member("ama", name, self.now):
            begins = max(begins for begins, _ in spans)
            over = max(today, begins + timedelta(days=1))
            rows.filter(from_on=begins).update(to_on=over)
            spans[-1] = (begins, over)
        elif all(over is not None and over <= today for _, over in spans):
            begins = today + timedelta(days=ahead)
            over = begins + timedelta(days=ends) if ends else None
            TeamMember.objects.using("owner").create(
                id=uuid4(), case_id=family.case, practitioner_id=key("practitioner ama"),
                role="named_member", from_on=begins, to_on=over,
            )  # fmt: skip
            spans.append((begins, over))

    @precondition(lambda self: not self.glass_was_broken)
    @rule(name=NAME)
    def break_the_glass(self, name: str) -> None:
        family = self.play.families[name]
        if family.named is not None or {"dora", "police"} & family.withheld.keys():
            return
        now = self.now
        glass.broke(self.play.world, "dora", now=now, reference=FAMILIES[name][0])
        self.glass_was_broken, family.broken = True, (now, now + glass.LASTS)

    @rule(name=NAME)
    def close_the_glass(self, name: str) -> None:
        if self.play.by_glass("dora", name, self.now):
            family = self.play.families[name]
            if self.play.opens("dora", name, self.now):
                break_glass.end_glass(self.actor("dora"), family.case, now=self.now)
                family.broken = None

    @rule(who=st.sampled_from(("sam", "ama")))
    def close_or_open_an_account(self, who: str) -> None:
        opened = who in self.play.closed
        Account.objects.using("owner").filter(id=key(f"account {who}")).update(is_active=opened)
        self.play.closed ^= {who}
        if opened:
            self._sign_in()

    @rule(hours=st.sampled_from((0, 1, 2, 4)), days=st.sampled_from((0, 1, 2)))
    def time_goes_by(self, hours: int, days: int) -> None:
        self.by += timedelta(days=days, hours=hours)
        self._sign_in()

    @rule(who=st.sampled_from(READERS), name=NAME, what=st.sampled_from(("page", "file", "link")))
    def keep_for_later(self, who: str, name: str, what: str) -> None:
        """A page that stands open, a file that was taken, or a link to one."""
        case = self.play.families[name].case
        if what == "link" and not self.play.opens(who, name, self.now):
            return
        address = reverse("history" if what == "page" else "history_csv", kwargs={"case": case})
        if what == "link":
            sent = {"id": str(uuid4()), "of": address,
                    "to": f"practitioner:{key(f'practitioner {who}')}"}  # fmt: skip
            answer = self.clients[who].post(reverse("document_for", kwargs={"case": case}), sent)
            if answer.status_code != 302:
                return
            address = answer.url
        self.clients[who].get(address, follow=True)
        self.kept.append((who, name, address))

    @precondition(lambda self: self.kept)
    @rule(choice=CHOICE)
    def ask_for_it_again(self, choice: int) -> None:
        self._again(*self.kept[choice % len(self.kept)])

    # What is shown.

    def _again(self, who: str, name: str, address: str) -> None:
        answer = self.clients[who].get(address, follow=True)
        if not self.play.opens(who, name, self.now):
            assert answer.status_code == 404 or who in self.play.closed, (who, address)
        self._holds(answer, who, name, f"{address} again", exactly=False)

    def _holds(self, answer, who: str, name: str, surface: str, *, exactly: bool = True) -> None:
        """That an answer says the words of the entries that the reader reads, and no other."""
        said = words_of(answer)
        there = {one.word for one in self.play.entries if one.word in said}
        there |= {one.names for one in self.play.entries if one.names and one.names in said}
        names = FAMILIES if name == "every" else (name,)
        full = self.play.full(who, self.now, *names)
        wanted = {one.word for one in full}
        may = wanted | {one.names for one in full if one.names}
        assert there <= may, (who, surface, there - may)
        if exactly:
            assert wanted <= there, (who, surface, wanted - there)

    def _history(self, who: str, name: str, case: UUID) -> None:
        answer = self.clients[who].get(reverse("history", kwargs={"case": case}))
        opens = self.play.opens(who, name, self.now)
        assert (answer.status_code == 200) is opens, (who, name, "history")
        self._holds(answer, who, name, "history", exactly=opens)

    def _file(self, kind: str, who: str, name: str, case: UUID) -> None:
        answer = self.clients[who].get(reverse(f"history_{kind}", kwargs={"case": case}))
        takes = self.play.is_listed(who, name, self.now)
        assert (answer.status_code == 200) is takes, (who, name, kind)
        self._holds(answer, who, name, kind, exactly=takes)

    def _csv(self, who: str, name: str, case: UUID) -> None:
        self._file("csv", who, name, case)

    def _xlsx(self, who: str, name: str, case: UUID) -> None:
        self._file("xlsx", who, name, case)

    def _network(self, who: str, name: str, case: UUID) -> None:
        answer = self.clients[who].get(reverse("network", kwargs={"case": case}))
        opens = self.play.opens(who, name, self.now)
        assert (answer.status_code == 200) is opens, (who, name, "network")
        self._holds(answer, who, name, "network", exactly=False)
        said = words_of(answer)
        people = {one.names for one in self.play.full(who, self.now, name) if one.names}
        assert all(one in said for one in people), (who, name, "network", people)

    def _picture(self, who: str, name: str, case: UUID) -> None:
        answer = self.clients[who].get(reverse("picture", kwargs={"case": case}))
        assert (answer.status_code == 200) is self.play.opens(who, name, self.now), (who, "picture")
        self._holds(answer, who, name, "picture", exactly=False)

    def _entries(self, who: str, name: str, case: UUID) -> None:
        for one in self.play.entries:
            if one.family == name:
                at = reverse("entry", kwargs={"case": case, "statement": one.id})
                answer = self.clients[who].get(at)
                full = self.play.state(who, one, self.now) == "full"
                assert (answer.status_code == 200) is full, (who, name, one.word, "entry")
                self._holds(answer, who, name, "entry", exactly=False)

    def _numbers(self, who: str, name: str, case: UUID) -> None:
        """How many there are, in full and masked."""
        if not self.play.opens(who, name, self.now):
            return
        shown = read_history(self.actor(who), case, Viewpoint(self.now), now=self.now)
        of_it = [one for one in self.play.entries if one.family == name]
        states = [self.play.state(who, one, self.now) for one in of_it]
        assert len(shown.entries) == states.count("full"), (who, name, "how many")
        assert len(shown.masked) == states.count("masked"), (who, name, "how many masked")

    def _home(self, who: str) -> None:
        """The list of families, and what needs somebody."""
        answer = self.clients[who].get(reverse("families"))
        self._holds(answer, who, "every", "home", exactly=False)
        said, closed = words_of(answer), who in self.play.closed
        listed = {name for name, (reference, _) in FAMILIES.items() if reference in said}
        wanted = {name for name in FAMILIES if self.play.is_listed(who, name, self.now)}
        by_glass = {name for name in FAMILIES if self.play.by_glass(who, name, self.now)}
        assert wanted <= listed <= wanted | by_glass, (who, "list of families")
        if closed:
            return
        waiting = [
            one for one in self.play.full(who, self.now, *FAMILIES)
            if AGENCY[who] in one.told and self.play.is_member(who, one.family, self.now)
        ]  # fmt: skip
        needs = what_needs_me(self.actor(who), now=self.now)
        assert len(needs.to_read) == len(waiting), (who, "what needs me")

    def _search(self, who: str) -> None:
        answer = self.clients[who].post(reverse("search"), {"words": "today"})
        self._holds(answer, who, "every", "search", exactly=False)
        said = words_of(answer)
        for name in FAMILIES:
            if self.play.is_member(who, name, self.now):
                for one in self.play.full(who, self.now, name):
                    assert one.word in said, (who, name, "search")
        for name, (reference, _) in FAMILIES.items():
            found = self.clients[who].post(reverse("search"), {"words": reference.casefold()})
            listed = self.play.is_listed(who, name, self.now)
            family = reverse("family", kwargs={"case": self.play.families[name].case})
            assert (family in words_of(found)) is listed, (who, name, "search for a family")

    OF_A_FAMILY = (_history, _csv, _xlsx, _network, _picture, _entries, _numbers)
    SURFACES = (*OF_A_FAMILY, _home, _search)

    def _ask(self, surface) -> None:
        for who in READERS:
            if surface not in self.OF_A_FAMILY:
                surface(self, who)
                continue
            for name, family in self.play.families.items():
                surface(self, who, name, family.case)

    @invariant()
    def every_surface_shows_what_the_policy_says_and_no_more(self) -> None:
        """Two after each act, in turn, and all of them at the end: they cost more than the acts."""
        for _ in range(2):
            self._ask(self.SURFACES[self.steps % len(self.SURFACES)])
            self.steps += 1


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_no_sequence_of_acts_shows_what_the_policy_does_not(postgres):
    Played.server = postgres
    thorough = not settings.default.derandomize  # as `make soak` is
    run_state_machine_as_test(
        Played,
        settings=settings(
            max_examples=200 if thorough else 5,
            stateful_step_count=30 if thorough else 15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
