"""What a browser prints of a page: no addresses, nothing cut off, and whose sheet it is."""

from __future__ import annotations

import pytest

from tests.journeys.story import FAMILY, of_family
from tests.journeys.test_accessible import OF_THE_FAMILY, an_entry

SHEET = {"width": 680, "height": 960}  # A4 within its margins, in CSS pixels
PRINTED = """() => ({
  addresses: [...document.querySelectorAll('a')]
    .filter(at => at.checkVisibility() && getComputedStyle(at, '::after').content !== 'none')
    .map(at => at.innerText),
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  foot: document.querySelector('.gt-made-by').innerText,
})"""


@pytest.mark.parametrize("name", [*OF_THE_FAMILY, "entry"])
def test_printed_page_shows_no_address_and_says_whose_it_is(is_at_work, name):
    desk = is_at_work("sw_3")
    path = an_entry(desk) if name == "entry" else of_family(OF_THE_FAMILY[name])
    desk.page.set_viewport_size(SHEET)
    desk.goes_to(path)
    desk.page.emulate_media(media="print")

    printed = desk.page.evaluate(PRINTED)

    assert printed["addresses"] == []
    assert not printed["wide"]
    assert printed["foot"].count(FAMILY["case"]["reference"]) == 1
