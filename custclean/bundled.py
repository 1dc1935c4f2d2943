"""Where the samples and the guided notebooks are: in the wheel, or in a checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

from custclean.disk import OWN_FILE, make_folder
from custclean.errors import InputError
from custclean.words import tr

__all__ = ["copy_notebooks", "notebooks", "samples"]


def samples() -> Path:
    """Give the folder of the sample files."""
    return _find("_samples", "data/samples")


def notebooks() -> Path:
    """Give the folder of the guided notebooks."""
    return _find("_notebooks", "notebooks")


def _find(installed: str, checkout: str) -> Path:
    package = Path(__file__).parent
    for place in (package / installed, package.parent / checkout):
        if place.is_dir():
            return place
    raise InputError(tr("this installation lacks its samples"), file=checkout)


def copy_notebooks(folder: Path) -> Path:
    """Copy the guided notebooks into a project; what is there already stays as it is."""
    target = make_folder(folder / "notebooks")
    for source in sorted(notebooks().glob("*.ipynb")):
        if not (target / source.name).exists():
            copy = shutil.copyfile(source, target / source.name)
            copy.chmod(OWN_FILE)
    return target
