"""The door for lines of text: the whole game without a screen."""
