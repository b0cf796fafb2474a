"""The forms of the registers: people.py, filters.py, things.py, licences.py and positions.py."""
