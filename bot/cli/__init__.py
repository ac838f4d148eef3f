"""`korpu`: the command line for people who run Körpü."""
