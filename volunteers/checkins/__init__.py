"""Check-in and check-out: what was scanned, by whom, in which way; never changed afterwards."""
