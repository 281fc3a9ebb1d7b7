"""`python -m shortofwar`: the command line of the engine, on this report."""

from claimbook.cli import main

import shortofwar  # noqa: F401  names this report as the one to use outside its folder

if __name__ == "__main__":
    main(prog_name="shortofwar")
