"""`python -m custclean` is the command line."""

from custclean.cli import main

main()
