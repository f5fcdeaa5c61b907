from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "commissioning"
MODULES = sorted(PACKAGE.rglob("*.py"))
# Names that say where something was put, not what it does.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "processor", "base"}


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_imports_point_one_way_and_every_other_contract_holds() -> None:
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    ended = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stdout
    assert " 0 broken" in ended.stdout


def test_the_contracts_name_every_layer_in_the_order_of_the_architecture_page() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    layers = [line.strip("() ") for line in contracts["importlinter:contract:layers"]["layers"].split("\n") if line]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    places = [page.index(f"| `{layer}`") for layer in layers if not layer.startswith("__")]
    assert len(places) > 5
    assert places == sorted(places)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_in_a_docstring_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.rstrip().endswith((".", "?", "…"))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_named_for_what_it_does(path: Path) -> None:
    assert EMPTY_NAMES.isdisjoint(path.relative_to(PACKAGE).with_suffix("").parts)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("stages/**/*.py")), ids=named)
def test_a_stage_hands_the_stores_connection_on_and_asks_it_nothing(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    froms = [node for node in tree if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"]
    assert {each.name for node in froms for each in node.names} <= {"Connection"}


def imported(path: Path) -> Iterator[str]:
    """The top-level names a module imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_dependency_is_used_and_everything_used_is_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=]", each)[0].lower().replace("_", "-") for each in project["dependencies"]}
    by_name = packages_distributions()
    used = {
        distribution.lower().replace("_", "-")
        for path in MODULES
        for name in imported(path)
        for distribution in by_name.get(name, ())
    }
    # Read by Python's own zoneinfo where the system has no time zone data.
    used.add("tzdata")
    # What docxtpl renders through, and what the templates are first made with; named because its version matters.
    assert "python-docx" in {re.split(r"[ <>=;!~]", each)[0] for each in requires("docxtpl") or ()}
    used.add("python-docx")
    # Comes with pydantic in exactly the version pydantic asks for.
    used.discard("pydantic-core")
    used.discard("commissioning")
    assert declared == used
