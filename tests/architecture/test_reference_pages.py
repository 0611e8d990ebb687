"""The pages of limits and of rules are those of the code, and a new limit or rule is on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.config.reference import FOLDER, pages, validation

HERE = Path(__file__).parents[2]
MADE = pages()


@pytest.mark.parametrize("name", MADE)
def test_the_page_is_up_to_date(name):
    kept = (HERE / FOLDER / name).read_text(encoding="utf-8")
    assert kept == MADE[name], "run python -m goldenthread.config.reference"


def test_every_named_constraint_of_the_record_is_on_the_page():
    from django.apps import apps

    page = validation()
    named = [
        rule.name
        for app in apps.get_app_configs()
        if app.name.startswith("goldenthread.records")
        for model in app.get_models()
        for rule in model._meta.constraints
    ]
    assert len(named) > 250
    assert [one for one in named if f"| {one.replace('_', ' ')} |" not in page] == []
    assert "| |" not in page.replace("| --- |", ""), "of each rule it says what it is about"


def test_a_changed_figure_changes_the_page(monkeypatch):
    from goldenthread.interop.spreadsheets import limits

    monkeypatch.setattr(limits, "ROWS", 61_234)
    assert "61,234 of 60 columns" in pages()["limits.md"] != MADE["limits.md"]
