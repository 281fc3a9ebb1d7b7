"""The recipes of CONTRIBUTING.md, followed word for word on the made-up report."""

import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from support.made_up_report import REPOSITORY, copy_packages, lay_out, run_python
from support.small_book import leave_out

CONTRIBUTING = REPOSITORY / "CONTRIBUTING.md"
RECIPE = re.compile(r"^### (.+)$", re.MULTILINE)
STEP = re.compile(
    r"^(?P<number>\d+)\. (?P<words>(?:.+\n)+)\n"
    r"(?P<indent> *)(?P<fence>`{3,})\w*\n(?P<block>[\s\S]*?)^(?P=indent)(?P=fence)$",
    re.MULTILINE,
)
DOES = {  # how the last sentence before a block says what to do with it
    "append": r"Append to `(?P<file>[^`]+)`:",
    "write": r"Write `(?P<file>[^`]+)`:",
    "add": r"In `(?P<file>[^`]+)`, after the line `(?P<line>.+)`, add:",
    "python": r"Run in Python:",
    "commands": r"Run:",
}


@dataclass(frozen=True)
class Step:
    """One step of a recipe: what to do with a block, in which file, and after which line of it."""

    action: str
    block: str
    file: str = ""
    line: str = ""

    def follow(self, folder: Path) -> str:
        """Do it in a report's folder; returns what a command printed."""
        path = folder / self.file
        if self.action == "append":
            path.write_text(path.read_text("utf-8") + self.block, "utf-8")
        elif self.action == "write":
            assert not path.exists()
            path.write_text(self.block, "utf-8")
        elif self.action == "add":
            before, line, after = path.read_text("utf-8").partition(f"{self.line}\n")
            assert line, f"{self.file} has no line {self.line!r}"
            path.write_text(before + line + self.block + after, "utf-8")
        elif self.action == "python":
            return run(folder, "-c", self.block)
        else:
            return "".join(run(folder, *words(line)) for line in self.block.splitlines())
        return ""


def words(command: str) -> list[str]:
    """The words of a command after `python`."""
    program, *rest = shlex.split(command)
    assert program == "python"
    return rest


def run(folder: Path, *words: str) -> str:
    """Run Python there and return what it printed; the test fails where that fails."""
    ran = run_python(folder, *words)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def read_steps(recipe: str) -> list[Step]:
    """The steps of a recipe, each of which must say what to do."""
    steps = []
    for match in STEP.finditer(recipe):
        sentence = " ".join(match["words"].split())
        [(action, said)] = [
            (action, found)
            for action, form in DOES.items()
            if (found := re.search(f"{form}$", sentence))
        ]
        block = re.sub(f"^{match['indent']}", "", match["block"], flags=re.MULTILINE)
        steps.append(Step(action, block, **said.groupdict()))
        assert int(match["number"]) == len(steps)
    return steps


def read_recipes() -> dict[str, list[Step]]:
    """The recipes of CONTRIBUTING.md by their headings."""
    section = CONTRIBUTING.read_text("utf-8").split("\n## Recipes\n", 1)[1].split("\n## ", 1)[0]
    _, *parts = RECIPE.split(section)
    return {name: read_steps(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def follow(folder: Path, *names: str) -> str:
    """Follow recipes in turn; returns all that was printed."""
    recipes = read_recipes()
    return "".join(step.follow(folder) for name in names for step in recipes[name])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The made-up report, whose tables, settings and pages someone changes."""
    return lay_out(tmp_path / "report")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The made-up report with packages of its own, as a repository that someone changes."""
    return lay_out(tmp_path / "repository", with_packages=True)


@dataclass(frozen=True)
class Followed:
    """A report in which recipes were followed, which tests leave as it is, and what was printed."""

    folder: Path
    printed: str


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """The made-up report with a theme and a claim more."""
    folder = lay_out(tmp_path_factory.mktemp("ferries") / "report")
    return Followed(folder, follow(folder, "Add a theme", "Add a claim"))


@pytest.fixture
def ferries_copy(ferries: Followed, tmp_path: Path) -> Path:
    """A copy of that report, to be changed."""
    return Path(shutil.copytree(ferries.folder, tmp_path / "report"))


def ask(folder: Path, expression: str) -> object:
    """The value of an expression about the corpus in a folder, through JSON."""
    code = f"""
import json
from claimbook.corpus.model import load
corpus = load()
print(json.dumps({expression}))
"""
    return json.loads(run(folder, "-c", code))


def faults(folder: Path) -> list[str]:
    """The faults that the check names."""
    ran = run_python(folder, "-m", "claimbook", "check")
    return [line for line in ran.stderr.splitlines() if ": '" in line]


def test_every_step_of_every_recipe_says_what_to_do():
    recipes = read_recipes()
    assert set(recipes) == {
        *("Add a claim", "Add a chapter", "Add a column", "Add a table"),
        *("Add a theme", "Rename a theme", "Add a filter", "Add a figure"),
    }
    assert all(recipes.values())


def test_a_theme_is_counted_and_coloured_wherever_themes_are(ferries):
    code = """
from claimbook.analysis.metrics import theme_counts
from claimbook.corpus.model import load
from claimbook.explorer import Explorer
from claimbook import house_style
from claimbook.figures import coverage_matrix, event_lanes
corpus = load()
print(theme_counts(corpus, "ferries")["claims"].text)
print(*Explorer(corpus, "#theme=ferries").selected.index)
css = house_style.css_variables()
print("--cb-ferries:#2f5d3a" in css, ".theme-ferries" in css)
print("ferries, 1" in event_lanes.events_by_theme(corpus, "Lanes").alt)
print("Ferries" in coverage_matrix.claims_by_theme(corpus, "Matrix").wide)
"""
    assert run(ferries.folder, "-c", code).split() == ["one", "CW-03", *["True"] * 4]


def test_a_theme_that_only_the_schema_or_only_the_settings_have_is_a_fault(report):
    first, *_ = read_recipes()["Add a theme"]
    first.follow(report)
    [fault] = faults(report)
    assert "report.toml" in fault
    assert "ferries" in fault


def test_a_claim_is_found_where_its_row_says(ferries):
    assert "added: CW-03\n" in ferries.printed
    assert "added to events: ferries-run\n" in ferries.printed
    assert "11 claims" in ferries.printed


def test_a_claim_whose_offset_is_wrong_is_refused(ferries_copy):
    file = ferries_copy / "data/claims.csv"
    file.write_text(file.read_text("utf-8").replace(",129,154,", ",120,154,"), "utf-8")
    [fault] = faults(ferries_copy)
    assert fault.startswith("claims.csv CW-03 start-end: '120-154'")


def test_a_new_chapter_is_checked_as_strictly_as_the_others(ferries_copy):
    follow(ferries_copy, "Add a chapter")
    for name in ("ferries", "closure"):
        chapter = ferries_copy / "chapters" / f"{name}.md"
        loose = "\nFerries are the pride of the coast, and nobody would ever stop 12 of them.\n"
        chapter.write_text(chapter.read_text("utf-8") + loose, "utf-8")
    found = [fault.partition(".md:")[0::2] for fault in faults(ferries_copy)]
    in_new = [said.partition(" ")[2] for name, said in found if name == "chapters/ferries"]
    in_old = [said.partition(" ")[2] for name, said in found if name == "chapters/closure"]
    assert in_new == in_old
    assert len(in_new) == 2


def test_a_column_is_loaded_with_its_type_and_checked(report):
    follow(report, "Add a column")
    assert ask(report, "sorted(corpus.claims['tone'].cat.categories)") == ["alarmed", "calm"]
    file = report / "data/claims.csv"
    file.write_text(file.read_text("utf-8").replace(",calm\n", ",clam\n", 1), "utf-8")
    [fault] = faults(report)
    assert fault.startswith("claims.csv CW-01 tone: 'clam'")
    assert "calm" in fault.partition("'clam'")[2]


def test_a_table_is_loaded_with_its_types_and_its_references_are_checked(report):
    follow(report, "Add a table")
    assert ask(report, "corpus.ships['claims'].to_dict()") == {
        "gull": ["DE-04"],
        "tern": ["DE-04", "HP-02"],
    }
    file = report / "data/ships.csv"
    rows = file.read_text("utf-8")
    file.write_text(rows.replace("norrland,DE-04\n", "norland,DE-44\n"), "utf-8")
    assert [fault.partition(": '")[0] for fault in faults(report)] == [
        "ships.csv gull flag",
        "ships.csv gull claims",
    ]


def test_a_filter_answers_to_links(repository):
    follow(repository, "Add a filter")
    code = """
from claimbook.corpus.model import load
from claimbook.explorer import Explorer
print(*Explorer(load(), "#mode=quote").selected.index)
"""
    assert run(repository, "-c", code).split() == ["DE-03"]


def test_a_figure_says_what_it_shows_and_what_it_is_made_from(repository):
    follow(repository, "Add a figure")
    code = """
from claimbook.corpus.model import load
from shortofwar.figures.claim_kinds import claims_by_kind
figure = claims_by_kind(load(), "Kinds")
assert "<svg" in figure.wide and "claim:DE-01" in figure.narrow
print(figure.made_by, figure.alt, figure.source_line, sep="|")
"""
    made_by, alt, source_line = run(repository, "-c", code).strip().split("|")
    assert made_by == "figures.claim_kinds.claims_by_kind from claims.csv"
    assert "4 of the kind event" in alt
    assert source_line == "Drawn from 10 claims in 3 sources."


def test_the_book_shows_all_that_the_recipes_added(report):
    names = list(read_recipes())
    first = names.index("Add a filter")  # what comes before changes no code
    follow(report, *names[:first])
    copy_packages(report)
    follow(report, *names[first:])
    leave_out(report, "forecast", "corpus", "people")  # which show nothing of what was added
    run(report, "-m", "claimbook", "build")
    html = report / "_build/html"
    pages = {path.stem: path.read_text("utf-8") for path in html.rglob("*.html")}
    assert "The ferries went on" in pages["ferries"]
    assert 'id="CW-03"' in pages["straits-digest-2031-09"]
    assert "theme-ferries" in pages["straits-digest-2031-09"]
    assert 'value="ferries"' in pages["explorer"]  # the option of a theme
    assert 'value="paraphrase"' in pages["explorer"]  # the option of the new filter
    assert "Whether the wording is calm or alarmed." in pages["data"]
    assert "Ships that claims speak of." in pages["data"]
    assert "5 of the kind event" in pages["method"]
    assert "No claim is a warning" in pages["method"]
    styles = "".join(path.read_text("utf-8") for path in html.rglob("*.css"))
    assert "--cb-ferries:#2f5d3a" in styles
    [pdf] = (report / "_build/pdf").glob("*.pdf")
    reader = pypdf.PdfReader(pdf)
    assert "ships.csv" in reader.attachments
    assert "The ferries went on" in "".join(page.extract_text() for page in reader.pages)
