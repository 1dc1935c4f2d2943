"""A form for a table that nobody knows: which column is which field, corrected and saved.

Example values are masked unless `custclean.reveal()` was called: what a widget shows is in its
state, and may be saved with a notebook.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets

from custclean import html
from custclean.errors import CustcleanError, InputError
from custclean.labels import kind_said, label
from custclean.stages.mapping import opened, propose_mapping
from custclean.stages.mapping_looks import sample_of
from custclean.stages.mapping_saved import save_mapping
from custclean.stages.read import Export, read_raw
from custclean.stages.read_mapped import KINDS, claim_of, fields_for, layout_of
from custclean.stages.read_told import settings_file
from custclean.systems._fields import JOINED, base_of
from custclean.words import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from custclean.stages.mapping import ColumnMapping
    from custclean.tables import RawTable

__all__ = ["MappingForm", "close_all", "map_columns", "one_line"]

EXAMPLES = 3
MOST = 200  # columns; of a wider table the rest is kept beside
LONGEST = 40
WIDE = ipywidgets.Layout(width="44em")
NAMED = {"description_width": "14em"}


class MappingForm(ipywidgets.VBox):  # type: ignore[misc]  # ships no types
    """A row a column: its heading, the field it is, examples, why; then preview and save.

    `.columns` and `.kind` say what is chosen, `.read()` reads the file so, `.save()` keeps
    it in `.settings` for every file with these headings.
    """

    def __init__(self, raw: RawTable, settings: Path, kind: str | None = None) -> None:
        self._raw, self.settings = raw, settings
        self._names = raw.frame.columns[:MOST]
        proposal = propose_mapping(raw, kind=kind)
        self._kind = ipywidgets.Dropdown(
            options=[(kind_said(each), each) for each in KINDS],
            value=proposal.kind,
            description=tr("The rows are"),
            style=NAMED,
            layout=WIDE,
        )
        self._kind.add_class("custclean-kind")
        self._kind.observe(self._changed, "value")
        self._rows = ipywidgets.VBox()
        self._status, self._preview = ipywidgets.HTML(), ipywidgets.HTML()
        self._fill(proposal)
        buttons = [
            self._button(tr("Preview"), "preview", self._show),
            self._button(tr("Save"), "save", lambda: self._say(self._saved())),
        ]
        head = ipywidgets.HTML(html.paragraph(self._title()))
        super().__init__(
            [
                head,
                self._kind,
                self._rows,
                ipywidgets.HBox(buttons),
                self._status,
                self._preview,
            ]
        )

    def __repr__(self) -> str:
        chosen = sum(map(bool, self.columns.values()))
        return f"MappingForm({len(self._names)} columns, {chosen} are fields)"

    @property
    def kind(self) -> str:
        """What the rows are."""
        return str(self._kind.value)

    @property
    def columns(self) -> dict[str, str]:
        """The field of each column; "" is kept beside."""
        return {name: chosen.value for name, chosen in self._fields.items()}

    @columns.setter
    def columns(self, chosen: Mapping[str, str]) -> None:
        """Choose fields as a person does; a column that is not named stays as it is."""
        wanted = {name: _option(field) for name, field in chosen.items()}
        for name, field in wanted.items():
            if name not in self._fields:
                known = ", ".join(self._fields)
                raise InputError(tr("no such column"), value=name, expected=known)
            fields = [each for _, each in self._fields[name].options]
            if field not in fields:
                raise InputError(
                    tr("no such field"), value=field, expected=", ".join(fields[1:])
                )
        for name, field in wanted.items():
            self._fields[name].value = field

    def read(self) -> Export:
        """Read the table as it is chosen now."""
        return read_raw(self._raw, self.columns, self.kind)

    def save(self) -> Path:
        """Keep the choice in the settings; gives the file."""
        claim_of(self._raw, self.columns, self.kind)  # two columns of one field are an error
        return save_mapping(self.settings, self._raw.header, self.kind, self.columns)

    def _title(self) -> str:
        rows = trn("{n:,} row", "{n:,} rows", len(self._raw))
        told = [self._raw.path.name, rows]
        if len(self._names) < self._raw.frame.width:
            told.append(tr("the first {n} columns; the others are kept beside", n=MOST))
        if not html.revealed():
            told.append(tr("values are masked; custclean.reveal() shows them"))
        return " · ".join(told)

    def _fill(self, proposal: ColumnMapping) -> None:
        """Make a row for each column, the proposal chosen."""
        self._fields = {
            name: ipywidgets.Dropdown(
                options=_options(proposal, name),
                value=_option(proposal.columns.get(name, "")),
                description=_short(name) or " ",
                description_allow_html=False,
                tooltip=name,
                style=NAMED,
                layout=WIDE,
            )
            for name in self._names
        }
        for chosen in self._fields.values():
            chosen.observe(self._told_twice, "value")
        before = self._rows.children
        self._rows.children = [
            ipywidgets.HBox([chosen, ipywidgets.HTML(self._beside(name, proposal))])
            for name, chosen in self._fields.items()
        ]
        close_all(before)

    def _told_twice(self, _change: object) -> None:
        """Say it at once where two columns are chosen for a field that has but one."""
        counts = Counter(
            field for field in self.columns.values() if field not in {"", *JOINED}
        )
        twice = ", ".join(label(field) for field, count in counts.items() if count > 1)
        told = tr("two columns are said to be one field")
        self._say(" · ".join([told, twice]) if twice else "")

    def _beside(self, name: str, proposal: ColumnMapping) -> str:
        show = _short if html.revealed() else html.mask
        examples = ", ".join(map(show, sample_of(self._raw.frame[name], EXAMPLES)))
        told = " · ".join(filter(None, (examples or tr("empty"), proposal.why.get(name))))
        return f"<span>{html.escape(told)}</span>"

    def _changed(self, _change: object) -> None:
        self._fill(propose_mapping(self._raw, kind=self.kind))
        self._preview.value = ""
        self._say("")

    def _button(self, word: str, name: str, action: Callable[[], object]) -> Any:
        button = ipywidgets.Button(description=word)
        button.add_class(f"custclean-{name}")
        button.on_click(lambda _: self._act(action))
        return button

    def _act(self, action: Callable[[], object]) -> None:
        try:
            action()
        except CustcleanError as error:
            self._say(one_line(error))

    def _say(self, text: str) -> None:
        self._status.value = f"<span role='status'>{html.escape(text)}</span>"

    def _saved(self) -> str:
        path = self.save()
        return tr("Saved in {file}: files with these headings are read so.", file=path.name)

    def _show(self) -> None:
        export = self.read()
        self._preview.value = export._repr_html_()  # what a cell would show
        self._say("")


def map_columns(
    path: Path | str,
    *,
    settings: Path | str | None = None,
    kind: str | None = None,
    **given: Any,
) -> MappingForm:
    """Show a form that says which column of a file is which field, to be corrected and saved.

    It is saved in `settings`: the custclean.toml of the project in whose inbox the file
    lies, else one beside the file. `given` is what `read_table` takes.
    """
    path = Path(path)
    target = settings_file(path) if settings is None else Path(settings)
    return MappingForm(opened(path, given), target, kind)


def one_line(error: CustcleanError) -> str:
    """Say an error; the one value that it shows is masked, since a widget's state is kept."""
    if error.value is not None and not html.revealed():
        error.value = html.id_shown(str(error.value))
    return str(error)


def close_all(widgets: Iterable[Any]) -> None:
    """Close widgets with all in them: what is only replaced stays in what is saved."""
    for widget in widgets:
        close_all(getattr(widget, "children", ()))
        widget.close()
        for look in (widget.layout, getattr(widget, "style", None)):
            if look is not None and look is not WIDE:  # others have that one, too
                look.close()


def _option(field: str) -> str:
    """Give the field of a choice: a second e-mail is an e-mail."""
    return base_of(field) if base_of(field) in JOINED else field


def _options(proposal: ColumnMapping, name: str) -> list[tuple[str, str]]:
    """List the fields of a kind, in words and as they are called; first: none."""
    own = [each for each in layout_of(proposal.kind).headings if _option(each) == each]
    fields = list(dict.fromkeys([*fields_for(proposal.kind), *own]))
    ours = _option(proposal.columns.get(name, ""))
    if ours and ours not in fields:
        fields.append(ours)
    told = [(_said(each), each) for each in fields]
    return [(tr("keep beside"), ""), *told]


def _said(field: str) -> str:
    """Name a field as people do and as settings do, once where it is the same."""
    words = label(field)
    return field if words == field.replace("_", " ") else f"{words} ({field})"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
