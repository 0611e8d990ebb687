"""What the demonstration shows on its sign-in page; it holds invented people only."""

from __future__ import annotations

# Not a secret: it is printed by the command and guards nothing but invented people on this machine.
DEMONSTRATION_PASSWORD = "thread of gold 2026"
