"""Write down what adults need, agree adjustments, and say whether they were used."""
