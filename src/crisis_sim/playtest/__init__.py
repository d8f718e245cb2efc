"""The door for seats that nobody sits at: bots, and runs of them."""
