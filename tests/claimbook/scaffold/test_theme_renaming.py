"""`claimbook theme rename` renames a theme everywhere at once, or not at all."""

import openpyxl
import pytest
from claimbook.cli import main
from claimbook.paths import project
from click.testing import CliRunner, Result
from support.made_up_report import run_python


def rename(*words: str) -> Result:
    return CliRunner().invoke(main, ["theme", "rename", *words])


def content(name: str) -> str:
    return (project().root / name).read_text("utf-8")


def test_a_theme_is_renamed_in_settings_schema_tables_pages_and_contents(made_up_copy):
    renamed = rename("talks", "bargaining", "--label", "Bargains")
    assert renamed.exit_code == 0, renamed.output
    checked = run_python(made_up_copy, "-m", "claimbook", "check")
    assert checked.returncode == 0, checked.stderr
    settings = content("report.toml")
    assert 'id = "bargaining"\nlabel = "Bargains"' in settings
    assert 'chapter = "bargaining"' in settings
    assert 'short = "talks"' in settings  # the name of a landmark, which is no theme
    assert "file: chapters/bargaining\n" in content("_toc.yml")
    assert content("chapters/bargaining.md").count("\n# Bargains\n") == 1
    assert not (made_up_copy / "chapters" / "talks.md").exists()
    assert 'chronology(corpus, ["bargaining", "closure"])' in content("chapters/bargaining.md")
    assert ",bargaining," in content("data/claims.csv")
    assert ",bargaining," in content("data/coding/one.csv")
    assert "- `bargaining`:" in content("chapters/codebook.md")
    for file in ("data/claims.csv", "data/events.csv", "data/datapackage.json"):
        assert ",talks," not in content(file)
        assert '"talks"' not in content(file)
    assert "data/claims.csv: " in renamed.output


def test_the_roles_of_a_theme_and_the_page_of_its_judgements_go_with_it(made_up_copy):
    renamed = rename("forecast", "prospects")
    assert renamed.exit_code == 0, renamed.output
    assert 'forecast = "prospects"' in content("report.toml")
    assert 'label = "Forecasts"' in content("report.toml")
    assert ",forecast," not in content("data/judgements.csv")
    checked = run_python(made_up_copy, "-m", "claimbook", "check")
    assert checked.returncode == 0, checked.stderr


def test_a_label_alone_can_change(made_up_copy):
    renamed = rename("talks", "talks", "--label", "Talks on dues")
    assert renamed.exit_code == 0, renamed.output
    assert 'label = "Talks on dues"' in content("report.toml")
    assert "\n# Talks on dues\n" in content("chapters/talks.md")
    assert ",talks," in content("data/claims.csv")


def test_code_and_sheets_that_name_the_theme_are_listed(made_up_copy):
    (made_up_copy / "scripts" / "own").mkdir(parents=True)
    (made_up_copy / "scripts" / "own" / "figure.py").write_text('x = 1\ntheme = "talks"\n')
    project().sheets.mkdir()
    (project().sheets / "CW.csv").write_text("span,theme\nsome words,talks\n")
    workbook = openpyxl.Workbook()
    for row in (["span", "theme"], ["other words", "closure"], ["some words", "talks"]):
        workbook.active.append(row)
    workbook.save(project().sheets / "CW.xlsx")
    renamed = rename("talks", "bargaining")
    assert "look at scripts/own/figure.py:2, which names talks" in renamed.output
    assert "look at coding/CW.csv:2, which names talks" in renamed.output
    assert "look at coding/CW.xlsx:3, which names talks" in renamed.output


def test_where_the_text_of_pages_has_the_old_label_is_listed(made_up_copy):
    page = made_up_copy / "chapters" / "closure.md"
    lines = page.read_text("utf-8").count("\n") + 1
    with page.open("a", encoding="utf-8") as file:
        file.write("{.method}\nClaims on *Talks* stand apart from small talks.\n")
    renamed = rename("talks", "bargaining", "--label", "Bargaining")
    assert f"look at chapters/closure.md:{lines + 1}, which names Talks" in renamed.output
    assert ", which names Talks" not in rename("bargaining", "haggling").output


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("talk", "bargaining"), "'talk': the id of a theme; did you mean 'talks'?"),
        (("talks", "Bargaining"), "'Bargaining': small letters, digits and hyphens"),
        (("talks", "closure"), "'closure': an id that no theme has"),
        (("talks", "method"), "'method': an id under which there is no page chapters/method.md"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_changes(made_up_copy, words, fault):
    before = {file: file.read_bytes() for file in made_up_copy.rglob("*") if file.is_file()}
    renamed = rename(*words)
    assert renamed.exit_code == 1
    assert fault in renamed.output
    assert {file: file.read_bytes() for file in before} == before
