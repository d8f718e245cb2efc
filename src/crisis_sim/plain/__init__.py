"""The plain door: the whole game by lines of text, for screen readers, simple terminals and scripts."""
