"""`korpu doctor`."""

MARKS = {"ok": "ok  ", "note": "note", "fault": "!!  "}


def doctor() -> int:
    """Say what is wrong and what to do about it.

    It looks at everything that can be wrong and changes nothing.
    """
    from bot.cli.checkup import examine
    from bot.cli.run import say
    from bot.settings import Settings

    findings = examine(Settings.from_env())
    for finding in findings:
        say(f"{MARKS[finding.grade.value]}  {finding.subject:<14} {finding.text}")
    faults = sum(finding.grade.value == "fault" for finding in findings)
    say("Nothing is wrong." if not faults else f"{faults} thing(s) need mending: see the lines with !!")
    return 1 if faults else 0
