"""What a person said about files, in the call or in custclean.toml; checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from custclean.errors import SettingsError
from custclean.settings import FileSettings, MappingSettings, Settings, line_of
from custclean.stages.mapping_looks import could_hold
from custclean.systems import SYSTEMS, known_headings, plain_heading
from custclean.systems._fields import canonical_fields
from custclean.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from custclean.systems._recognition import Aliases
    from custclean.tables import RawTable

__all__ = ["IGNORE", "SETTINGS", "Told", "settings_file", "settings_for", "told"]

IGNORE = "ignore"  # kind of a file in custclean.toml: leave it
SETTINGS = "custclean.toml"


@dataclass(frozen=True, slots=True)
class Told:
    """What was said; the call comes before the settings."""

    system: str | None = None
    kind: str | None = None
    columns: Mapping[str, str] | None = None  # heading -> field, for this file
    aliases: Aliases = field(default_factory=dict)
    mappings: tuple[MappingSettings, ...] = ()

    def mapping(self, raw: RawTable) -> MappingSettings | None:
        """Give the saved mapping for such a table, of several that with most headings."""
        if self.system not in (None, "generic"):
            return None
        fits = [
            each
            for each in self.mappings
            if self.kind in (None, each.kind) and _is_for(each, raw)
        ]
        return max(fits, key=lambda each: len(each.headings), default=None)

    def looks_like(self) -> Callable[[Sequence[str]], float]:
        """Give what counts the known headings of a row; a single one is by chance."""
        known = known_headings().union(
            map(plain_heading, self.columns or ()),
            *(map(plain_heading, each.headings) for each in self.mappings),
            *(map(plain_heading, t) for each in self.aliases.values() for t in each.values()),
        )

        def count(cells: Sequence[str]) -> float:
            hits = len(({plain_heading(cell) for cell in cells} & known) - {""})
            return hits if hits > 1 else 0

        return count


def _is_for(mapping: MappingSettings, raw: RawTable) -> bool:
    """Say whether a mapping was saved for such a table: of these headings, or of none."""
    named = set(map(plain_heading, mapping.headings)) - {""}
    if named:
        return named.issubset(map(plain_heading, raw.header))
    as_many = len(mapping.headings) == len(raw.header) and not any(map(str.strip, raw.header))
    return as_many and could_hold(raw.frame, mapping.columns)


def told(
    path: Path,
    system: str | None,
    kind: str | None,
    columns: Mapping[str, str] | None,
    settings: Settings | Path | str | None,
) -> Told:
    """Put together what was said about a file."""
    found = settings_for(path, settings)
    _check(found)
    of_file = found.files.get(path.name, FileSettings())
    if kind is None and columns is None:
        kind = None if of_file.kind == IGNORE else of_file.kind
    return Told(
        system=system or of_file.system,
        kind=kind,
        columns=columns,
        aliases={name: each.headings for name, each in found.systems.items()},
        mappings=found.mappings,
    )


def settings_for(path: Path, settings: Settings | Path | str | None) -> Settings:
    """Give the settings: as given, else of the project in whose inbox a file lies.

    A custclean.toml beside the file counts too.
    """
    if isinstance(settings, Settings):
        return settings
    if settings is not None:
        return _given(Path(settings))
    folder = path.absolute().parent
    near = [folder / SETTINGS]
    if folder.name == "inbox":
        near.append(folder.parent / SETTINGS)
    source = next((each for each in near if each.is_file()), None)
    return Settings() if source is None else Settings.load(source)


def _given(source: Path) -> Settings:
    """Give the settings of a file that was named."""
    if not source.is_file():
        raise SettingsError(tr("there is no such file of settings"), file=source)
    return Settings.load(source)


def settings_file(path: Path) -> Path:
    """Name the settings that count for a file, or would if they were there: beside it."""
    return settings_for(path, None).source or path.parent / SETTINGS


def _check(settings: Settings) -> None:
    """Refuse a system or a field that nobody knows, by its line."""
    for name, each in settings.systems.items():
        if name not in SYSTEMS:
            at = ("systems", name)
            raise _wrong(settings, tr("no such system"), at, list(SYSTEMS))
        known = dict.fromkeys(
            name
            for layout in SYSTEMS[name].layouts
            for name in (*layout.headings, *canonical_fields(layout.kind))
        )
        for field_name in each.headings:
            if field_name not in known:
                place = ("systems", name, "headings", field_name)
                raise _wrong(settings, tr("no such field"), place, list(known))


def _wrong(
    settings: Settings, message: str, at: Sequence[str], known: Sequence[str]
) -> SettingsError:
    line = line_of(settings.source, *at)
    if line is None:  # [systems.x.headings] has no line of its own for x
        line = line_of(settings.source, *at, "headings")
    return SettingsError(
        message,
        file=settings.source,
        line=line,
        value=at[-1],
        expected=", ".join(known),
    )
