"""One play of a scenario: its log, its clock and its seats."""
