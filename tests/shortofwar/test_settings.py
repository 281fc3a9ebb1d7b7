"""The files that name the report for other programs say the same as `report.toml`."""

import json
import tomllib

import pytest
import yaml
from claimbook.paths import project
from claimbook.settings import settings


@pytest.fixture(scope="module")
def root():
    return project().root


def test_the_book_has_the_name_version_and_authors_of_the_report(root):
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    sphinx, report = config["sphinx"]["config"], settings().report
    assert (config["title"], config["author"]) == (report.name, report.authors)
    assert sphinx["version"] == sphinx["release"] == report.version
    assert sphinx["typst_subtitle"] == report.subtitle
    assert sphinx["typst_cite"] == (
        f"{report.authors} ({config['copyright']}): {report.name}. Version {report.version}."
    )


def test_the_citation_has_the_name_version_and_authors_of_the_report(root):
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    report = settings().report
    assert citation["title"] == f"{report.name}: {report.subtitle}"
    assert citation["version"] == report.version
    assert [author["name"] for author in citation["authors"]] == [report.authors]
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    assert str(citation["date-released"])[:4] == config["copyright"]
    preferred = citation["preferred-citation"]
    shared = ("title", "version", "authors")
    assert [preferred[key] for key in shared] == [citation[key] for key in shared]
    assert str(preferred["year"]) == config["copyright"]


def test_the_package_has_the_name_version_and_authors_of_the_report(root):
    package = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    report = settings().report
    assert package["name"] == report.package
    assert package["version"] == report.version
    assert [author["name"] for author in package["authors"]] == [report.authors]
    assert package["description"].startswith(f"{report.name}: ")


def test_every_series_of_the_sources_has_a_name_for_readers(whole_corpus):
    assert set(settings().series) == set(whole_corpus.sources["series"]) - {""}


def test_the_deposit_has_the_name_version_day_and_authors_of_the_report(root):
    deposit = json.loads((root / ".zenodo.json").read_text("utf-8"))
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    report = settings().report
    assert deposit["title"] == f"{report.name}: {report.subtitle}"
    assert [creator["name"] for creator in deposit["creators"]] == [report.authors]
    assert deposit["version"] == report.version
    assert deposit["publication_date"] == str(report.released)
    assert deposit["license"] == citation["license"]
    assert deposit["keywords"] == citation["keywords"]


def test_the_release_has_its_day_everywhere_and_is_the_latest_of_the_changelog(root):
    citation = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    report = settings().report
    assert str(citation["date-released"]) == str(report.released)
    lines = (root / "CHANGELOG.md").read_text("utf-8").splitlines()
    latest = next(line for line in lines if line.startswith("## "))
    assert latest == f"## {report.version}, {report.released}"
