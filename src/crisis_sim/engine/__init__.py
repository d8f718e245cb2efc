"""The exercise itself, pure: actions, events, state, and what a seat may see."""
