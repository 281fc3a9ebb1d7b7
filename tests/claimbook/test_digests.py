"""What belongs to a project, and a copy of it."""

import pytest
from claimbook.digests import copy_project


def test_hidden_files_belong_to_a_project_but_hidden_and_made_folders_do_not(
    made_up_copy, tmp_path
):
    (made_up_copy / ".editorconfig").write_text("root = true", "utf-8")
    private = ("data/texts", "coding")
    for name in (".git", "_build", "__pycache__", "node_modules", "report.egg-info", *private):
        folder = made_up_copy / (name if name in private else f"chapters/{name}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "made.md").touch()
    copy = copy_project(tmp_path / "new" / "copy")
    assert (copy / ".editorconfig").is_file()
    assert (copy / "report.toml").is_file()
    assert list(copy.rglob("made.md")) == []


def test_a_project_is_not_copied_into_a_folder_that_exists(made_up_copy, tmp_path):
    folder = tmp_path / "copy"
    folder.mkdir()
    with pytest.raises(FileExistsError):
        copy_project(folder)
    assert list(folder.iterdir()) == []
