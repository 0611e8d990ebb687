"""The people of the account tests, at their browsers."""

from tests.web.account.conftest import person, world

__all__ = ["person", "world"]
