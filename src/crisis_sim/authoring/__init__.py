"""What an author works with: checks, lint, schemas, scaffolds, pictures and numbers of a scenario. Plays no session."""
