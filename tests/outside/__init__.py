"""A local server that stands for the outside world: forges, the package index, download counts, and what goes wrong.

world (the data) ── github, rest (the usual answers) ── server (real HTTP) ── fixtures (`outside`)
messages (a request, an answer) ── faults (what goes wrong, in the usual answer's stead) ──┘

A test takes the fixture ``outside``, fills ``outside.world`` and points the code under test at ``outside.url``.
"""
