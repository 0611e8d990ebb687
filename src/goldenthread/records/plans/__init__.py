"""Safety plans as they were signed, answers about them, signatures and copies."""
