"""What each kind of value is compared by: hashes of it and of its parts, row by row."""
