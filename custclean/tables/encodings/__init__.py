"""From bytes to letters: which encoding a text has, and what was misread before it came."""
