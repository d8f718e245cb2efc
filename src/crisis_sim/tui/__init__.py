"""The door for a terminal with a screen, and the only place that imports Textual."""
