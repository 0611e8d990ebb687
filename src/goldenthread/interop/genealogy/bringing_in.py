"""A family's file brought in through a page: read in a child process, then kept as one entry.

What was read waits as a draft, as the plain rows of our own relations CSV, until somebody has said
who in the file is who in the family. Nothing enters the record before that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from goldenthread.domain.chronology.admitting import ProposedEntry
from goldenthread.domain.network.claim import Claim, Household, Network, Relative
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import not_known, on_day
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop import clock
from goldenthread.interop.genealogy.found import Warnings
from goldenthread.interop.genealogy.reading import read_upload
from goldenthread.interop.genealogy.refusals import FamilyFileRefused
from goldenthread.interop.genealogy.relations_reading import network_of_rows
from goldenthread.interop.genealogy.relations_writing import rows_of
from goldenthread.usecases.chronology.family_around import family_around
from goldenthread.usecases.chronology.keep_draft import (
    AlreadyRecorded,
    NotFoundHere,
    discard_draft,
    entry_of_draft,
    keep_draft,
    open_draft,
)
from goldenthread.usecases.network.record_claims import (
    Newcomer,
    NewHousehold,
    ProposedClaim,
    Unknown,
    record_claims,
)

# Somebody reads through every person and relation before it is kept.
MOST_PEOPLE, MOST_CLAIMS = 200, 600
NEW, LEAVE_OUT = "new", "leave"
NO_ROLE = "from a family file"


@require_POST
def read_file(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Read what was sent up, and keep it as a draft to be looked through."""
    now = clock.now()
    family_around(request.actor, case, now=now)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, "Choose a file first.")
        return redirect("network_import", case=case)
    try:
        found = read_upload(upload.read(), upload.name or "")
    except FamilyFileRefused as refused:
        messages.error(request, refused.reason)
        return redirect("network_import", case=case)
    network = found.network
    if len(network.people) > MOST_PEOPLE or len(network.claims) > MOST_CLAIMS:
        messages.error(
            request,
            f"This file names {len(network.people):,} people and {len(network.claims):,} relations."
            f" Up to {MOST_PEOPLE} people and {MOST_CLAIMS} relations can be brought in at once.",
        )
        return redirect("network_import", case=case)
    fields: dict[str, object] = {
        "form": "family_file",
        "file": {
            "name": [upload.name or ""],
            "warnings": [one.sentence for one in found.warnings],
        },
        "rows": list(rows_of(network)),
    }
    keep_draft(request.actor, case, draft, fields, now=now)
    return redirect("network_found", case=case, draft=draft)


@require_POST
def record_file(request: HttpRequest, case: UUID, draft: UUID) -> HttpResponse:
    """Record what was chosen of a file, as one entry of the reader's agency."""
    now = clock.now()
    try:
        kept = open_draft(request.actor, case, draft, now=now)
    except AlreadyRecorded:
        messages.success(request, "This file is in the record already. Nothing was added twice.")
        return redirect("network", case=case)
    if kept is None or kept.fields.get("form") != "family_file":
        raise NotFoundHere("There is no such file of yours.")
    given = {name: values for name, values in request.POST.lists()}
    keep_draft(request.actor, case, draft, {"choices": given}, now=now)
    network = network_of_rows(enumerate(kept.fields["rows"], start=1), Warnings()).network
    chosen = _Chosen(network, given, entry_of_draft(request.actor, draft))
    try:
        chosen.refuse_incomplete()
        record_claims(
            request.actor, case, chosen.entry(request.actor, day_of(now)), chosen.claims,
            now=now, unknown=chosen.people, households=chosen.homes,
        )  # fmt: skip
    except NotFoundHere:
        raise
    except Refusal as refused:
        messages.error(request, refused.reason)
        return redirect("network_found", case=case, draft=draft)
    discard_draft(request.actor, draft, now=now)
    number = len(chosen.claims)
    messages.success(request, f"{number} relation{'s' * (number != 1)} added to the record.")
    return redirect("network", case=case)


class NotChosen(Refusal):
    """Something that only a person can say was not said."""


def _listed(chosen: str, what: str) -> UUID:
    """The id chosen from a list. Raises NotChosen for what is no id."""
    try:
        return UUID(chosen)
    except ValueError:
        raise NotChosen(f"{what} you chose is no longer listed. Choose again.") from None


class _Chosen:
    """What somebody chose to keep of a file, as the record is asked to hold it."""

    def __init__(self, network: Network, given: Mapping[str, list[str]], entry: UUID) -> None:
        self._given, self._entry = given, entry
        self._who = {one.id: self._one(f"who-{place}") for place, one in enumerate(network.people)}
        wanted = set(given.get("claim", ()))
        kept = [c for place, c in enumerate(network.claims) if str(place) in wanted]
        self._claims = [c for c in kept if self._can_stand(c)]
        named = {person for claim in self._claims for person in claim.people}
        self.people = [
            self._newcomer(one)
            for one in network.people
            if self._who[one.id] == NEW and one.id in named
        ]
        used = {claim.household for claim in self._claims}
        self._homes = {home.id: home for home in network.households if home.id in used}

    @property
    def claims(self) -> list[ProposedClaim]:
        """The relations, between people as they are in the record."""
        return [self._claim(claim) for claim in self._claims]

    @property
    def homes(self) -> list[NewHousehold]:
        """The homes that are not in the record yet."""
        return [
            NewHousehold(self._home(home), home.name, str(home.nature))
            for home in self._homes.values()
            if not self._known_home(home)
        ]

    def refuse_incomplete(self) -> None:
        """Raise NotChosen where words, a source or every relation is missing."""
        if not self._one("text").strip():
            raise NotChosen("Say in your own words what this file is and what it shows.")
        if not self._one("informant").strip():
            raise NotChosen("Say who made the file, or where it comes from. “Not known” will do.")
        if not self._claims:
            raise NotChosen("Choose at least one relation between people you did not leave out.")

    def entry(self, actor, today: date) -> ProposedEntry:
        """The entry that carries them: read in a record, known from today."""
        return ProposedEntry(
            id=self._entry,
            agency=actor.agency,
            asserted_by=actor.practitioner,
            text=self._one("text"),
            kind=Kind.BACKGROUND,
            subjects=(),
            happened=not_known(),
            how_known=HowKnown.RECORD,
            informant=self._one("informant"),
            known=on_day(today),
        )

    def _one(self, name: str) -> str:
        return (self._given.get(name) or [""])[-1]

    def _can_stand(self, claim: Claim) -> bool:
        """Whether everybody it names is kept; an agency of a file is none of this partnership's."""
        if claim.kind == ClaimKind.INVOLVEMENT:
            return False
        return all(self._who.get(one) not in (None, "", LEAVE_OUT) for one in claim.people)

    def _person(self, id: str) -> UUID:
        who = self._who[id]
        if who == NEW:
            return uuid5(self._entry, f"person:{id}")
        return _listed(who, "Somebody")

    def _newcomer(self, one: Relative) -> Newcomer | Unknown:
        id = self._person(one.id)
        if not one.is_identified or not one.name.strip():
            words = one.description or one.name or "Somebody a family file names without a name"
            return Unknown(id, words[:300], is_child=one.is_child, gender=str(one.gender))
        given, _, family = one.name.strip().rpartition(" ")
        return Newcomer(
            id, (one.role or NO_ROLE)[:100], given_name=given or family,
            family_name=family if given else "", is_child=one.is_child, born=one.born,
            expected_on=one.expected_on, died=one.died, gender=str(one.gender), loss=str(one.loss),
        )  # fmt: skip

    def _known_home(self, home: Household) -> str:
        known = self._one(f"home-{home.id}")
        return known if known not in ("", NEW) else ""

    def _home(self, home: Household) -> UUID:
        known = self._known_home(home)
        return _listed(known, "A home") if known else uuid5(self._entry, f"home:{home.id}")

    def _claim(self, claim: Claim) -> ProposedClaim:
        return ProposedClaim(
            uuid5(self._entry, f"claim:{claim.id}"), str(claim.kind), str(claim.nature),
            self._person(claim.person),
            other=self._person(claim.other) if claim.other else None,
            household=self._home(self._homes[claim.household]) if claim.household else None,
            happened=claim.happened, polarity=str(claim.polarity), status=str(claim.status),
            days=claim.days, nights=claim.nights, words=claim.words,
        )  # fmt: skip
