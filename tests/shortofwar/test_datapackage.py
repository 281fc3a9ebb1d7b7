"""The corpus is a valid Data Package to any program that reads Data Packages."""

from claimbook.corpus.model import load
from claimbook.paths import project
from frictionless import validate


def test_the_data_package_is_valid_to_another_program():
    corpus = load()
    report = validate(project().datapackage.name, basepath=str(project().data))
    assert report.flatten(["message"]) == []
    rows = {task.name: task.stats.get("rows") for task in report.tasks}
    assert rows["claims"] == len(corpus.claims)
    assert rows["passes"] == len(corpus.passes)
