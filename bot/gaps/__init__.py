"""What people asked and did not get: redacted, grouped by likeness, shown to editors as groups only (docs/editors.md).

`redact` takes out whatever could tell who wrote; `group` puts alike texts together; `board` opens what is stored. The
gateway imports `redact` when it needs it: it brings spaCy's matcher and the words of a language.
"""
