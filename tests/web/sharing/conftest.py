"""The small world and its practitioners signed in, as the pages of a family are tested with."""

from tests.web.case.conftest import add, page, signed_in, world

__all__ = ["add", "page", "signed_in", "world"]
