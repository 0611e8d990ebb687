"""Entries as the pages of challenges show them: what was challenged, and what is relied on."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.usecases.chronology.shown import ShownEntry
from goldenthread.web.kit.words import date_in_words


def entry_shown(one: ShownEntry, case: UUID) -> dict[str, str]:
    """One entry in words: where it is, its kind, day, agency and text."""
    return {
        "href": reverse("entry", kwargs={"case": case, "statement": one.id}),
        "kind": Kind.label_of(one.statement.kind),
        "when": date_in_words(one.happened),
        "agency": one.agency.name,
        "text": one.statement.text,
    }
