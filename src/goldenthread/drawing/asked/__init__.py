"""When each question was asked, of all agencies together and of one alone, drawn over time."""

from goldenthread.drawing.asked.picture import Drawn, Line, Span, Whose, drawn, legend_of, printed

__all__ = ["Drawn", "Line", "Span", "Whose", "drawn", "legend_of", "printed"]
