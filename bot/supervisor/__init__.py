"""`korpu run`: start every process, keep it running, stop all of them together."""
