"""Speed and memory, measured side by side in one run and printed as a table with ratios.

These machines are noisy: read the ratios, not the seconds. `make bench` runs everything;
`python -m bench import|history|as_known [--children N]` runs one part.
"""
