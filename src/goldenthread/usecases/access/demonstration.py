"""What the demonstration shows on its sign-in page; it holds invented people only."""

from __future__ import annotations

from goldenthread.records.shared.reading import AccountRow as DemoAccountRow
from goldenthread.records.shared.reading import accounts_with_a_password

# Not a secret: it is printed by the command and guards nothing but invented people on this machine.
DEMONSTRATION_PASSWORD = "thread of gold 2026"


def accounts() -> list[DemoAccountRow]:
    """The accounts a visitor can sign in as: those that were given the demonstration's password."""
    return accounts_with_a_password()
