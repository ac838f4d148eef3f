"""The small ways in which code is broken, one at a time.

Not touched: docstrings, annotations, decorators, imports, `__all__`, and the words of error messages and of `__repr__`.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Change: TypeAlias = tuple[str, ast.AST]  # what is done, and what stands there instead

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


@dataclass(frozen=True)
class Mutant:
    """One broken module: where it was broken and how, and its whole tree."""

    line: int
    before: str
    after: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.line}: {self.before}  →  {self.after}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's source."""
    tree = ast.parse(source)
    for place in _places(tree):
        node = _at(tree, place)
        for change, instead in _changes(node):
            mutated = copy.deepcopy(tree)
            _put(mutated, place, instead)
            line: int = getattr(node, "lineno", 0)
            yield Mutant(line, _text(node), f"{_text(instead)} ({change})", ast.fix_missing_locations(mutated))


Place: TypeAlias = tuple[tuple[str, int | None], ...]


def _places(tree: ast.Module) -> Iterator[Place]:
    """Yield the way to every node that may be changed."""
    yield from _below(tree, ())


def _below(node: ast.AST, way: Place) -> Iterator[Place]:
    for name, value in ast.iter_fields(node):
        if _is_left_alone(node, name):
            continue
        children = value if isinstance(value, list) else [value]
        for number, child in enumerate(children):
            if not isinstance(child, ast.AST) or _is_words(node, child):
                continue
            step = (*way, (name, number if isinstance(value, list) else None))
            yield step
            yield from _below(child, step)


def _is_left_alone(node: ast.AST, field: str) -> bool:
    """Tell whether a part of a node is not touched: what does nothing when the program runs, or only speaks."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.alias):
        return True
    if isinstance(node, ast.FunctionDef) and node.name == "__repr__":
        return True
    if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "__all__" for to in node.targets):
        return True
    return field in {"decorator_list", "annotation", "returns", "type_params", "ctx", "bases", "targets"}


def _is_words(parent: ast.AST, child: ast.AST) -> bool:
    """Tell whether a child is a docstring or the message of an error."""
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant) and isinstance(child.value.value, str):
        return True
    raised = isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id[:1].isupper()
    return raised and isinstance(child, ast.JoinedStr | ast.Constant) and _is_sentence(child)


def _is_sentence(node: ast.JoinedStr | ast.Constant) -> bool:
    text = ast.unparse(node)
    return " " in text and not text.startswith("b")


def _changes(node: ast.AST) -> Iterator[Change]:
    for kind, changes in CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node)


def _compare(node: ast.Compare) -> Iterator[Change]:
    for number, operator in enumerate(node.ops):
        other = copy.deepcopy(node)
        other.ops[number] = COMPARISONS[type(operator)]()
        yield "comparison", other


def _boolean(node: ast.BoolOp) -> Iterator[Change]:
    other = copy.deepcopy(node)
    other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield "and/or", other
    for number in range(len(node.values)):
        rest = [value for place, value in enumerate(node.values) if place != number]
        yield "one condition less", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    yield "without not or minus", node.operand


def _binary(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in OPERATORS:
        yield "operator", ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, int):
        yield "constant", ast.Constant(value + 1)
        yield "constant", ast.Constant(value - 1)
    elif isinstance(value, str):
        yield "constant", ast.Constant(f"{value}X")
    elif isinstance(value, bytes):
        yield "constant", ast.Constant(value + b"X")


def _returned(node: ast.Return) -> Iterator[Change]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield "returns nothing", ast.Return(ast.Constant(None))


def _statement(node: ast.Expr | ast.Raise | ast.AugAssign) -> Iterator[Change]:
    yield "statement removed", ast.Pass()


def _raised(node: ast.Raise) -> Iterator[Change]:
    if node.exc is not None:
        other = copy.deepcopy(node)
        other.exc = ast.Call(ast.Name("ArithmeticError", ast.Load()), [ast.Constant("mutant")], [])
        yield "another error", other


def _condition(node: ast.If | ast.IfExp) -> Iterator[Change]:
    for value in (True, False):
        other = copy.deepcopy(node)
        other.test = ast.Constant(value)
        yield "always" if value else "never", other


def _caught(node: ast.ExceptHandler) -> Iterator[Change]:
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    for number in range(len(kinds)):
        rest = [kind for place, kind in enumerate(kinds) if place != number and kind is not None]
        other = copy.deepcopy(node)
        other.type = ast.Tuple(rest, ast.Load())
        yield "catches less", other


def _called(node: ast.Call) -> Iterator[Change]:
    if len(node.args) >= 2 and not any(isinstance(argument, ast.Starred) for argument in node.args[:2]):
        other = copy.deepcopy(node)
        other.args[:2] = reversed(other.args[:2])
        yield "arguments swapped", other


CHANGES: dict[type[ast.AST] | tuple[type[ast.AST], ...], Callable[..., Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Constant: _constant,
    ast.Return: _returned,
    (ast.Expr, ast.Raise, ast.AugAssign): _statement,
    ast.Raise: _raised,
    (ast.If, ast.IfExp): _condition,
    ast.ExceptHandler: _caught,
    ast.Call: _called,
}


def _at(tree: ast.AST, place: Place) -> ast.AST:
    node = tree
    for name, number in place:
        value = getattr(node, name)
        node = value if number is None else value[number]
    return node


def _put(tree: ast.AST, place: Place, instead: ast.AST) -> None:
    parent = _at(tree, place[:-1])
    name, number = place[-1]
    if number is None:
        setattr(parent, name, copy.deepcopy(instead))
    else:
        getattr(parent, name)[number] = copy.deepcopy(instead)


def _text(node: ast.AST) -> str:
    """Return a node as one short line."""
    lines = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).splitlines()
    return lines[0] if lines else "nothing"
