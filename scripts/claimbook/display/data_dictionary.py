"""The files for download and the data dictionary, both read from `datapackage.json`, as Markdown."""

from pathlib import Path

from IPython.display import Markdown

from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Field, Table
from claimbook.export import web_annotations
from claimbook.paths import project

FOLDER = "../data/"  # the downloads, as a chapter's page sees them
MINUS = "\N{MINUS SIGN}"
TYPES = {
    "string": "Text",
    "integer": "Whole number",
    "number": "Number",
    "date": "Day",
    "list": "List",
}


def file_table(corpus: Corpus) -> Markdown:
    """Every file for download: what it holds and, for the tables, how many rows."""
    rows = []
    for table in schema.read_schema(project().datapackage).values():
        links = ", ".join(_link(file) for file in table.files)
        rows.append((links, f"{table.description} *{len(getattr(corpus, table.name)):,} rows.*"))
    package = "What the tables are and what each column may hold, for programs (Data Package)."
    rows.append((_link(project().datapackage.name), package))
    rows += [(_link(name), meaning) for name, meaning in web_annotations.FILES.items()]
    return Markdown(_table(("File", "What it holds"), rows))


def data_dictionary(datapackage: Path | None = None) -> Markdown:
    """Every table with its key and, column by column, what it means and what a cell may hold."""
    datapackage = datapackage or project().datapackage
    return Markdown(
        "\n\n".join(_described(table) for table in schema.read_schema(datapackage).values())
    )


def _described(table: Table) -> str:
    key = " and ".join(f"`{name}`" for name in table.key)
    rows = [
        (f"`{field.name}`", f"{field.description} *{_holds(table, field)}.*")
        for field in table.fields
    ]
    head = f"```{{rubric}} {table.name}\n:name: table-{table.name}\n```"
    return f"{head}\n\n{table.description} A row is known by {key}.\n\n{_table(('Column', 'What it means and holds'), rows)}"


def _holds(table: Table, field: Field) -> str:
    """The type of a column, the values it may take and whether it may be empty, in words."""
    limits = field.constraints
    target = table.target(field)
    pattern = limits.get("pattern") or field.items_pattern
    said = [TYPES[field.type]]
    if target:
        name, column = target.split(".")
        said.append(f"{'each ' if field.type == 'list' else ''}one of the `{column}` in {name}")
    if field.enum:
        said.append("one of " + ", ".join(f"`{value}`" for value in field.enum))
    if pattern:
        said.append(f"of the form `{pattern}`")
    ends = [
        f"{word} {limits[name]}".replace("-", MINUS)
        for name, word in (("minimum", "from"), ("maximum", "to"))
        if name in limits
    ]
    said += [" ".join(ends)] if ends else []
    if "maxWords" in limits:
        said.append(f"at most {limits['maxWords']} words")
    if limits.get("unique"):
        said.append("no two alike")
    return ", ".join(said) + ("" if field.required else "; may be empty")


def _link(file: str) -> str:
    """A link to a file beside the pages; in print, where there is none, its name."""
    return f'<a href="{FOLDER}{file}" download>{file}</a>'  # as HTML: Sphinx looks for the file before it is made


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    """A Markdown table of two columns, which a phone still shows; a bar inside a cell stays one."""
    lines = [head, ("---", "---"), *((cell.replace("|", r"\|") for cell in row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
