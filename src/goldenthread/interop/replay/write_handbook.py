"""Write the handbook of patterns: python -m goldenthread.interop.replay.write_handbook [FOLDER].

Run it after changing a pattern or a worked example; a test says when it was forgotten.
"""

from __future__ import annotations

import sys
from pathlib import Path

from goldenthread.usecases.risk.handbook import pages
from goldenthread.usecases.risk.shipped import shipped_patterns
from goldenthread.usecases.risk.worked_examples import worked_examples

FOLDER = Path("docs/reference/generated/patterns")


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every page, and take away those of patterns that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(shipped_patterns(), worked_examples())
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder / name for name in made)


if __name__ == "__main__":
    for path in write(*[Path(one) for one in sys.argv[1:2]]):
        print(path)
