"""The command line: reads what was asked, picks the parts, prints the answer."""
