"""The supervisor over real child processes."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from bot.supervisor.spec import FileHealth
from tests.setup.running import QUICK, STANDIN, Run, children, free_port, pid_of, standin


async def test_ready_is_said_once_and_only_when_every_process_is_well(tmp_path: Path) -> None:
    run = Run(standin("one"), standin("two"), log_dir=tmp_path)
    await run.line("READY")
    run.said.append("READY was said before")
    assert await run.stop() == 0
    assert "READY" not in run.said


async def test_a_process_that_never_becomes_ready_ends_the_start_with_its_name(tmp_path: Path) -> None:
    run = Run(standin("mute one", "mute"), standin("fine"), log_dir=tmp_path, patience=replace(QUICK, start=0.5))
    line = await run.line("mute one")
    assert "has not become ready" in line
    assert await run.code() == 1
    assert "READY" not in run.said


async def test_a_killed_process_comes_back_by_itself(tmp_path: Path) -> None:
    specs = [standin("one"), standin("two"), standin("three")]
    run = Run(*specs, log_dir=tmp_path)
    await run.line("READY")
    for spec in specs:
        before = pid_of(spec)
        os.kill(before, signal.SIGKILL)
        line = await run.line("SIGKILL")
        assert spec.name in line
        assert str(tmp_path / f"{spec.name}.log") in line
        await run.line(f"{spec.name} +is ready again")
        assert pid_of(spec) != before
    assert await run.stop() == 0


async def test_a_process_that_crashes_again_and_again_stops_everything_with_its_last_line(tmp_path: Path) -> None:
    run = Run(standin("good"), standin("broken", "crash"), log_dir=tmp_path)
    line = await run.line("5 times")
    assert line.startswith("broken ")
    assert "the cupboard is bare" in line
    assert str(tmp_path / "broken.log") in line
    assert "\n" not in line
    assert await run.code() == 1
    assert children() == {}


async def test_a_process_that_becomes_ready_and_crashes_each_time_is_given_up_too(tmp_path: Path) -> None:
    spec = standin("unlucky")
    run = Run(spec, log_dir=tmp_path)
    await run.line("is ready")
    for _ in range(4):
        os.kill(pid_of(spec), signal.SIGKILL)
        await run.line("ready again")
    os.kill(pid_of(spec), signal.SIGKILL)
    assert "unlucky has stopped 5 times" in await run.line("5 times")
    assert await run.code() == 1


async def test_crashes_long_ago_do_not_count(tmp_path: Path) -> None:
    spec = standin("old")
    run = Run(spec, log_dir=tmp_path, patience=replace(QUICK, window=0.0))
    await run.line("READY")
    for _ in range(7):
        os.kill(pid_of(spec), signal.SIGKILL)
        await run.line("ready again")
    assert await run.stop() == 0


async def test_a_wrong_configuration_is_not_tried_again(tmp_path: Path) -> None:
    run = Run(standin("picky", "misconfigured"), log_dir=tmp_path)
    assert "the cupboard is bare" in await run.line("picky cannot run")
    assert await run.code() == 1
    assert (tmp_path / "picky.log").read_text().count("the cupboard") == 1


async def test_a_process_that_hangs_is_started_anew(tmp_path: Path) -> None:
    run = Run(standin("stuck", "freeze"), log_dir=tmp_path)
    await run.line("READY")
    assert "stuck" in await run.line("has not answered")
    await run.line("stuck +is ready again")
    assert await run.stop() == 0


async def test_stopping_leaves_no_process_even_when_one_does_not_listen(tmp_path: Path) -> None:
    run = Run(standin("polite"), standin("stubborn one", "stubborn"), log_dir=tmp_path)
    await run.line("READY")
    assert len(children()) == 2
    began = time.monotonic()
    assert await run.stop() == 0
    assert time.monotonic() - began < QUICK.grace + 2
    assert children() == {}


async def test_stopping_while_everything_starts_leaves_no_process(tmp_path: Path) -> None:
    run = Run(standin("mute one", "mute"), standin("good"), log_dir=tmp_path)
    await run.line("good +is ready")
    assert await run.stop() == 0
    assert children() == {}
    assert "READY" not in run.said


async def test_a_process_that_cannot_be_started_is_told_in_one_line(tmp_path: Path) -> None:
    run = Run(replace(standin("nowhere"), command=("/nowhere/at/all",)), log_dir=tmp_path)
    assert "nowhere cannot be started: No such file" in await run.line("cannot be started")
    assert await run.code() == 1


async def test_a_process_without_a_port_is_well_when_it_has_written_its_file(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    alive.touch()
    os.utime(alive, (1, 1))  # of an earlier run: it does not count
    script = f"import pathlib, signal; pathlib.Path({str(alive)!r}).touch(); signal.pause()"
    spec = replace(standin("janitor"), command=(sys.executable, "-S", "-c", script), health=FileHealth(alive))
    run = Run(spec, log_dir=tmp_path)
    await run.line("janitor +is ready")
    assert alive.stat().st_mtime > 1
    assert await run.stop() == 0


def test_no_process_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    port = free_port()
    script = f"""
import asyncio, sys, tests.setup.running as running, pathlib
async def main():
    run = running.Run(running.standin("child", port={port}), log_dir=pathlib.Path({str(tmp_path)!r}))
    await run.line("READY")
    print(running.pid_of(running.standin("child", port={port})), flush=True)
    await run.code()
asyncio.run(main())
"""
    root = STANDIN.parent.parent.parent
    with subprocess.Popen([sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        child = os.pidfd_open(int(supervisor.stdout.readline()))
        supervisor.kill()
        assert _has_ended(child, within=10)


def _has_ended(pidfd: int, within: float) -> bool:
    import select

    try:
        return bool(select.select([pidfd], [], [], within)[0])
    finally:
        os.close(pidfd)
