"""Linked data of schema.org on the report, its chapters and its corpus."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from sphinx.application import Sphinx

from claimbook.corpus import schema
from claimbook.export.archive import export_files
from claimbook.export.ro_crate import MEDIA_TYPES
from claimbook.paths import project
from claimbook.settings import settings

CONTEXT = "https://schema.org"


def report_jsonld(app: Sphinx, description: str) -> dict[str, Any]:
    """Describe the book as a Report of schema.org (https://schema.org/Report).

    Args:
        app: The application, with the book's settings.
        description: The description of the book.

    Returns:
        The linked data, ready for JSON.
    """
    package = _data_package()
    dataset = {"@type": "Dataset", "name": package["title"]}
    if page := app.config.claimbook_data_page:
        dataset["url"] = urljoin(app.config.html_baseurl, f"{page}.html")
    return {
        "@context": CONTEXT,
        "@type": "Report",
        "name": app.config.html_title or app.config.project,
        "headline": app.config.typst_subtitle,
        "abstract": description,
        "author": _contributors(package),
        "version": app.config.version,
        **_released(),
        "copyrightYear": int(app.config.copyright),
        "inLanguage": app.config.language,
        "license": package["licenses"][0]["path"],
        "keywords": app.config.typst_keywords,
        "isAccessibleForFree": True,
        "isBasedOn": dataset,
    }


def chapter_jsonld(app: Sphinx, title: str, description: str) -> dict[str, Any]:
    """Describe a page as a Chapter of the report (https://schema.org/Chapter).

    Args:
        app: The application, with the book's settings.
        title: The title of the page.
        description: Its description; empty for none.

    Returns:
        The linked data, ready for JSON.
    """
    package = _data_package()
    report = {"@type": "Report", "name": app.config.html_title or app.config.project}
    if address := app.config.html_baseurl:
        report["url"] = address
    return {
        "@context": CONTEXT,
        "@type": "Chapter",
        "name": title,
        **({"abstract": description} if description else {}),
        "isPartOf": report,
        "author": _contributors(package),
        **_released(),
        "inLanguage": app.config.language,
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
    }


def dataset_jsonld(app: Sphinx) -> dict[str, Any]:
    """Describe the corpus as a Dataset of schema.org (https://schema.org/Dataset).

    Returns:
        The linked data, ready for JSON, with all files in which the corpus is published.
    """
    package = _data_package()
    base = app.config.html_baseurl
    to_root = "../" * app.config.claimbook_data_page.count("/")
    folder = urljoin(base, "data/") if base else f"{to_root}data/"
    tables = {
        file: table.description
        for table in schema.read_schema(project().datapackage).values()
        for file in table.files
    }
    geography = settings().geography
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "license": package["licenses"][0]["path"],
        "creator": _contributors(package),
        "inLanguage": app.config.language,
        "isAccessibleForFree": True,
        "temporalCoverage": _years(),
        **({"spatialCoverage": geography.home} if geography else {}),
        "keywords": app.config.typst_keywords,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file,
                "description": description,
                "contentUrl": folder + file,
                "encodingFormat": MEDIA_TYPES[Path(file).suffix],
            }
            for file, description in (export_files() | tables).items()
        ],
    }


def _released() -> dict[str, str]:
    """Return the day of the release as a property, if the settings have it."""
    day = settings().report.released
    return {"datePublished": day.isoformat()} if day else {}


def _years() -> str:
    """Return the year or years of the report's period, as `2031` or `2031/2032`.

    This is the form of ISO 8601.
    """
    first, last = settings().period.start.year, settings().period.end.year
    return f"{first}" if first == last else f"{first}/{last}"


def _data_package() -> dict[str, Any]:
    return _read_package(project().datapackage)


@cache
def _read_package(file: Path) -> dict[str, Any]:
    """Read a Data Package, once for all pages."""
    package: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return package


def _contributors(package: dict[str, Any]) -> dict[str, str]:
    return {
        "@type": "Organization",
        "name": ", ".join(person["title"] for person in package["contributors"]),
    }
