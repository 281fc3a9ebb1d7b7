"""The brief: the report on two pages, in the words, judgements and figures of the book."""

import json
from collections.abc import Iterator
from itertools import dropwhile, takewhile
from pathlib import Path

import pandas as pd
import typst
from docutils import nodes
from sphinx import addnodes

from claimbook.display.judgement_tables import NO_CONFIDENCE
from claimbook.language.dates import format_day
from claimbook.leaflet_settings import Brief
from claimbook.paths import BRIEF, SETTINGS
from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.likelihood_role import make_bar
from claimbook.sphinxext.nodes import chart
from claimbook.typst.base import BaseTranslator
from claimbook.typst.leaflet import Leaflet, LeafletTranslator
from claimbook.typst.text import (
    array_literal,
    block_call,
    content_block,
    escape,
    markup_call,
    optional_content,
    string_literal,
    text_content,
    typographic,
)
from claimbook.typst.volumes import OTHER, Volume

PAGES = 2
PARTS = (  # what stands on each page, as a fault names it
    "its answer, its judgements and what to watch",
    "its figures, its method and where the rest is",
)
Printed = nodes.paragraph | nodes.bullet_list | nodes.enumerated_list  # of a section
IN_REPORT = "Every sentence here is in the report (", "), which cites the claims that it rests on. "
IN_EVIDENCE = "Each claim, and the way to the words of its source, is in the evidence (", ")."


class BriefWriter(Leaflet):
    """The writer of the brief, which takes its content from the assembled book."""

    layout, name, subject = BRIEF, "Brief", "The report on two pages."

    def __init__(self, chosen: Brief, book: nodes.document, whole: BaseTranslator) -> None:
        """Write the markup of the brief.

        Args:
            chosen: What it shows.
            book: The book as one document.
            whole: The translator of the whole book.
        """
        super().__init__(whole.builder, BRIEF)
        self._whole = whole
        self._files = {file["docname"]: file for file in book.findall(addnodes.start_of_file)}
        self._translator = LeafletTranslator(whole.builder)
        self.volume.markup = "".join(self._parts(chosen))

    def _parts(self, chosen: Brief) -> Iterator[str]:
        """Yield the parts of the brief in order, as markup."""
        yield self._section("answer", chosen.answer, lead="true")
        rows, note = array_literal(self._judgements()), text_content(_explain_institution())
        yield block_call("brief-judgements", OTHER, rows, note)
        for address in chosen.watch:
            yield self._section("watch", address)
        yield block_call("end-of-part")
        yield block_call("pagebreak")
        for address in chosen.figures:
            yield self._figure(address)
        for address in chosen.method:
            yield self._section("method", address)
        yield block_call("brief-facts", *self._facts())
        yield block_call("end-of-part")

    # ------------------------------------------------------------------ from the pages

    def _find(self, key: str, address: str, kind: type[nodes.Element]) -> nodes.Element | None:
        """Find a section or figure of the book by its address.

        Args:
            key: The key of the settings that has the address.
            address: The name of a page, `#` and the id of the section or figure.
            kind: The class of its node.

        Returns:
            The node; None, and a fault, where the book has none.
        """
        docname, _, name = address.partition("#")
        if docname in self._files:
            for node in self._files[docname].findall(kind):
                if name in node["ids"]:
                    return node
        noun = "figure" if kind is nodes.figure else "section"
        self._fault(key, address, f"is no {noun} of the book")
        return None

    def _section(self, key: str, address: str, lead: str | None = None) -> str:
        """Render a section of the book: its heading, and its first paragraphs and lists.

        What follows a figure, table, box or inner section is left out. The result is empty, with a
        fault, where the book has no such section.
        """
        section = self._find(key, address, nodes.section)
        if section is None:
            return ""
        from_first = dropwhile(lambda child: not isinstance(child, Printed), section.children)
        printed = list(takewhile(lambda child: isinstance(child, Printed), from_first))
        if not printed:
            self._fault(key, address, "has no paragraph of its own")
        title = self._translator.render(section.next_node(nodes.title).children)
        body = self._translator.render(printed)
        return block_call("brief-section", content_block(title), content_block(body), lead=lead)

    def _figure(self, address: str) -> str:
        """Render a figure of the book.

        The result is empty, with a fault, where the book has no such figure.
        """
        figure = self._find("figures", address, nodes.figure)
        if figure is None:
            return ""
        docname, _, name = address.partition("#")
        image, path = figure.next_node(chart), None
        if image is not None and "brief" in image:
            path = self._builder.copy_image(
                self._builder.env.relfn2path(image["brief"], docname)[0]
            )
        if image is None or path is None:
            self._fault("figures", address, "has no picture for it")
            return ""
        finding = figure.next_node(nodes.caption).next_node(nodes.strong).astext()
        return block_call(
            "brief-figure",
            OTHER,
            string_literal(path),
            text_content(f"{finding}."),
            text_content(image["brief_subtitle"]),
            self._in_report(docname, name),
            alt=string_literal(typographic(image["alt"])),
        )

    # ------------------------------------------------------------------ from the tables

    def _judgements(self) -> Iterator[str]:
        """Yield each leading judgement as the arguments of a row."""
        judgements = cached_corpus().judgements.sort_values("number", kind="stable")
        for _, judgement in judgements[judgements["number"].notna()].iterrows():
            confidence = judgement["confidence"]
            yield array_literal(
                [
                    text_content(str(judgement["number"])),
                    text_content(f"{judgement['title']}."),
                    text_content(f"{judgement['why']}."),
                    content_block(self._translator.render([make_bar(judgement["likelihood"])])),
                    text_content(str(confidence) if pd.notna(confidence) else NO_CONFIDENCE),
                    self._of_chapter(str(judgement["chapter"])),
                ]
            )

    def _of_chapter(self, chapter: str) -> str:
        """Write the label of a chapter, by its file name without suffix; see `_in_report`."""
        docnames = (docname for docname in self._whole.volume_of if Path(docname).name == chapter)
        return self._in_report(next(docnames, ""), "")

    def _in_report(self, docname: str, name: str) -> str:
        """Write a label, and have the report print its page.

        Returns:
            The label as Typst code; `none` for what is not in the report.
        """
        if self._whole.volume_of.get(docname) is not self._report:
            return "none"
        label = self._whole.labels[docname, name]
        self._report.referred[label] = None
        return string_literal(label)

    def _facts(self) -> Iterator[str]:
        """Yield what is known of the brief itself: a name and content for each fact."""
        config, address = self._builder.config, settings().report.address
        report, *others = self._builder.volumes
        told = _naming(report, *IN_REPORT)
        told += "".join(_naming(evidence, *IN_EVIDENCE) for evidence in others)
        facts = {
            "Evidence": content_block(told),
            "How to cite": text_content(config.typst_cite),
            "Licence": text_content(config.typst_licence),
            "Address": markup_call("outer-link", string_literal(address), text_content(address)),
        }
        if not address:
            del facts["Address"]
        for name, content in facts.items():
            if content != "[]":
                yield array_literal([text_content(name), content])

    def _head(self) -> dict[str, str | None]:
        config = self._builder.config
        return {
            "heading": string_literal(self._builder.title),
            "subtitle": optional_content(config.typst_subtitle),
            "as_of": text_content(f"as of {format_day(settings().as_of)}"),
        }

    def page_fault(self, compiler: typst.Compiler) -> str:
        """Check that each part of the brief fits its page.

        Args:
            compiler: The compiler of the brief.

        Returns:
            A fault; empty where all fits.
        """
        first, last = json.loads(compiler.query("<brief-ends>", field="value"))
        if last == PAGES:
            return ""
        taken = zip(PARTS, (first, last - first), strict=True)
        long = [part for part, pages in taken if pages > 1]
        return (
            f"{SETTINGS}: brief: it takes {last} pages and may take {PAGES}: "
            f"{' and '.join(long)} need more than one page"
        )


def _explain_institution() -> str:
    """Write the full name of the institution that judgements name by its short name.

    The result is empty where the settings name none, or no short name for it.
    """
    roles = settings().roles
    if not roles.institution or not roles.institution_short:
        return ""
    name = cached_corpus().actors.at[roles.institution, "name"]
    return f"{roles.institution_short}: {name}."


def _naming(volume: Volume, before: str, after: str) -> str:
    """Write a sentence that names the file of a volume, as a link to it."""
    address, name = string_literal(f"./{volume.pdf_name}"), text_content(volume.pdf_name)
    return escape(before) + markup_call("outer-link", address, name) + escape(after)
