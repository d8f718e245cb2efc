"""A log played back: any moment of it as a seat saw it, and what only the record of both sides tells."""
