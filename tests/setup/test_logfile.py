"""The logs that the supervisor keeps."""

import asyncio
import errno
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

from bot.supervisor.child import Child
from bot.supervisor.logfile import LogFile
from tests.setup.running import Run, standin


def test_only_the_owner_can_read_a_log_even_if_it_was_open_before(tmp_path: Path) -> None:
    (tmp_path / "a.log").touch(mode=0o644)
    log = LogFile(tmp_path / "a.log")
    log.write(b"x")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    log.close()


def test_full_logs_are_put_aside_and_the_oldest_is_dropped(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "a.log", largest=10)
    for number in range(8):
        log.write(b"%d23456\n" % number)
    log.close()
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["a.log", "a.log.1", "a.log.2", "a.log.3", "a.log.4"]
    assert (tmp_path / "a.log").read_bytes() == b"723456\n"
    assert (tmp_path / "a.log.4").read_bytes() == b"323456\n"
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_the_last_line_is_of_the_present_process_and_short(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "a.log")
    log.write(b"from an earlier life\n")
    log.mark()
    assert log.last_line() == ""
    log.write("first\nsəhv: açar yoxdur\n\n".encode())
    assert log.last_line() == "səhv: açar yoxdur"
    log.write(b"y" * 5000)
    assert len(log.last_line()) < 400
    log.close()


async def test_a_process_that_prints_a_lot_is_not_held_up(tmp_path: Path) -> None:
    run = Run(standin("talker", "chatty"), log_dir=tmp_path)
    await run.line("READY")
    assert await run.stop() == 0
    assert (tmp_path / "talker.log").stat().st_size == 200_001


class FullDisk(LogFile):
    """A log whose disk is full."""

    def write(self, data: bytes) -> None:
        """Fail as the kernel does."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


async def test_a_log_that_cannot_be_written_is_told_once_and_holds_nobody_up(tmp_path: Path) -> None:
    said: list[str] = []
    spec = replace(standin("talker"), command=(sys.executable, "-S", "-c", "print('x' * 1_000_000)"))
    log = FullDisk(tmp_path / "talker.log")
    child = await Child.start(spec, log, said.append)
    assert await asyncio.wait_for(child.wait(), 20) == 0
    assert said == [f"{tmp_path / 'talker.log'} cannot be written (No space left on device); check the disk."]
    log.close()
