"""The exercise itself, pure: actions, events, state, and what a seat may see. No clock, no files, no dice of its own."""
