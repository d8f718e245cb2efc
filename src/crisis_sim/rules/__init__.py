"""Conditions and effects over named facts: what rules are made of, and how a pack of them becomes one plain function."""
