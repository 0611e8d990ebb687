"""The benchmark's figures as tables on the terminal and as a CSV of one row for file and tool."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from goldenthread.drawing.layout.measures import Measures


@dataclass(frozen=True)
class Row:
    """One family drawn by one tool: the measures, or why there are none."""

    family: str
    people: int
    tool: str
    seconds: float = 0.0
    cpu: float = 0.0
    measures: Measures | None = None
    failed: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everybody is drawn, and once."""
        return self.measures is not None and not (self.measures.missing or self.measures.duplicates)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def print_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One table, the first column left, the rest right."""
    table = [list(headings), *(list(row) for row in rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(headings))]
    print(f"\n{title}\n{'-' * len(title)}")
    for row in table:
        first, *rest = row
        cells = [f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True)]
        print("  " + "  ".join([f"{first:<{widths[0]}}", *cells]))


_TOTALS = ("tool drawn missing twice overlap through gen.viol 2rows-p 2rows-s crossings free "
           "apart off-span centring order median p95 max wall-p95").split()  # fmt: skip


def print_totals(title: str, rows: Sequence[Row]) -> None:
    """Everything added up, one line for each tool."""
    table = []
    for tool in dict.fromkeys(row.tool for row in rows):
        own = [row for row in rows if row.tool == tool]
        drawn = [row.measures for row in own if row.measures]
        if not drawn:
            table.append([tool, f"0/{len(own)}", *["-"] * (len(_TOTALS) - 2)])
            continue
        cpu = [row.cpu for row in own if row.measures]
        wall = [row.seconds for row in own if row.measures]

        def total(name: str, drawn: Sequence[Measures] = drawn) -> str:
            return str(sum(getattr(one, name) for one in drawn))

        table.append(
            [tool, f"{len(drawn)}/{len(own)}",
             *map(total, ("missing", "duplicates", "overlaps", "through", "generation_violations",
                          "partners_two_rows", "siblings_two_rows", "crossings")),
             str(sum(one.crossings == 0 for one in drawn)),
             *map(total, ("partners_apart", "off_span_drops")),
             f"{sum(one.centring for one in drawn) / len(drawn):.2f}",
             f"{total('birth_order_errors')}/{total('birth_order_pairs')}",
             f"{median(cpu):.3f}", f"{percentile(cpu, 0.95):.3f}", f"{max(cpu):.3f}",
             f"{percentile(wall, 0.95):.3f}"]
        )  # fmt: skip
    print_table(f"{title} (times: seconds of processor for one drawing)", _TOTALS, table)


def print_families(title: str, rows: Sequence[Row], ours: str) -> None:
    """Each family: our drawing beside the complete tool with the fewest crossings."""
    table, worse = [], 0
    for family in dict.fromkeys(row.family for row in rows):
        own = next(row for row in rows if row.family == family and row.tool == ours)
        others = [r for r in rows if r.family == family and r.tool != ours and r.is_complete]
        best = min(others, key=lambda r: (r.measures.crossings, r.tool), default=None)
        if own.measures is None:
            table.append([family, str(own.people), own.failed[:40], *["-"] * 8])
            worse += 1
            continue
        m = own.measures
        fewest = best.measures.crossings if best else None
        worse += fewest is not None and m.crossings > fewest
        table.append(
            [family, str(own.people), f"{own.cpu:.2f}", str(m.crossings),
             "-" if best is None else str(fewest), "" if best is None else best.tool,
             str(m.partners_apart), f"{m.birth_order_errors}/{m.birth_order_pairs}",
             f"{m.centring:.2f}", f"{m.width:.1f}", str(m.rows)]
        )  # fmt: skip
    headings = "family people cpu-s crossings best whose apart order centring width rows".split()
    print_table(title, headings, table)
    families = len(table)
    print(f"  No more crossings than the best complete tool on {families - worse} of {families}.")


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Every figure, one row for each family and tool."""
    names = list(Measures.__dataclass_fields__)
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["family", "people", "tool", "status", *names, "seconds", "cpu"])
        for row in rows:
            held: Mapping[str, object] = asdict(row.measures) if row.measures else {}
            figures = [_rounded(held.get(name, "")) for name in names]
            writer.writerow(
                [row.family, row.people, row.tool, row.failed or "ok", *figures,
                 round(row.seconds, 4), round(row.cpu, 4)]
            )  # fmt: skip


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
