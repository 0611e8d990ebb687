"""What a command would write of the record is looked through, whoever runs it."""

from __future__ import annotations

import io

import pytest

from goldenthread.domain.shared.partial_date import not_known
from goldenthread.usecases.addresses.check_command import (
    HoldsAnAddress,
    LookedThrough,
    refuse_an_address,
    strings_in,
)
from tests.families import addresses as safe
from tests.families.world import NOW, World


@pytest.fixture
def world(record) -> World:
    return safe.build_with_dean()


@pytest.mark.parametrize("who", ["priya", "ama", "grace"])
def test_nothing_of_a_family_is_written_where_an_address_stands_in_it(world, who):
    actor = world.actors[who]
    refuse_an_address(actor, world.case, {"a": [safe.IN_WORDS]}, now=NOW)
    safe.keep(world)

    refuse_an_address(actor, world.case, {"a": ["Ruth asks."]}, now=NOW)
    with pytest.raises(HoldsAnAddress, match="nothing is written"):
        refuse_an_address(actor, world.case, ({"a": ["x", safe.IN_WORDS]},), now=NOW)


def test_lines_of_many_families_are_written_whole_or_not_at_all(world):
    safe.keep(world)
    out = io.StringIO()
    lines = LookedThrough(out, world.actors["grace"], now=NOW)

    lines.writelines(["one\n", "two\n"])
    with pytest.raises(HoldsAnAddress):
        lines.writelines(["three\n", f'{{"x": "{safe.POSTCODE}"}}\n'])

    assert out.getvalue() == "one\ntwo\n"


def test_every_text_inside_a_value_is_read():
    deep = {"a": (["b", {"c"}], not_known()), "d": 1, "e": None}

    assert {"a", "b", "c", "d", "e"} <= set(strings_in(deep))
