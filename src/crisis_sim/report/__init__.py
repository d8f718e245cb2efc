"""The debrief as a document: one file for browsers and printers, and its twin in Markdown. Reads; plays nothing."""
