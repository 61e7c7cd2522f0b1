"""Says in one sentence what is missing before anything can be installed. Runs on any Python 3: no imports of ours."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the reason why this file exists
    sys.exit(
        "Python 3.11 or newer is needed, and this is %d.%d: install one, then run `make PYTHON=python3.11`."  # noqa: UP031
        % sys.version_info[:2]
    )

try:
    import ensurepip  # noqa: F401 - Debian leaves it out of the standard library
    import venv  # noqa: F401 - the same
except ImportError:
    sys.exit("Python's venv module is missing: install it (Debian and Ubuntu: `apt-get install python3-venv`).")
