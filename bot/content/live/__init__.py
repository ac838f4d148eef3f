"""The keeper of content: what editors write goes live once it has been checked as a whole (docs/adr/0010)."""
