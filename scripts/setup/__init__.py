"""What the commands in scripts/ share: setting up, step by step, on a bare machine.

Only the standard library is used here, since nothing else stands yet. This file
keeps to syntax that an old Python can read, so that it can say it is too old.
"""

import os
import sys

OLDEST_PYTHON = (3, 11, 5)

if os.name == "nt":
    sys.exit("This runs on Linux and macOS. On Windows, run it inside WSL.")
if sys.version_info[:3] < OLDEST_PYTHON:
    sys.exit(
        "This needs Python {} or newer; {} is Python {}. Install a newer one, then run this "
        "command with it, for example: python3.12 scripts/serve.py".format(
            ".".join(map(str, OLDEST_PYTHON)), sys.executable, sys.version.split()[0]
        )
    )
