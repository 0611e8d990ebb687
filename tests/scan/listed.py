"""What was found and is no hole: each with its reason, in `listed.toml`, as long as it is found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from tests.scan.tools import Finding

FILE = Path(__file__).with_name("listed.toml")


def read_listed() -> dict[Finding, str]:
    """Every finding of the file with its reason. Raises KeyError where a part of one is missing."""
    told = tomllib.loads(FILE.read_text("utf-8")).get("finding", [])
    return {
        Finding(one["tool"], one["kind"], one["at"], one["field"]): one["reason"].strip()
        for one in told
    }


def judged(
    found: Iterable[Finding], tool: str, listed: dict[Finding, str]
) -> dict[str, list[Finding]]:
    """What was found and is not listed, and what is listed and was not found any more."""
    of_tool = {one for one in listed if one.tool == tool}
    return {
        "found": sorted(set(found) - of_tool),
        "no longer found": sorted(of_tool - set(found)),
    }
