"""Who is who to whom, over time: relations as sourced claims, households, care, and the gaps."""
