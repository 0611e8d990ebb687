"""Every document of the register, asked for by name for somebody whom an address must not reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agreement.test_hidden_layers import PUBLISHED, publish
from tests.agreement.test_made_for_others import DOCUMENTS, RUTH, SENDER, made_for, places
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families import addresses as safe
from tests.families import hidden
from tests.families.world import World, key

pytestmark = pytest.mark.timeout(1800)
__all__ = ["PUBLISHED", "places"]


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    """The family, which keeps an address of Ada's that must not reach Ruth."""
    for _ in cloned(postgres, PRISTINE):
        world = hidden.build(with_it=True)
        world.file = key("file none")
        publish(world)
        ruth = frozenset({key("person ruth")})
        safe.keep(world, who=SENDER, person=key("person ada"), people=ruth)
        yield world


def test_none_leaves_for_them(world, places):
    client = signed_in(SENDER)
    asked = set()
    for kind, place in places:
        one = made_for(client, world, place, RUTH)
        assert not one.left, kind
        assert "This document is held" in one.page or one.status in (404, 409), kind
        asked.add(kind)
    assert asked == set(DOCUMENTS)
