"""Where the headings of a sheet are, as a person says it; a row that is none is refused beside it."""

from __future__ import annotations

import pytest

from tests.families.world import World, build_world
from tests.web.imports.test_import_journey import ROWS, follow, signed_in, uploaded


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def test_a_person_can_say_where_the_headings_are(world: World):
    client = signed_in("ama")
    rows = [["Page", "1", "of", "3"], *ROWS]
    where, _ = uploaded(client, world, rows)
    sheet = {"sheet": "Sheet", "row": "1"}
    _, page = follow(client, client.post(where.replace("/columns/", "/headings/"), sheet).url)
    assert '<option value="Page"' in page
    _, page = follow(
        client, client.post(where.replace("/columns/", "/headings/"), {**sheet, "row": "3"}).url
    )
    assert '<option value="What we saw"' in page


@pytest.mark.parametrize("row", ["third", "", "-1", "3.5", "999999"])
def test_a_row_that_is_none_is_said_beside_it_and_stays(world: World, row: str):
    client = signed_in("ama")
    for rows in (ROWS, [["", ""], ["", ""]]):  # with headings that were found, and without
        where, _ = uploaded(client, world, rows)
        named = where.replace("/columns/", "/headings/")
        answer = client.post(named, {"sheet": "Sheet", "row": row})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert page.count("Give the number of one row, such as 3, or 0 for none.") == 2
        assert 'href="#heading-row"' in page and f'value="{row}"' in page
    assert client.post(named, {"sheet": "Of nobody", "row": "1"}).status_code == 422
