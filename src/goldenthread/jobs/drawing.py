"""Draws the layouts of large families in the background."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.usecases.network.layouts import DRAW, draw_waiting


@app.task(name=DRAW, retry=RetryStrategy(max_attempts=3, wait=5))
def draw(layout: str) -> None:
    """Draw one layout that somebody waits for; doing it twice does nothing more."""
    draw_waiting(UUID(layout))
