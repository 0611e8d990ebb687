"""What an account administrator does in the tests of accounts, and who they are."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.test import override_settings

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.step_up import StepShown
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.accounts import look_after
from goldenthread.usecases.accounts.look_after import PostTyped
from tests.families.world import NOW, key

LASTS = timedelta(minutes=15)
NEVER = StepShown(None, LASTS)
JUST_NOW = StepShown(NOW - timedelta(minutes=1), LASTS)
LONG_AGO = StepShown(NOW - timedelta(minutes=16), LASTS)
NURSE = PostTyped("Ida Penrose", "Duty social worker", "01632 960111", "practitioner")
MAIL = override_settings(
    EMAIL_HOST="mail.example.org", SIGN_IN_ADDRESS="https://gt.example.org/account/login/"
)


def join(jo: Actor, typed: PostTyped = NURSE, shown: StepShown = NEVER, **more) -> UUID:
    id = more.pop("id", key("form joiner"))
    sent = look_after.add_holder(
        jo, typed, more.pop("email", "ida@example.org"), id=id, token=more.pop("token", "t1"),
        shown=shown, now=NOW, known=more.pop("known", None),
    )  # fmt: skip
    return sent.practitioner


def events(action: str, outcome: str = "allow") -> list[AuditEvent]:
    rows = AuditEvent.objects.using("reader").filter(action=action, outcome=outcome)
    return list(rows.order_by("recorded_at"))


def left(jo: Actor, who: str, day: str = "", to: str | None = "sam", **more) -> look_after.Told:
    return look_after.end_post(
        jo, key(f"practitioner {who}"), day, key(f"practitioner {to}") if to else None,
        id=more.pop("id", key(f"leave {who}")), based_on=more.pop("based_on", 0),
        shown=more.pop("shown", JUST_NOW), now=NOW,
    )  # fmt: skip
