"""The rules of Goldenthread, in pure Python: no framework, no database, no clock, no chance.

A rule that lives here runs the same from a page, an import, a nightly job, a replay of a past case
or a test, and every conclusion it reaches says because of which statements.
"""
