"""The Network page: who is around these children on a day, and what nobody knows."""
