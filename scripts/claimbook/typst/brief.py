"""The brief: the report on two pages, in the words, judgements and figures of the book."""

import json
from collections.abc import Iterator, Mapping
from itertools import dropwhile, takewhile
from pathlib import Path

import pandas as pd
import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import new_document

from claimbook.display.judgement_tables import NO_CONFIDENCE
from claimbook.language.dates import format_day
from claimbook.paths import BRIEF, SETTINGS, project
from claimbook.settings import Brief, settings
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.likelihood_role import make_bar
from claimbook.sphinxext.nodes import chart, claim_ref
from claimbook.typst.base import BaseTranslator, PdfBuilder
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
    typst_call,
)
from claimbook.typst.translator import TypstTranslator
from claimbook.typst.volumes import OTHER, Volume

NAME, SUBJECT = "Brief", "The report on two pages."
PAGES = 2
PARTS = (  # what stands on each page, as a fault names it
    "its answer, its judgements and what to watch",
    "its figures, its method and where the rest is",
)
Printed = nodes.paragraph | nodes.bullet_list | nodes.enumerated_list  # of a section
IN_REPORT = "Every sentence here is in the report (", "), which cites the claims that it rests on. "
IN_EVIDENCE = "Each claim, and the way to the words of its source, is in the evidence (", ")."


class BriefTranslator(TypstTranslator):
    """A translator of sections without what leads out of them.

    There are no markers of claims, notes, numbers of paragraphs, links or anchors.
    """

    def __init__(self, builder: PdfBuilder) -> None:
        """Begin with an empty document, to which no link leads.

        Args:
            builder: The builder to which faults are reported.
        """
        document = new_document("")
        document["docname"] = ""
        super().__init__(document, builder)

    def take_label(self, node: nodes.Node) -> None:
        """Return no label."""

    def visit_paragraph(self, node: nodes.Element) -> None:
        self.add(f"\n\n{self.render_children(node)}\n\n")

    def visit_paragraph_number(self, node: nodes.Element) -> None:
        """Render nothing."""

    def visit_claim_ref(self, node: claim_ref) -> None:
        self._strip_trailing_space()

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        self._strip_trailing_space()

    def visit_reference(self, node: nodes.reference) -> None:
        """Render the words of a link, those of a chapter's title in italics."""
        body = self.render_children(node)
        titles = self.builder.env.titles.values()
        if any(node.astext() == title.astext() for title in titles):
            body = markup_call("emph", content_block(body))
        self.add(body)


class BriefWriter:
    """The writer of the brief, which takes its content from the assembled book.

    Attributes:
        volume: The brief, as a volume beside those of the book.
        faults: What of it the book does not have, a line each.
    """

    def __init__(self, chosen: Brief, book: nodes.document, whole: BaseTranslator) -> None:
        """Write the markup of the brief.

        Args:
            chosen: What it shows.
            book: The book as one document.
            whole: The translator of the whole book.
        """
        self.volume = Volume(NAME, project().pdf_name(BRIEF))
        self.faults: list[str] = []
        self._builder, self._whole = whole.builder, whole
        self._files = {file["docname"]: file for file in book.findall(addnodes.start_of_file)}
        self._translator = BriefTranslator(whole.builder)
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
        self.faults.append(f"{SETTINGS}: brief.{key}: '{address}' is no {noun} of the book")
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
            self.faults.append(f"{SETTINGS}: brief.{key}: '{address}' has no paragraph of its own")
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
            self.faults.append(f"{SETTINGS}: brief.figures: '{address}' has no picture for it")
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

    @property
    def _report(self) -> Volume:
        return self._builder.volumes[0]

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

    def source(self, metadata: Mapping[str, str | None]) -> str:
        """Return the Typst source of the brief.

        Args:
            metadata: The arguments that the layouts of all volumes have.
        """
        config, title = self._builder.config, self._builder.title
        head = typst_call(
            "brief.with",
            **metadata,
            heading=string_literal(title),
            subtitle=optional_content(config.typst_subtitle),
            as_of=text_content(f"as of {format_day(settings().as_of)}"),
            foot=text_content(f"{title}, version {config.release}"),
        )
        imports = (f'#import "{name}.typ": *' for name in ("template", "brief"))
        parts = (*imports, f"#show: {head}", self._report.as_other(), self.volume.markup)
        return "\n".join(parts)


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


def page_fault(compiler: typst.Compiler) -> str:
    """Check that each part of the brief fits its page.

    Args:
        compiler: The compiler of the brief.

    Returns:
        A fault; empty where all fits.
    """
    first, last = json.loads(compiler.query("<brief-ends>", field="value"))
    if last == PAGES:
        return ""
    long = [part for part, pages in zip(PARTS, (first, last - first), strict=True) if pages > 1]
    return (
        f"{SETTINGS}: brief: it takes {last} pages and may take {PAGES}: "
        f"{' and '.join(long)} need more than one page"
    )
