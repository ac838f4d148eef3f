"""A port that is in use is told before anything starts."""

import os
import socket
from collections.abc import Iterator

import pytest

from bot.errors import OperatorError
from bot.supervisor.ports import check_ports, find_owner
from tests.setup.running import free_port, standin


@pytest.fixture
def taken() -> Iterator[int]:
    """Yield a port on which this process listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_message_names_port_process_and_variable(taken: int) -> None:
    with pytest.raises(OperatorError) as caught:
        check_ports([standin("chat", port=taken)])
    message = str(caught.value)
    assert message.startswith(f"Port {taken} is in use (by pid {os.getpid()}, py")
    assert message.endswith("Stop that program or set KORPU_CHAT_PORT to another number.")


def test_a_port_that_is_taken_on_all_addresses_is_taken() -> None:
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))  # noqa: S104 - that is the case in question
        listener.listen()
        with pytest.raises(OperatorError, match="is in use"):
            check_ports([standin("chat", port=listener.getsockname()[1])])


def test_a_free_port_has_no_owner_and_passes() -> None:
    port = free_port()
    assert find_owner(port) is None
    check_ports([standin("chat", port=port)])


def test_connections_that_have_just_ended_do_not_hold_a_port(taken: int) -> None:
    port = free_port()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        client = socket.create_connection(("127.0.0.1", port))
        server, _ = listener.accept()
        server.close()  # the server's side waits for late packets from now on
        client.close()
    check_ports([standin("chat", port=port)])
