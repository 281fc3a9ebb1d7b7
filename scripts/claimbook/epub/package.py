"""The files of an EPUB around its pages, and the file that holds them all.

The same pages at the same moment always give the same bytes.
"""

import re
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from sphinx.config import Config

from claimbook import house_style
from claimbook.digests import build_moment
from claimbook.export.archive import zip_member
from claimbook.settings import settings

ASSETS = Path(__file__).parent / "assets"
FOLDER = "EPUB"  # in the file, which has all but what says where this folder's package is
PACKAGE, NAVIGATION, SHEET = "package.opf", "nav.xhtml", "book.css"
COVER_PAGE, COVER_IMAGE = "cover.xhtml", "cover.png"
MIMETYPE = "application/epub+zip"
MEDIA_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
FEATURES = (
    "alternativeText",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)
ACCESSIBILITY = (
    "All text can be enlarged, recoloured and read aloud. Every figure has an alternative text "
    "that says what it shows. Headings, parts and figures can be reached from the contents, and "
    "notes lead back to where they are cited. Wide tables become lists on a narrow screen."
)
DECLARATION = re.compile(r"([\w-]+): ([^;{}]*)var\(--cb-([\w-]+)\)([^;{}]*);")
ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True)
class Page:
    """A page of the EPUB.

    Attributes:
        address: Its path in the folder of the EPUB.
        title: Its title.
        sections: The id and the title of each of its sections.
        figures: The id and the title of each of its numbered figures.
    """

    address: str
    title: str
    sections: list[tuple[str, str]] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class PartOfPages:
    """A part of the EPUB.

    Attributes:
        title: Its title; empty for none.
        pages: Its pages.
    """

    title: str
    pages: list[Page]


@dataclass(frozen=True)
class Item:
    """A file of the EPUB, as its package lists it.

    Attributes:
        id: Its id in the package.
        address: Its path in the folder of the EPUB.
        media_type: Its media type.
        properties: What a reader must be able to do with it, joined by spaces.
    """

    id: str
    address: str
    media_type: str
    properties: str


def render(template: str, **values: object) -> str:
    """Render a template of the EPUB with the values given."""
    return ENVIRONMENT.get_template(template).render(sheet=SHEET, **values)


def style_sheet() -> str:
    """Return the style sheet of the EPUB, with the colours of the house."""
    light, dark = house_style.colour_declarations()
    rules = DECLARATION.sub(_with_plain_colour, (ASSETS / SHEET).read_text("utf-8"))
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n{rules}"
    )


def _with_plain_colour(declaration: re.Match[str]) -> str:
    """Put a declaration with the light colour before one with a variable."""
    name, before, variable, after = declaration.groups()
    plain = f"{name}: {before}{house_style.colour(variable)}{after};"
    return f"{plain} {declaration[0]}"


def package_files(
    config: Config, parts: Sequence[PartOfPages], files: Mapping[str, bytes], cover_alt: str
) -> dict[str, bytes]:
    """Make the package, the contents and the cover page around the pages of an EPUB.

    Args:
        config: The settings of Sphinx.
        parts: The parts of the book, in their order.
        files: The pages, pictures and cover image, by their paths in the folder of the EPUB.
        cover_alt: The alternative text of the cover image.

    Returns:
        All files, by their paths in the folder of the EPUB.
    """
    facts, language = settings().report, config.epub_language
    pages = [page for part in parts for page in part.pages]
    made = {
        SHEET: style_sheet(),
        COVER_PAGE: render(
            COVER_PAGE, language=language, title=facts.name, image=COVER_IMAGE, alt=cover_alt
        ),
        NAVIGATION: render(
            NAVIGATION,
            language=language,
            parts=parts,
            figures=[
                (f"{page.address}#{name}", title) for page in pages for name, title in page.figures
            ],
            cover=COVER_PAGE,
            first=pages[0].address,
        ),
    }
    content = {**files, **{name: text.encode() for name, text in made.items()}}
    items = {
        name: _item(number, name, content[name]) for number, name in enumerate(sorted(content))
    }
    reading_order = [COVER_PAGE, NAVIGATION, *(page.address for page in pages)]
    has_formulas = any("mathml" in item.properties for item in items.values())
    package = render(
        PACKAGE,
        language=language,
        identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, facts.slug)}",
        title=facts.name,
        subtitle=facts.subtitle,
        authors=[name.strip() for name in facts.authors.split(";")],
        description=getattr(config, "typst_description", ""),
        rights=getattr(config, "typst_licence", "") or config.copyright,
        subjects=getattr(config, "typst_keywords", ()),
        address=facts.address,
        modified=build_moment().strftime("%Y-%m-%dT%H:%M:%SZ"),
        features=[*FEATURES, *(["MathML"] if has_formulas else [])],
        accessibility=ACCESSIBILITY,
        items=items.values(),
        spine=[items[name].id for name in reading_order],
    )
    return {**content, PACKAGE: package.encode()}


def _item(number: int, address: str, content: bytes) -> Item:
    """Describe a file for the package."""
    properties = []
    if address.endswith(".xhtml"):
        properties = [
            name for name, tag in (("mathml", b"<math"), ("svg", b"<svg")) if tag in content
        ]
    if address == NAVIGATION:
        properties.append("nav")
    if address == COVER_IMAGE:
        properties.append("cover-image")
    name = "cover-image" if address == COVER_IMAGE else f"file-{number}"
    return Item(name, address, MEDIA_TYPES[Path(address).suffix], " ".join(properties))


def write_epub(files: Mapping[str, bytes], file: Path) -> None:
    """Write an EPUB file.

    Args:
        files: All files of its folder, by their paths in it.
        file: The file to write.
    """
    container = render("container.xml", package=f"{FOLDER}/{PACKAGE}").encode()
    members = {"META-INF/container.xml": container}
    members |= {f"{FOLDER}/{name}": files[name] for name in sorted(files)}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zip_member("mimetype", zipfile.ZIP_STORED), MIMETYPE)  # first, and plain
        for name, content in members.items():
            archive.writestr(zip_member(name, zipfile.ZIP_DEFLATED), content)
