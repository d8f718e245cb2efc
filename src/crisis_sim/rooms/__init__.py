"""One exercise, many screens: a host that owns session and log, and clients that each hold a seat.

The host's part and the client's part are pure and meet in `wire`; `server` and `remote` lend each a socket. A client's
seat is a seat like any other: no door can tell it from one in its own process.
"""
