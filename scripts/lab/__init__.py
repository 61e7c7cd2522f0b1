"""What ASGI software really does, measured. ``python -m scripts.lab run`` measures, ``… explain ID`` says how.

A *subject* is a distribution in one configuration (``subjects/*.yml``); a *probe* is a function that answers one
question about it and cites the paragraph that it tests. Three kinds of subject, three ways to look at them:

- ``servers``: our probe application (``app``) runs under the server, in a process of its own; probes are outside and
  talk to it with clients that do not behave (``clients``), while the application writes down what it saw.
- ``frameworks``: one small application each (``frameworks/apps``); probes run inside the subject's environment, call
  the application as a server would, and ask it once more behind a real server.
- ``middleware``: wraps a bare application (``middleware/wraps``); probes run inside the subject's environment.

Who does what: ``plan`` says what a probe and an outcome are; ``subjects`` reads the subjects; ``environment`` installs
them; ``process`` starts and ends programs; ``bench`` is what a probe of a server is handed; ``runner`` repeats,
collects and keeps; ``report`` words it. Results are ``data/facts/lab`` (``scripts.facts.lab``).

Everything that runs inside a subject's environment (``plan``, ``app``, ``inside``, ``frameworks``, ``middleware``) may
use the standard library and the subject, nothing else.
"""
