"""The audit trail's proof: a Merkle log, commitments to rows, and signed checkpoints."""
