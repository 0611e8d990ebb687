"""The small world of the family's pages, with its practitioners signed in."""

from tests.web.case.conftest import add, signed_in, world

__all__ = ["add", "signed_in", "world"]
