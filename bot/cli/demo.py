"""`korpu demo`."""


def demo() -> int:
    """Say how to sign in to the demonstration."""
    from bot.cli.run import say
    from bot.settings import Settings
    from bot.supervisor.prepare import prepare
    from referral.demo import EDITORS

    settings = Settings.from_env()
    prepared = prepare(settings)
    if prepared.account is None:
        say(f"The keys in {settings.data_dir} are real; there is no demonstration account.")
        return 1
    say(f"Console   http://127.0.0.1:{settings.console_port}   (while `korpu run` is running)")
    say(f"Sign in   login: {prepared.account.login}   passphrase: {prepared.account.passphrase}")
    say(f"Editors   login: {' or '.join(EDITORS)}, with the same passphrase")
    return 0
