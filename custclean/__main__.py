"""`python -m custclean` is the command line."""

from custclean.cli import main

if __name__ == "__main__":
    main()
