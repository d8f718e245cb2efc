"""A language model at a team's seat: it reads the pages of the seat as text and answers the forms that people answer.

It holds a seat like any other door and is shown nothing else. What it says is checked as people's answers are; what
cannot be used is told back, and after a few tries the least act is done that keeps play going.
"""
