"""The desk: drafts of many hours, typed, pasted or repeated, checked row by row and submitted."""
