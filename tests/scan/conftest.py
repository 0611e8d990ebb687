"""Each scanner meets the service over a database of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.conftest import PRISTINE, cloned
from tests.scan.families import demonstration_family, small_family
from tests.scan.site import Site, site
from tests.scan.tools import SCANNERS

OVER = {"small": small_family, "demonstration": demonstration_family}


@pytest.fixture(scope="module")
def scanned(postgres, request) -> Iterator[Site]:
    """The service as it is scanned, over the family that GOLDENTHREAD_SCAN_OVER names."""
    if not SCANNERS.is_dir():
        pytest.fail("The scanners are not installed: run `make scan`.")
    over = os.environ.get("GOLDENTHREAD_SCAN_OVER", "small")
    loaded = over == "demonstration"
    template = request.getfixturevalue("demonstration") if loaded else PRISTINE
    for _ in cloned(postgres, template):
        with site(OVER[over]()) as present:
            yield present
