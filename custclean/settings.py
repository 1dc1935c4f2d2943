"""What a project is told once: `custclean.toml`, read into one frozen value."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path  # noqa: TC003  # a field's type, resolved at run time
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import phonenumbers

from custclean.errors import SchemaError, SettingsError
from custclean.words import LANGUAGES, speaks, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SCHEMA", "MappingSettings", "Settings", "line_of", "template"]

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """Who is proposed as no customer."""

    own_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Which pairs a person is asked about; None: the model's own calibrated cut."""

    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class NumberSettings:
    """How client numbers look that the register does not give."""

    pattern: str = "{:05d}"
    start: int = 1
    reserved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UploadSettings:
    """What goes into one upload file (QBOA: 1,000 clients, 100 KB)."""

    max_rows: int = 1_000
    max_bytes: int = 100_000
    wait_for_work: bool = True
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeSettings:
    """Who survives a merge, by which rules in turn, and which value of a field does.

    `sources`: files or systems, the most trusted first. `rules`: by name of the field.
    """

    survivor: tuple[str, ...] = ("subscription", "most_complete")
    sources: tuple[str, ...] = ()
    rules: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """Who looks at which pairs of the review desk, and with which keys.

    `reviewers` by the names that stand in the decision log; `overlap`: the share of pairs
    that a second one looks at, blind. `keys`: action -> key, as {"same": "z"}.
    """

    reviewers: tuple[str, ...] = ()
    overlap: float = 0.1
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileSettings:
    """For one file of the inbox: what it is, where the content does not say."""

    system: str | None = None
    kind: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class InboxSettings:
    """Whose reports count, where the inbox holds those of several companies."""

    company: str | None = None


@dataclass(frozen=True, slots=True)
class SystemSettings:
    """For one system: further spellings of its headings; keys are names of fields."""

    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MappingSettings:
    """For files that no system knows: which field each column is, found by the headings.

    A list without headings has as many blank ones as columns, which are "column 1" and on.
    """

    headings: tuple[str, ...] = ()
    kind: str = "customers"
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a project, with their defaults."""

    schema: int = SCHEMA
    language: str = "en"
    region: str = "US"
    target: str = "quickbooks-accountant"
    screen: ScreenSettings = ScreenSettings()
    link: LinkSettings = LinkSettings()
    review: ReviewSettings = field(default_factory=ReviewSettings)
    merge: MergeSettings = field(default_factory=MergeSettings)
    number: NumberSettings = NumberSettings()
    upload: UploadSettings = UploadSettings()
    inbox: InboxSettings = InboxSettings()
    files: dict[str, FileSettings] = field(default_factory=dict)
    systems: dict[str, SystemSettings] = field(default_factory=dict)
    mappings: tuple[MappingSettings, ...] = ()
    source: Path | None = field(default=None, compare=False, repr=False)  # where it stands

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read a project's settings; an unknown key is an error with its line."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            msg = tr("there is no project here; `custclean init` makes one")
            raise SettingsError(msg, file=path) from None
        except UnicodeDecodeError as error:
            raise SettingsError(tr("not valid TOML: {why}", why=error), file=path) from None
        return cls.parse(text, path)

    @classmethod
    def parse(cls, text: str, path: Path) -> Settings:
        """Read settings from the text of the file at `path`."""
        try:
            data = tomllib.loads(text.removeprefix("\ufeff"))
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(tr("not valid TOML: {why}", why=error), file=path) from None
        schema = data.get("schema", SCHEMA)
        if not isinstance(schema, int) or schema > SCHEMA:
            msg = tr("written for a newer custclean")
            raise SchemaError(msg, file=path, value=schema, expected=f"schema <= {SCHEMA}")
        result = _build(cls, data, _Place(path, text))
        assert isinstance(result, Settings)  # noqa: S101  # _build gives what it is asked for
        return replace(result, source=path)


def line_of(source: Path | None, *key: str) -> int | None:
    """Give the line on which a setting stands, for who finds out later that it is wrong."""
    if source is None:
        return None
    text = source.read_text(encoding="utf-8-sig")
    return _Place(source, text, key[:-1]).line(key[-1])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a toml file we are, to name the line of a wrong key."""

    path: Path
    text: str
    section: tuple[str, ...] = ()

    def line(self, key: str) -> int | None:
        section: tuple[str, ...] = ()
        for number, row in enumerate(self.text.splitlines(), 1):
            head = re.match(r"\s*\[\[?([^\[\]]+)\]", row)
            if head:
                section = tuple(re.findall(r'"([^"]*)"|([\w-]+)', head[1]) and _parts(head[1]))
                if section == (*self.section, key):
                    return number
            pair = re.match(r'\s*"?([^"=]+?)"?\s*=', row)
            if pair and (*section, *_parts(pair[1])) == (*self.section, key):
                return number
        return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(a or b for a, b in re.findall(r'"([^"]*)"|([^\s."]+)', dotted))


def _build(kind: Any, data: dict[str, Any], place: _Place) -> object:
    hints = get_type_hints(kind)
    known = [f.name for f in fields(kind) if f.name != "source"]
    for key in data:
        if key not in known:
            raise SettingsError(
                tr("unknown setting {key}", key=".".join((*place.section, key))),
                file=place.path,
                line=place.line(key),
                expected=tr("one of {names}", names=", ".join(known)),
            )
    values = {key: _value(hints[key], key, value, place) for key, value in data.items()}
    for key, must_be in ("region", _must_be_region), ("language", _must_be_language):
        if isinstance(given := values.get(key), str):
            must_be(given, place)
    return kind(**values)


def _value(hint: Any, key: str, value: Any, place: _Place) -> object:
    inner = _Place(place.path, place.text, (*place.section, key))
    inside = get_args(hint)
    if get_origin(hint) is UnionType:
        hint = inside[0]
    if is_dataclass(hint) and isinstance(value, dict):
        return _build(hint, value, inner)
    if get_origin(hint) is dict and isinstance(value, dict):
        return {name: _value(inside[1], name, given, inner) for name, given in value.items()}
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_value(inside[0], key, each, place) for each in value)
    if hint is float and type(value) is int:
        return float(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise SettingsError(
        tr("setting {key} has the wrong type", key=".".join(inner.section)),
        file=place.path,
        line=place.line(key),
        value=value,
        expected=getattr(hint, "__name__", str(hint)),
    )


def _must_be_region(value: str, place: _Place | None = None) -> None:
    """Refuse what is no country code: each phone written without + would be read wrong."""
    if value not in phonenumbers.SUPPORTED_REGIONS:
        raise SettingsError(
            tr("setting {key} names no country", key="region"),
            file=place.path if place else None,
            line=place.line("region") if place else None,
            value=value,
            expected=tr("two capital letters of ISO 3166, as DK or US"),
        )


def _must_be_language(value: str, place: _Place) -> None:
    """Refuse a language that would silently be English."""
    if value not in LANGUAGES:
        raise SettingsError(
            tr("setting {key} names no language that is spoken here", key="language"),
            file=place.path,
            line=place.line("language"),
            value=value,
            expected=tr("one of {names}", names=", ".join(LANGUAGES)),
        )


def template(
    *,
    region: str = "US",
    own_domains: Iterable[str] = (),
    pattern: str = "{:05d}",
    start: int = 1,
) -> str:
    """Give the text of a new project's `custclean.toml`, in the language that is spoken.

    A region that is none is refused.
    """
    _must_be_region(region)
    return _LINES.format(
        schema=SCHEMA,
        language=_language_line(speaks()),
        region=_quoted(region),
        own_domains=", ".join(map(_quoted, own_domains)),
        pattern=_quoted(pattern),
        start=start,
    )


def _language_line(code: str) -> str:
    """Write the setting; English is the default."""
    return f"{'# ' if code == 'en' else ''}language = {_quoted(code)}".ljust(37)


def _quoted(value: str) -> str:
    r"""Write a TOML string.

    >>> print(_quoted('D"K'))
    "D\"K"
    """
    # JSON's escapes are TOML's; but TOML has no surrogates and wants DEL escaped too
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_LINES = """\
# custclean project. Each line below is optional; what is commented out is the default.
schema = {schema}
{language}# of what custclean writes for you
region = {region}                          # country of phones written without +, two letters
# target = "quickbooks-accountant"   # the system that gets the upload

[screen]
own_domains = [{own_domains}]     # e-mail domains of your own firm: staff are no clients

[number]
pattern = {pattern}                    # numbers that the register does not give
start = {start}
# reserved = ["00001"]               # never give these

# [upload]
# wait_for_work = true               # no upload while merges and removals are open
# max_rows = 1000
# max_bytes = 100000

# [merge]    # who stays: subscription, most_complete, newest, most_transactions, source_order
# survivor = ["subscription", "most_complete"]     # whom all leave equal you are asked about
# sources = ["client list.csv"]      # for source_order: files or systems, best first

# [merge.rules]  # survivor, longest, commonest, most_frequent, newest, source_order, join
# phone = "join"

# [review]   # who looks at which pairs, by the names in the decision log; overlap: by two
# reviewers = ["ann", "ben"]
# overlap = 0.1

# [review.keys]                      # other keys for the review desk: its help has the names
# same = "z"

# [inbox]
# company = "Lantern Books LLC"      # whose reports count, where there are several companies

# [files."client list.csv"]          # only where the content does not say what a file is
# system = "quickbooks-accountant"
# kind = "customers"

# [systems.outlook.headings]         # a heading that custclean does not know
# email = ["Courriel pro"]
"""

# with quotes of its own, for who fills in the values without `template`
