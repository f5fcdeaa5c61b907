"""Every code that a finding can carry, followed through the source: `Finding(code=…)` and the helpers that make one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Maker(NamedTuple):
    """A function that is told the code of the finding it makes: at which place among its arguments."""

    name: str
    place: int
    is_method: bool


def finding_codes(package: Path) -> frozenset[str]:
    """The codes of every finding made below `package`; AssertionError where one cannot be followed."""
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}
    methods = [maker for module in modules.values() for maker in makers(module) if maker.is_method]
    found: set[str] = set()
    for path, module in modules.items():
        local = [maker for maker in makers(module) if not maker.is_method]
        for function in functions(module):
            for call in calls(function):
                expression = code_given(call, local, methods)
                if expression is not None:
                    found |= followed(expression, function, module, f"{path}:{call.lineno}")
    return frozenset(found)


def functions(module: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(module) if isinstance(node, Function))


def calls(function: Function) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Call))


def makers(module: ast.Module) -> Iterator[Maker]:
    """Functions with a parameter `code` that they hand on to a finding."""
    for function in functions(module):
        names = [each.arg for each in function.args.args]
        if "code" in names and any(hands_on(call) for call in calls(function)):
            is_method = names[0] == "self"
            yield Maker(function.name, names.index("code") - is_method, is_method)


def hands_on(call: ast.Call) -> bool:
    given = next((word.value for word in call.keywords if word.arg == "code"), None)
    return called(call) == "Finding" and isinstance(given, ast.Name) and given.id == "code"


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def code_given(call: ast.Call, local: list[Maker], methods: list[Maker]) -> ast.expr | None:
    """What a call gives as a finding's code; None when it makes no finding."""
    named = next((word.value for word in call.keywords if word.arg == "code"), None)
    if called(call) == "Finding":
        return named
    has_severity = any(ast.unparse(argument).startswith("Severity.") for argument in call.args)
    known = methods if isinstance(call.func, ast.Attribute) and has_severity else local
    if isinstance(call.func, ast.Attribute) and not has_severity:
        return None
    maker = next((maker for maker in known if maker.name == called(call)), None)
    return None if maker is None else named or call.args[maker.place]


def followed(expression: ast.expr, function: Function, module: ast.Module, where: str) -> set[str]:
    """The texts that `expression` can be, through the names `function` gives them."""
    match expression:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=one, orelse=other):
            return followed(one, function, module, where) | followed(other, function, module, where)
        case ast.Name(id=name):
            if name == "code" and name in {each.arg for each in function.args.args}:
                return set()
            codes = {code for given in meanings(name, function, module) for code in texts(given)}
            assert codes, f"{where}: what code this finding has cannot be followed; write it where it is made"
            return codes
        case _:
            raise AssertionError(f"{where}: what code this finding has cannot be followed: {ast.unparse(expression)}")


def meanings(name: str, function: Function, module: ast.Module) -> Iterator[ast.expr]:
    """Every expression that `function` binds to `name`: by assignment, or as a part of what a loop runs over."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            yield from bound(node.targets[0], node.value, name)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
            over = [node.iter, *named_constants(node.iter, module)]
            pairs = (each for one in over for each in ast.walk(one) if isinstance(each, ast.Tuple))
            yield from (value for pair in pairs for value in bound(node.target, pair, name))


def bound(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    match target, value:
        case ast.Name(id=found), _ if found == name:
            yield value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, other in zip(targets, values, strict=True):
                yield from bound(one, other, name)


def named_constants(expression: ast.expr, module: ast.Module) -> Iterator[ast.expr]:
    """The values of the module's constants that `expression` names."""
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in names:
            yield node.value
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id in names:
            yield from [node.value] if node.value else []


def texts(expression: ast.expr) -> Iterator[str]:
    match expression:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one)
            yield from texts(other)
