"""The same small world as the pages of a family have."""

from tests.web.case.conftest import add, page, signed_in, world

__all__ = ["add", "page", "signed_in", "world"]
