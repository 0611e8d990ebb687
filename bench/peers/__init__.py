"""Other tools that lay families out, each behind the same few words: a graph in, positions out.

They are called as programs, and installed for the benchmark alone (install/bench-peers.sh).
"""
