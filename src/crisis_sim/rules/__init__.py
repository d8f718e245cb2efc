"""Conditions and effects over named facts, and the packs of rules that are made of them."""
