"""How long a text may be, in UTF-16 units, in which Telegram counts; for translators, the check and the tests."""

MESSAGE = 4096
ANSWER = 1500  # ours: an answer that must be scrolled is not read
BUTTON = 32
COMMAND = 256
PROFILE = {"profile_name": 64, "profile_description": 512, "profile_about": 120}
BUTTON_LABELS = (
    *("btn_", "topic:", "act:", "answer:", "behind:"),
    *("topic_", "age_", "gender_", "contact_", "time_", "about_", "knows_", "sum_"),
)


def limit_of(context: str) -> int:
    """Return the most that a text may have once it is filled in."""
    kind, _, name = context.partition("/")
    if kind == "answer":
        return ANSWER
    if kind != "label":
        return MESSAGE
    if name.startswith(BUTTON_LABELS):
        return BUTTON
    return PROFILE.get(name, COMMAND)
