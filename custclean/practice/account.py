"""The practice target itself: it holds clients, takes uploads and gives downloads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # read at run time by tools that ask for hints

from custclean.errors import InputError
from custclean.practice.says import HEADINGS, MAX_BYTES, sentence
from custclean.practice.sheet import joined, put
from custclean.practice.state import State, from_client_list, from_json, to_json
from custclean.practice.upload import Upload, error_log_of, happened, opened, worked_through
from custclean.practice.work import Refused, act, orders_in
from custclean.words import tr


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an upload: rows accepted and failed, the error log if any row failed.

    `refused` says why the file was not worked through at all; "" if it was.
    """

    accepted: int
    failed: int
    error_log: Path | None
    refused: str = ""


class OnlineAccountant:
    """A QuickBooks Online Accountant to practise on, made with `from_download` or `load`.

    An upload sets client numbers and nothing else: it never creates, merges, renames or
    deletes. The methods of a person (`merge`, `delete` ...) give None, or what was refused.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    @classmethod
    def from_download(
        cls, path: Path | str, hidden: Path | str | None = None
    ) -> OnlineAccountant:
        """Hold the clients of a downloaded list, and what `hidden` (JSON) adds to it.

        `hidden` has `schema` 1, `inactive`: clients by heading that a download does not
        show, and `scheduled`: a `rename` or `remove` of a `company_id` `before_upload` n.
        """
        return cls(from_client_list(Path(path), Path(hidden) if hidden else None))

    def download(
        self, path: Path | str, *, language: str | None = None, inactive: bool = False
    ) -> None:
        """Write the client list as it is now, laid out as the list it was made from.

        `language` ("en", "pt") names the three headings in that language.
        """
        state = self._state
        if language is not None and language not in HEADINGS:
            expected = ", ".join(HEADINGS)
            raise InputError(
                tr("no headings in this language"), value=language, expected=expected
            )
        headings, columns = state.headings, state.columns
        three = (columns.company_id, columns.display_name, columns.client_number)
        for column, name in zip(three, HEADINGS[language or state.language]):
            headings = headings.with_value(column, name, state.layout.delimiter)
        rows = [client.row for client in state.clients if client.active or inactive]
        put(Path(path), joined([headings, *rows], state.layout))

    def upload(self, path: Path | str, *, error_log: Path | str) -> Outcome:
        """Work through an upload; the rows that fail are written to `error_log`."""
        try:
            with Path(path).open("rb") as file:
                content = file.read(MAX_BYTES + 1)  # enough to see that it is too large
        except OSError:
            raise InputError(tr("this file cannot be read"), file=path) from None
        self._state = happened(self._state)
        found = opened(content, self._state.language)
        if not isinstance(found, Upload):
            return Outcome(0, 0, None, sentence(*found))
        return self._work_through(found, Path(error_log))

    def _work_through(self, upload: Upload, log: Path) -> Outcome:
        self._state, failures = worked_through(self._state, upload)
        if failures:
            put(log, error_log_of(failures, upload.language))
        accepted = len(upload.lines) - len(failures)
        return Outcome(accepted, len(failures), log if failures else None)

    def merge(self, keep_id: str, gone_id: str) -> Refused | None:
        """Merge two clients: the gone one disappears, and its number is free again."""
        return self._act("merge", gone_id, keep_id)

    def make_inactive(self, company_id: str) -> Refused | None:
        """Hide a client from downloads; it keeps its number."""
        return self._act("make_inactive", company_id)

    def make_active(self, company_id: str) -> Refused | None:
        """Show an inactive client again."""
        return self._act("make_active", company_id)

    def delete(self, company_id: str) -> Refused | None:
        """Remove a client; refused while it is on a plan."""
        return self._act("delete", company_id)

    def do(self, folder: Path | str) -> tuple[Refused, ...]:
        """Do the work orders of a folder, merges first; give what was refused."""
        done = [self._act(*order) for order in orders_in(Path(folder))]
        return tuple(refused for refused in done if refused is not None)

    def _act(self, action: str, company_id: str, keep_id: str = "") -> Refused | None:
        self._state, refused = act(self._state, action, company_id, keep_id)
        return refused

    def save(self, path: Path | str) -> None:
        """Keep the whole state in a JSON file."""
        put(Path(path), to_json(self._state))

    @classmethod
    def load(cls, path: Path | str) -> OnlineAccountant:
        """Go on from a state that was saved."""
        return cls(from_json(Path(path)))
