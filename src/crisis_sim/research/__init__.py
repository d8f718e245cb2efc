"""Sessions as data for research: tidy tables, their codebook, and event data. Draws no conclusions."""
