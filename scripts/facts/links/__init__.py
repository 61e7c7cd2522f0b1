"""Whether what entries link to is still there: asking, judging, and never crying wolf.

    entries ── places ──┐                                 ┌── gate ── state ── data/facts/links.json
                        ├── check ── judge ── remember ───┤
    web ── reach ── ask ┘    turns     pages, moves       └── findings, propose ── people

``traces`` is what one address answered; ``judge`` and what it uses are pure. One day's failure is never a verdict:
``remember`` wants three days. ``public`` and ``reach`` see to it that nobody is asked who is not in public.
"""
