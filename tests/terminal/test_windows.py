"""What can be told of Windows' terminal anywhere."""

from __future__ import annotations

import pytest

from custclean.terminal.windows import keyboard_mode

INTERRUPTS, LINES, ECHO, SEQUENCES = 0x1, 0x2, 0x4, 0x200


@pytest.mark.parametrize("before", [0x0, 0x1F7, 0x3FF])
def test_ctrl_c_is_a_key_and_interrupts_no_decision(before: int) -> None:
    mode = keyboard_mode(before)
    assert not mode & (INTERRUPTS | LINES | ECHO)
    assert mode & SEQUENCES
    assert mode & 0x1F0 == before & 0x1F0
