"""`python -m crisis_sim` is the `crisis-sim` command."""

import sys

from crisis_sim.cli import main

if __name__ == "__main__":
    sys.exit(main())
