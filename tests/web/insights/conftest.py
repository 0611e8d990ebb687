"""The small world and its practitioners signed in, as the pages of a family are tried with."""

from tests.web.case.conftest import signed_in, world

__all__ = ["signed_in", "world"]
