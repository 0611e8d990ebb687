"""Reads profiles and adjustments, out of the entries a reader may see and out of no others.

Every function is given the statements its reader may read (`visible_to`); a version or an
adjustment whose entry is not among them is not there, and neither is what followed from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.digest import digest_of_adjustment, digest_of_profile
from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength, together
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Answer,
    Area,
    Demand,
    EffectAnswer,
    Setting,
    Voice,
)
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.records.access.reading import visible_to
from goldenthread.records.needs import models
from goldenthread.records.provenance.models import Awareness, Statement, StatementLink


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version with the entry that carries it; its profile holds no adjustments.

    `happened` is when it was talked about, as the entry says.
    `is_intact` says whether it still has the digest it was kept with.
    """

    profile: Profile
    statement: UUID
    summary: str
    happened: PartialDate
    agency: UUID
    agency_name: str
    written_by_name: str
    recorded_at: datetime
    earlier: frozenset[UUID]
    is_withdrawn: bool
    is_intact: bool

    @property
    def id(self) -> UUID:
        """The version's id."""
        assert self.profile.version is not None
        return self.profile.version


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """One adjustment with the entry that carries it; `ended` ends the one it is instead of."""

    adjustment: Adjustment
    statement: UUID
    agency: UUID
    agency_name: str
    written_by_name: str
    recorded_at: datetime
    instead_of: UUID | None
    ended: bool
    is_withdrawn: bool
    is_intact: bool

    @property
    def id(self) -> UUID:
        """The adjustment's id."""
        return self.adjustment.id


def versions(
    visible: QuerySet[Statement], *, case: UUID, adults: Collection[UUID] | None = None
) -> list[VersionRow]:
    """The versions of a family's profiles that a reader may read, newest first; five queries."""
    found = models.Profile.objects.filter(case=case, statement__in=visible.values("id"))
    if adults is not None:
        found = found.filter(adult__in=adults)
    rows = list(
        found.order_by("-recorded_at", "-id").select_related(
            "statement__agency", "written_by__practitioner"
        )
    )
    ids = [row.id for row in rows]
    answers, strengths, effects = _answers(ids), _strengths(ids), _effects(ids)
    earlier = _earlier(ids)
    withdrawn = _withdrawn(visible, [row.statement_id for row in rows])
    return [
        _version(
            row,
            Profile(
                adult=row.adult_id,
                version=row.id,
                answers=tuple(answers[row.id]),
                strengths=tuple(strengths[row.id]),
                effects=tuple(effects[row.id]),
                how_to_work_with_me=row.how_to_work_with_me,
                diagnosis=row.diagnosis,
                wishes_diagnosis=row.wishes_diagnosis,
                advocate=Advocate(row.advocate),
                advocate_words=row.advocate_words,
                review_on=row.review_on,
            ),
            earlier[row.id],
            withdrawn,
        )
        for row in rows
    ]


def _version(
    row: models.Profile, profile: Profile, earlier: frozenset[UUID], withdrawn: Collection[UUID]
) -> VersionRow:
    digest = digest_of_profile(profile, statement=row.statement_id, earlier=earlier)
    return VersionRow(
        profile=profile,
        statement=row.statement_id,
        summary=row.statement.text,
        happened=parse_edtf(row.statement.happened),
        agency=row.statement.agency_id,
        agency_name=row.statement.agency.name,
        written_by_name=row.written_by.practitioner.name,
        recorded_at=row.recorded_at,
        earlier=earlier,
        is_withdrawn=row.statement_id in withdrawn,
        is_intact=digest == row.digest,
    )


def standing(rows: Sequence[VersionRow]) -> list[VersionRow]:
    """The versions that stand: not withdrawn, and no other of these was written from them."""
    kept = [row for row in rows if not row.is_withdrawn]
    gone = {id for row in kept for id in row.earlier}
    return [row for row in kept if row.id not in gone]


def profile_carried_by(statement: UUID) -> tuple[UUID, UUID] | None:
    """The version of a profile that an entry carries, and the adult it is of, or None."""
    return models.Profile.objects.filter(statement=statement).values_list("id", "adult_id").first()


def adjustment_carried_by(statement: UUID) -> UUID | None:
    """The adult with whom the adjustment that an entry carries was agreed; None where none is."""
    found = models.Adjustment.objects.filter(statement=statement)
    return found.values_list("adult_id", flat=True).first()


def adjustments(
    visible: QuerySet[Statement], *, case: UUID, adults: Collection[UUID] | None = None
) -> list[AdjustmentRow]:
    """The adjustments of a family that a reader may read, newest first, ended ones included."""
    found = models.Adjustment.objects.filter(case=case, statement__in=visible.values("id"))
    if adults is not None:
        found = found.filter(adult__in=adults)
    rows = list(
        found.order_by("-recorded_at", "-id").select_related(
            "statement__agency", "written_by__practitioner"
        )
    )
    withdrawn = _withdrawn(visible, [row.statement_id for row in rows])
    return [_adjustment(row, withdrawn) for row in rows]


def _adjustment(row: models.Adjustment, withdrawn: Collection[UUID]) -> AdjustmentRow:
    said = Adjustment(
        id=row.id,
        adult=row.adult_id,
        what=row.statement.text,
        agreed_by=row.agreed_by,
        from_on=row.from_on,
        settings=tuple(map(Setting, row.settings)),
        helps_with=tuple(map(Demand, row.helps_with)),
        review_on=row.review_on,
    )
    digest = digest_of_adjustment(
        said, statement=row.statement_id, instead_of=row.instead_of_id, ended=row.ended
    )
    return AdjustmentRow(
        adjustment=said,
        statement=row.statement_id,
        agency=row.statement.agency_id,
        agency_name=row.statement.agency.name,
        written_by_name=row.written_by.practitioner.name,
        recorded_at=row.recorded_at,
        instead_of=row.instead_of_id,
        ended=row.ended,
        is_withdrawn=row.statement_id in withdrawn,
        is_intact=digest == row.digest,
    )


def in_force(rows: Sequence[AdjustmentRow]) -> list[AdjustmentRow]:
    """The adjustments in force, the first agreed first: not ended, not withdrawn, not replaced."""
    kept = [row for row in rows if not row.is_withdrawn]
    gone = {row.instead_of for row in kept}
    live = [row for row in kept if not row.ended and row.id not in gone]
    return sorted(live, key=lambda row: (row.adjustment.from_on, row.recorded_at, row.id))


def needs_beside(
    case: UUID, actor: Actor, ties: FamilyTies, adults: Collection[UUID], *, now: datetime
) -> dict[UUID, Profile]:
    """For each of these adults, what this reader may read of their needs and adjustments, as one.

    Where several versions stand beside each other all they say is in it, the newest one's first.
    An adult of whom the reader may read no version has a profile without one (`version` is None),
    which holds the adjustments alone. Ask `domain.needs.hints.hints_for` what it means.
    """
    visible = visible_to(case, actor, ties, now=now)
    by_adult: dict[UUID, list[Profile]] = defaultdict(list)
    for row in standing(versions(visible, case=case, adults=adults)):
        by_adult[row.profile.adult].append(row.profile)
    agreed: dict[UUID, list[Adjustment]] = defaultdict(list)
    for one in in_force(adjustments(visible, case=case, adults=adults)):
        agreed[one.adjustment.adult].append(one.adjustment)
    return {
        adult: replace(
            together(by_adult[adult]) if by_adult[adult] else Profile(adult),
            adjustments=tuple(agreed[adult]),
        )
        for adult in adults
    }


def knowers_of(statements: Iterable[UUID], *, by: datetime) -> dict[UUID, dict[UUID, str]]:
    """Which agencies know each of these entries by an instant: agency to name, by name."""
    found: dict[UUID, dict[UUID, str]] = {id: {} for id in statements}
    rows = Awareness.objects.filter(statement__in=list(found), known_from__lte=by)
    fields = "statement_id", "agency_id", "agency__name"
    for statement, agency, name in rows.order_by("agency__name").values_list(*fields):
        found[statement][agency] = name
    return found


def _answers(profiles: list[UUID]) -> Mapping[UUID, list[AreaAnswer]]:
    found: dict[UUID, list[AreaAnswer]] = defaultdict(list)
    order = {str(area): place for place, area in enumerate(Area)}
    rows = models.ProfileAnswer.objects.filter(profile__in=profiles)
    for row in sorted(rows, key=lambda row: order[row.area]):
        found[row.profile_id].append(
            AreaAnswer(
                area=Area(row.area),
                answer=Answer(row.answer),
                words=row.words,
                voice=Voice(row.voice),
                said_by=row.said_by,
                how_known=row.how_known,
                asked_on=row.asked_on,
                makes_hard=tuple(map(Demand, row.makes_hard)),
            )
        )
    return found


def _strengths(profiles: list[UUID]) -> Mapping[UUID, list[Strength]]:
    found: dict[UUID, list[Strength]] = defaultdict(list)
    rows = models.ProfileStrength.objects.filter(profile__in=profiles).order_by("position")
    for row in rows:
        found[row.profile_id].append(Strength(row.words, Voice(row.voice), row.said_by))
    return found


def _effects(profiles: list[UUID]) -> Mapping[UUID, list[Effect]]:
    found: dict[UUID, list[Effect]] = defaultdict(list)
    rows = models.ProfileEffect.objects.filter(profile__in=profiles).order_by("position")
    for row in rows:
        found[row.profile_id].append(
            Effect(
                answer=EffectAnswer(row.answer),
                child=row.child_id,
                words=row.words,
                sign_of_worsening=row.sign_of_worsening,
                who_notices=row.who_notices,
                who_acts=row.who_acts,
                crisis_contact=row.crisis_contact,
                children_then=row.children_then,
                source=row.source,
                source_on=row.source_on,
            )
        )
    return found


def _earlier(profiles: list[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = models.ProfileFrom.objects.filter(profile__in=profiles)
    for profile, earlier in rows.values_list("profile_id", "earlier_id"):
        found[profile].add(earlier)
    return defaultdict(frozenset, {id: frozenset(those) for id, those in found.items()})


def _withdrawn(visible: QuerySet[Statement], statements: list[UUID]) -> set[UUID]:
    """Those of these entries that another entry the reader may read withdraws."""
    rows = StatementLink.objects.filter(
        kind=LinkKind.WITHDRAWS, target__in=statements, source__in=visible.values("id")
    )
    return set(rows.values_list("target_id", flat=True))
