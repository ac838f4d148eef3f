"""`korpu gate`."""


def gate() -> int:
    """Tell what the danger gate says of each line.

    Reads one message a line on standard input, prints one JSON object a line. Needs no Rasa.
    """
    from bot.gateway.danger import main
    from bot.i18n import LOCALES_DIR
    from bot.supervisor.preflight import check_danger

    check_danger(LOCALES_DIR)
    main()
    return 0
