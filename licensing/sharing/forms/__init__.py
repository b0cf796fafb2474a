"""The forms of sharing."""
