"""The seeded maker of the sample files; `make.py` next door runs it."""
