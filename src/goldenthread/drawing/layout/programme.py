"""A small linear programme, solved by HiGHS.

Variables and constraints are gathered in plain lists and handed over at once. The solver is
imported when the first programme is solved: a command that draws nothing does not pay for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

INFINITE = float("inf")
SOLVER = "1.15.1"  # the pinned version: another may pick another of several equal optima


class Programme:
    """Minimise a sum of costs over variables under linear constraints."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._starts: list[int] = []
        self._indices: list[int] = []
        self._values: list[float] = []
        self._least: list[float] = []

    def variable(
        self, cost: float = 0.0, *, lower: float = -INFINITE, upper: float = INFINITE
    ) -> int:
        """One more variable; its number."""
        self._costs.append(cost)
        self._lower.append(lower)
        self._upper.append(upper)
        return len(self._costs) - 1

    def cost(self, variable: int, more: float) -> None:
        """Add to the cost of a variable."""
        self._costs[variable] += more

    def at_least(self, terms: Iterable[tuple[int, float]], least: float) -> None:
        """Require that the sum of coefficient times variable is no less than `least`."""
        self._starts.append(len(self._indices))
        gathered: dict[int, float] = {}
        for variable, coefficient in terms:
            gathered[variable] = gathered.get(variable, 0.0) + coefficient
        for variable, coefficient in gathered.items():
            if coefficient:
                self._indices.append(variable)
                self._values.append(coefficient)
        self._least.append(least)

    def distance(self, terms: Mapping[int, float], weight: float, target: float = 0.0) -> None:
        """Make every unit by which the sum of terms differs from `target` cost `weight`."""
        apart = self.variable(weight, lower=0.0)
        self.at_least([(apart, 1.0), *((v, -c) for v, c in terms.items())], -target)
        self.at_least([(apart, 1.0), *terms.items()], target)

    def solve(self) -> list[float] | None:
        """The best values, or None where the constraints contradict each other."""
        import highspy
        import numpy

        model = highspy.HighsLp()
        model.num_col_ = len(self._costs)
        model.num_row_ = len(self._least)
        model.col_cost_ = numpy.array(self._costs, dtype=numpy.double)
        model.col_lower_ = numpy.array(self._lower, dtype=numpy.double)
        model.col_upper_ = numpy.array(self._upper, dtype=numpy.double)
        model.row_lower_ = numpy.array(self._least, dtype=numpy.double)
        model.row_upper_ = numpy.full(len(self._least), highspy.kHighsInf)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = numpy.array([*self._starts, len(self._indices)])
        model.a_matrix_.index_ = numpy.array(self._indices)
        model.a_matrix_.value_ = numpy.array(self._values, dtype=numpy.double)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("parallel", "off")
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return list(solver.getSolution().col_value)
