"""Owen takes the chronology for the school: he is told what is left out, shares it, takes it again.

The second family of the demonstration. Every page is tried with axe at three widths.
"""

from __future__ import annotations

from goldenthread.interop.demo.loader import key

WETHERILL = key("case", "GT-DEMO-002")
