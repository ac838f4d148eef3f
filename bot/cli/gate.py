"""`korpu gate`."""


def gate() -> int:
    """Tell what the danger gate says of each line.

    Reads one message a line on standard input, prints one JSON object a line. Needs no Rasa.
    """
    from bot.gateway.danger import main
    from bot.settings import Settings
    from bot.supervisor.preflight import check_danger

    words = Settings.from_env().released.folder()
    check_danger(words)
    main(words)
    return 0
