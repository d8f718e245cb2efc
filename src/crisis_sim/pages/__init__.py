"""Pages: what a door prints, made of a seat's view and dossier in a language.

A sentence is made here and in no door. Views hold facts without a language; the words of scenario and packs come from
the dossier, people's own words from the view, and what stands between them from the catalogue.
"""
