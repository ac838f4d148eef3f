"""New languages and new answers: every place where something is to be written, made at once; and what still lacks."""

from bot.content.scaffold.answer import NewAnswer, new_answer, read_asked
from bot.content.scaffold.files import Changes, write
from bot.content.scaffold.finish import Unfinished, finish_answer
from bot.content.scaffold.language import new_language
from bot.content.scaffold.todo import todo

__all__ = [
    "Changes",
    "NewAnswer",
    "Unfinished",
    "finish_answer",
    "new_answer",
    "new_language",
    "read_asked",
    "todo",
    "write",
]
