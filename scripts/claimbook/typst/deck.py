"""The deck: the slides of chosen figures as a PDF of 16 by 9, behind a slide with the title."""

import shutil
import tempfile
from pathlib import Path

import matplotlib as mpl
import typst
from sphinx.application import Sphinx

from claimbook.figures.figure import LICENCE
from claimbook.figures.slide import deck_path
from claimbook.settings import settings
from claimbook.sphinxext.nodes import chart
from claimbook.typst.text import string_literal

FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")
HEAD = """#set document(title: {name}, author: {authors})
#set page(width: 960pt, height: 540pt, margin: 0pt)
#set text(font: "DejaVu Sans", lang: "en", size: 24pt)
#page(margin: 60pt, align(horizon)[
  #heading(level: 1, text(size: 54pt, {name}))
  #v(12pt)
  #text({subtitle})
  #v(48pt)
  #text(size: 16pt, {foot})
])
"""


def write_deck(app: Sphinx, exception: Exception | None) -> None:
    """Write the deck beside the pages, if the report's settings name figures for it.

    A figure that no page shows, or that has no slide, is left out. Nothing is written after a
    failed build.
    """
    if exception is not None or app.builder.format != "html" or not settings().report.slides:
        return
    slides = [(file, alt) for name in settings().report.slides for file, alt in _slide(app, name)]
    target = Path(app.outdir) / deck_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compile_deck(slides))


def compile_deck(slides: list[tuple[Path, str]]) -> bytes:
    """Set slides as a PDF that readers of screens can use.

    Args:
        slides: The SVG file of each slide, with its alternative text.

    Returns:
        The PDF.

    Raises:
        typst.TypstError: Typst refuses a slide.
    """
    facts = settings().report
    source = HEAD.format(
        name=string_literal(facts.name),
        authors=string_literal(facts.authors),
        subtitle=string_literal(facts.subtitle),
        foot=string_literal(f"{facts.authors}, version {facts.version}, {LICENCE}"),
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for font in FONTS:
            shutil.copy(Path(mpl.get_data_path(), "fonts", "ttf", font), folder / font)
        for number, (file, alt) in enumerate(slides):
            shutil.copy(file, folder / f"{number}.svg")
            source += f'#page(image("{number}.svg", width: 100%, alt: {string_literal(alt)}))\n'
        (folder / "deck.typ").write_text(source, "utf-8")
        pdf: bytes = typst.compile(
            str(folder / "deck.typ"),
            root=name,
            font_paths=[name],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    return pdf


def _slide(app: Sphinx, name: str) -> list[tuple[Path, str]]:
    """Find the slide of a figure in the built pages, and its alternative text."""
    files = sorted(Path(app.outdir, "_downloads").glob(f"*/{name}-slide.svg"))
    labels = app.env.domaindata["std"]["anonlabels"]
    if not files or name not in labels:
        return []
    page, _ = labels[name]
    for figure in app.env.get_doctree(page).findall(chart):
        if Path(figure["uri"]).stem == name:
            return [(files[0], str(figure["alt"]))]
    return []
