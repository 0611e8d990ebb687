"""Answering somebody who asked what is kept about them, with two people before anything leaves."""
