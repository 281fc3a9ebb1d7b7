"""`python -m claimbook`: the command line of the engine."""

from claimbook.cli import main

if __name__ == "__main__":
    main(prog_name="claimbook")
