"""The audit trail: sealing it, proving it, and showing who has looked."""
