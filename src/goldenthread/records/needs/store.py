"""Keeps versions of profiles and adjustments, each beside the entry that carries it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid5

from django.db import connection

from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.digest import digest_of_adjustment, digest_of_profile
from goldenthread.domain.needs.profile import Profile
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.needs import models


def hold_adult(case: UUID, adult: UUID) -> None:
    """Wait for whoever is keeping a version of this adult's profile, until this one is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"needs {case} {adult}"]
        )


def version_exists(id: UUID) -> bool:
    """Whether a version of this id was kept, of whichever adult."""
    return models.Profile.objects.filter(id=id).exists()


def adult_of_version(id: UUID) -> UUID | None:
    """Whose profile a version is; None where there is none of this id."""
    return models.Profile.objects.filter(id=id).values_list("adult_id", flat=True).first()


def adjustment_exists(id: UUID) -> bool:
    """Whether an adjustment of this id was kept, of whichever adult."""
    return models.Adjustment.objects.filter(id=id).exists()


def keep_version(
    profile: Profile, *, case: UUID, statement: UUID, earlier: Collection[UUID], written_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Keep a version, with all it says and what it was written from. Append its entry first."""
    id = profile.version
    assert id is not None
    digest = digest_of_profile(profile, statement=statement, earlier=earlier)
    copy_rows(
        "needs_profile",
        ("id", "case_id", "adult_id", "statement_id", "how_to_work_with_me", "diagnosis",
         "wishes_diagnosis", "advocate", "advocate_words", "review_on", "digest", "written_by_id"),
        [(id, case, profile.adult, statement, profile.how_to_work_with_me, profile.diagnosis,
          profile.wishes_diagnosis, profile.advocate, profile.advocate_words, profile.review_on,
          digest, written_by)],
    )  # fmt: skip
    copy_rows(
        "needs_profilefrom",
        ("id", "profile_id", "earlier_id"),
        ((uuid5(id, f"from:{one}"), id, one) for one in earlier),
    )
    _keep_parts(id, profile)
    audit.append(event)


def _keep_parts(id: UUID, profile: Profile) -> None:
    copy_rows(
        "needs_profileanswer",
        ("id", "profile_id", "area", "answer", "words", "voice", "said_by", "how_known",
         "asked_on", "makes_hard"),
        ((uuid5(id, f"area:{a.area}"), id, a.area, a.answer, a.words, a.voice, a.said_by,
          a.how_known, a.asked_on, [str(one) for one in a.makes_hard]) for a in profile.answers),
    )  # fmt: skip
    copy_rows(
        "needs_profilestrength",
        ("id", "profile_id", "position", "words", "voice", "said_by"),
        ((uuid5(id, f"strength:{place}"), id, place, s.words, s.voice, s.said_by)
         for place, s in enumerate(profile.strengths, start=1)),
    )  # fmt: skip
    copy_rows(
        "needs_profileeffect",
        ("id", "profile_id", "position", "child_id", "answer", "words", "sign_of_worsening",
         "who_notices", "who_acts", "crisis_contact", "children_then", "source", "source_on"),
        ((uuid5(id, f"effect:{place}"), id, place, e.child, e.answer, e.words,
          e.sign_of_worsening, e.who_notices, e.who_acts, e.crisis_contact, e.children_then,
          e.source, e.source_on) for place, e in enumerate(profile.effects, start=1)),
    )  # fmt: skip


def keep_adjustment(
    adjustment: Adjustment, *, case: UUID, statement: UUID, instead_of: UUID | None, ended: bool,
    written_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep an adjustment, or that one ended. Append its entry first: its words are the entry's."""
    digest = digest_of_adjustment(
        adjustment, statement=statement, instead_of=instead_of, ended=ended
    )
    copy_rows(
        "needs_adjustment",
        ("id", "case_id", "adult_id", "statement_id", "agreed_by", "from_on", "settings",
         "helps_with", "review_on", "instead_of_id", "ended", "digest", "written_by_id"),
        [(adjustment.id, case, adjustment.adult, statement, adjustment.agreed_by,
          adjustment.from_on, [str(one) for one in adjustment.settings],
          [str(one) for one in adjustment.helps_with], adjustment.review_on, instead_of, ended,
          digest, written_by)],
    )  # fmt: skip
    audit.append(event)
