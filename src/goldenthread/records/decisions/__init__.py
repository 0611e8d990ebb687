"""Decisions as they were signed: versions, their grounds, who had a part, who must be told."""
