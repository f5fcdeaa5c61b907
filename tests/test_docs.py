from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from commissioning.cli import cli
from commissioning.errors import ExitCode

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
COMMANDS = cli.list_commands(click.Context(cli))
# The words the glossary must define: one per concept, used alike in code, files, commands and documents.
WORDS = re.split(
    r",\s+",
    "Round, Pot, Lot, Stream, Form, Question, Provider, Delivery, Bid, Answer, Place, Finding, Query, Clarification, "
    "Correction, Condition, Screening, Need, Provision, Gap, Priority, Link, Evidence, Criterion, Scale, Assessor, "
    "Declaration, Score, Judgement, Moderation, Ranking, Option, Decision, Award, Notice, Pack, Manifest, Letter, "
    "Return, Panel, Police and Crime Panel, Dossier, Reading, Ledger, Stamp, Workspace, Journal, Original",
)


def title(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as the usual Markdown sites make them."""
    headings = re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(text(page)):
        if target.startswith(("https://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        goal = (page.parent / file).resolve() if file else page
        assert goal.exists(), f"{title(page)} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(text(goal)), f"{title(page)} links to {target}: no such heading"


def test_the_pages_a_reader_needs_are_there() -> None:
    names = {title(page) for page in PAGES}
    assert {"README.md", "GLOSSARY.md", "CHANGELOG.md", "docs/architecture.md", "docs/dependencies.md"} <= names


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_defines_every_word(word: str) -> None:
    assert re.search(rf"^\*\*{word}\*\*", text(ROOT / "GLOSSARY.md"), flags=re.MULTILINE)


def test_every_dependency_says_what_it_is_for_and_its_licence() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    page = text(ROOT / "docs" / "dependencies.md").lower()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[<>=]", each)[0].lower() for each in wanted]
    assert names
    assert [name for name in names if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    said = f"{command(name).help or ''}\n{command(name).epilog or ''}"
    assert f"commissioning {name}" in said or (name == "status" and "commissioning\n" in said)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [each.name for each in command(name).params if isinstance(each, click.Option) and not each.help]
    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    pages = [ROOT / "README.md", ROOT / "docs" / "commands.md"]
    assert any(f"commissioning {name}" in text(page) for page in pages if page.exists())


def test_the_help_lists_every_exit_code() -> None:
    said = cli.get_help(click.Context(cli, info_name="commissioning"))
    assert [code.value for code in ExitCode if not re.search(rf"^ +{code.value} +\S", said, flags=re.MULTILINE)] == []


def test_the_machine_that_checks_changes_runs_the_readmes_own_commands() -> None:
    readme = re.findall(r"^(make \w+) +#", text(ROOT / "README.md"), flags=re.MULTILINE)
    lines = text(ROOT / ".ci" / "run").splitlines()
    assert readme == ["make demo", "make test"]
    assert [line for line in lines if line in readme] == readme
    assert "export COMMISSIONING_NO_SKIPS=1" in lines


def test_every_check_runs_on_that_machine_too() -> None:
    (check,) = re.findall(r"^check: (.+)$", text(ROOT / "Makefile"), flags=re.MULTILINE)
    there = [
        word for line in text(ROOT / ".ci" / "run").splitlines() if line.startswith("make ") for word in line.split()
    ]
    assert set(check.split()) == set(there) - {"make"}


def test_the_hooks_before_a_commit_fetch_nothing() -> None:
    assert re.findall(r"repo: (.+)", text(ROOT / ".pre-commit-config.yaml")) == ["local"]
