from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import get_args

import click
import pytest

from commissioning.cli import cli
from commissioning.errors import ExitCode
from commissioning.model.act import Act
from commissioning.model.form import Kind
from commissioning.model.round import Condition, Round
from finding_codes import finding_codes

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


def script(name: str) -> ModuleType:
    """A script of docs/, loaded and not run."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def example_lines(page: Path) -> list[str]:
    """The commands a page shows in its blocks for a shell, and in the tables of the jobs."""
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```$", text(page), flags=re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ").split(" #")[0] for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("commissioning ")]


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
    assert f"## commissioning {name}\n" in text(ROOT / "docs" / "commands.md")


def test_the_page_of_commands_says_what_their_help_says() -> None:
    made = script("make_commands").page()
    assert text(ROOT / "docs" / "commands.md") == made, "run: python docs/make_commands.py"


def test_exit_codes_are_told_of_commands_there_are() -> None:
    module = script("make_commands")
    there = {entry.name for entry in module.entries()}
    assert there >= set(module.MORE)
    assert there >= module.WITHOUT_A_ROUND
    assert set(module.MEANINGS) == set(ExitCode)


def test_the_page_of_templates_lists_the_fields_of_the_records() -> None:
    page = ROOT / "docs" / "templates.md"
    assert text(page) == script("make_template_fields").page(text(page)), "run: python docs/make_template_fields.py"


def test_every_template_has_its_place_on_the_page_of_templates() -> None:
    there = {path.name for path in (ROOT / "templates").glob("*.docx")}
    assert there == {*script("make_template_fields").CONTEXTS, "house.docx"}
    assert [name for name in there if f"| `{name}` |" not in text(ROOT / "docs" / "templates.md")] == []


def test_every_finding_there_is_and_no_other_is_explained() -> None:
    codes = finding_codes(ROOT / "src" / "commissioning")
    explained = re.findall(
        r"^\| `([a-z]+(?:-[a-z]+)*)` \|", text(ROOT / "docs" / "when-a-form-is-wrong.md"), re.MULTILINE
    )
    assert sorted(explained) == sorted(codes)


def test_the_reference_of_a_round_names_every_key_condition_and_kind_of_question() -> None:
    page = text(ROOT / "docs" / "jobs" / "set-up-a-round.md")
    conditions = [get_args(each.model_fields["rule"].annotation)[0] for each in get_args(get_args(Condition)[0])]
    wanted = [*Round.model_fields, *conditions, *(kind.value for kind in Kind)]
    assert [name for name in wanted if f"`{name}`" not in page] == []


def test_the_architecture_lists_every_act() -> None:
    page = text(ROOT / "docs" / "architecture.md")
    kinds = [each.model_fields["kind"].default for each in get_args(get_args(Act)[0])]
    assert kinds
    assert [kind for kind in kinds if f"`{kind}`" not in page] == []


@pytest.mark.parametrize("page", [page for page in PAGES if example_lines(page)], ids=title)
def test_every_command_a_page_shows_is_one_there_is(page: Path) -> None:
    for line in example_lines(page):
        words = [word for word in line.split() if not word.startswith("-")]
        if line.split()[1].startswith("-"):
            continue
        assert words[1] in COMMANDS, f"{title(page)} shows {line}"
        group = command(words[1])
        if isinstance(group, click.Group) and len(words) > 3 and not words[3].startswith(('"', "(")):
            assert words[3] in group.commands, f"{title(page)} shows {line}"
        shown = re.findall(r"(?<= )--[a-z-]+", re.sub(r'"[^"]*"', "", line))
        below = group.commands[words[3]] if isinstance(group, click.Group) and len(words) > 3 else group
        known = {option for each in below.params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
        assert set(shown) <= known, f"{title(page)} shows {line}"


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
