"""The danger gate: a deterministic reading of every message before anything else, in every state of every dialogue."""

from bot.gateway.danger.gate import Danger, DangerGate, Finding, load_gate, main, read_lexicons

__all__ = ["Danger", "DangerGate", "Finding", "load_gate", "main", "read_lexicons"]
