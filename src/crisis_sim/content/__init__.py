"""Authored files to frozen models: scenarios and rule packs are read, checked and placed here."""
