"""Thrift's compact protocol, in which a Parquet file describes itself; reading only.

https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from typing import Any

__all__ = ["Struct", "read_struct"]

MAX_DEPTH = 16
# Kinds of value. What a field's truth is, its kind says; in a list a truth takes a byte.
TRUTHS, BYTE, NUMBERS, DOUBLE, BYTES, LISTS, STRUCT = (1, 2), 3, (4, 5, 6), 7, 8, (9, 10), 12

Struct = dict[int, Any]  # the fields by their numbers


def read_struct(data: bytes, at: int, depth: int = 0) -> tuple[Struct, int]:
    """Read the struct that begins here; LookupError or ValueError where there is none."""
    if depth > MAX_DEPTH:
        raise ValueError(at)
    fields: Struct = {}
    number = 0
    while head := data[at]:
        at += 1
        if head >> 4:
            number += head >> 4
        else:
            number, at = _number(data, at)
        fields[number], at = _value(data, at, head & 15, depth)
    return fields, at + 1


def _value(data: bytes, at: int, kind: int, depth: int) -> tuple[Any, int]:
    if kind in NUMBERS:
        return _number(data, at)
    if kind == STRUCT:
        return read_struct(data, at, depth + 1)
    if kind in LISTS:
        return _list(data, at, depth + 1)
    if kind == BYTES:
        length, at = _varint(data, at)
        return data[at : at + length], at + length
    if kind in TRUTHS:
        return kind == TRUTHS[0], at
    return None, at + {BYTE: 1, DOUBLE: 8}[kind]  # whatever has another kind is damaged


def _list(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    head = data[at]
    count, at = (head >> 4, at + 1) if head >> 4 < 15 else _varint(data, at + 1)
    kind = BYTE if head & 15 in TRUTHS else head & 15
    values = []
    for _ in range(count):
        if at >= len(data) or depth > MAX_DEPTH:
            raise ValueError(at)
        value, at = _value(data, at, kind, depth)
        values.append(value)
    return values, at


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read a whole number: its sign is its last bit."""
    number, at = _varint(data, at)
    return (number >> 1) ^ -(number & 1), at


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
    raise ValueError(at)
