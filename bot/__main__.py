"""`python -m bot`."""

import os
import sys

from bot import logs
from bot.cli import main

sys.excepthook = logs.unexpected
# Whatever is made from here on is its owner's alone.
os.umask(0o077)
main()
