"""The tables, one Django application per context, in the same spine as the domain.

Models are private to this ring; everyone else meets storage through each context's `store.py`
(append) and `reading.py` (frozen rows).
"""
