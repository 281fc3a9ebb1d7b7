"""The files for download and the data dictionary, both from `datapackage.json`."""

from pathlib import Path

from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Field, Table
from claimbook.display.markdown import MystBlock, markdown_table
from claimbook.export.archive import export_files
from claimbook.figures.slide import deck_path
from claimbook.paths import project
from claimbook.settings import settings

DOWNLOADS = "../data/"  # as seen from the page of a chapter
MINUS = "\N{MINUS SIGN}"
TYPES = {
    "string": "Text",
    "integer": "Whole number",
    "number": "Number",
    "date": "Day",
    "list": "List",
}


def file_table(corpus: Corpus) -> MystBlock:
    """Make a table of the files for download, with a description of each.

    A table of the corpus also has its number of rows.
    """
    files = []
    for table in schema.read_schema(project().datapackage).values():
        links = ", ".join(_download_link(file) for file in table.files)
        size = len(getattr(corpus, table.name))
        files.append((links, f"{table.description} *{size:,} rows.*"))
    package = "What the tables are and what each column may hold, for programs (Data Package)."
    files.append((_download_link(project().datapackage.name), package))
    files += [(_download_link(file), meaning) for file, meaning in export_files().items()]
    if settings().report.slides:
        deck = deck_path()
        link = f'<a href="../{deck}" download>{Path(deck).name}</a>'
        files.append((link, "The chief figures as slides of 16 by 9, to show to a class."))
    return MystBlock(
        markdown_table(
            [{"File": links, "What it holds": _escape_bars(text)} for links, text in files]
        )
    )


def data_dictionary(datapackage: Path | None = None) -> MystBlock:
    """Make the data dictionary: each table of the corpus with all its columns.

    Each table has a heading, its description, its primary key, and a table of the meaning and the
    allowed cells of its columns.

    Args:
        datapackage: The schema of the tables; by default that of the project.
    """
    tables = schema.read_schema(datapackage or project().datapackage)
    headings = {  # the names of rubrics may stand once in a page, so the plain form has none
        name: f"```{{rubric}} {name}\n:name: table-{name}\n```" for name in tables
    }
    return MystBlock(
        "\n\n".join(f"{headings[name]}\n\n{_describe_table(tables[name])}" for name in tables),
        plain="\n\n".join(f"**{name}**\n\n{_describe_table(tables[name])}" for name in tables),
    )


def _describe_table(table: Table) -> str:
    """Describe a table, its primary key and its columns in Markdown."""
    key = " and ".join(f"`{name}`" for name in table.key)
    rows = [
        {
            "Column": f"`{field.name}`",
            "What it means and holds": _escape_bars(
                f"{field.description} *{_describe_cells(table, field)}.*"
            ),
        }
        for field in table.fields
    ]
    introduction = f"{table.description} A row is known by {key}."
    return f"{introduction}\n\n{markdown_table(rows)}"


def _describe_cells(table: Table, field: Field) -> str:
    """Describe in Markdown which cells a column may have.

    Returns:
        The type, the column referred to, the allowed values or pattern, the bounds, the largest
        number of words, whether the cells must differ from each other, and whether a cell may be
        empty, as far as the schema has them.
    """
    constraints = field.constraints
    parts = [TYPES[field.type]]
    if referenced := table.referenced_column(field):
        name, column = referenced.split(".")
        each = "each " if field.type == "list" else ""
        parts.append(f"{each}one of the `{column}` in {name}")
    if field.enum:
        parts.append("one of " + ", ".join(f"`{value}`" for value in field.enum))
    if pattern := constraints.get("pattern") or field.items_pattern:
        parts.append(f"of the form `{pattern}`")
    bounds = [
        f"{preposition} {constraints[name]}".replace("-", MINUS)
        for name, preposition in (("minimum", "from"), ("maximum", "to"))
        if name in constraints
    ]
    if bounds:
        parts.append(" ".join(bounds))
    if field.max_words is not None:
        parts.append(f"at most {field.max_words} words")
    if constraints.get("unique"):
        parts.append("no two alike")
    return ", ".join(parts) + ("" if field.required else "; may be empty")


def _download_link(file: str) -> str:
    """Return an HTML link for the download of a data file.

    A Markdown link does not work here, because Sphinx would look for the file, which does not exist
    yet. In print only the file name appears.
    """
    return f'<a href="{DOWNLOADS}{file}" download>{file}</a>'


def _escape_bars(markdown: str) -> str:
    """Escape the vertical bars in the Markdown of a table's cell.

    A plain bar would begin the next cell.
    """
    return markdown.replace("|", r"\|")
