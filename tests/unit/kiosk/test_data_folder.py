"""Where things lie, and for whom."""

import os

import pytest

from kiosk.paths import ASSETS, DEFAULT_CONFIG, SOCKET_PATH_LIMIT, DataFolder

USERS_OWN = 0o700


def test_the_project_brings_its_assets_and_its_configuration():
    assert DEFAULT_CONFIG.is_file()
    assert (ASSETS / "i18n").is_dir()


def test_the_folders_are_made_for_this_user_only_and_stay(tmp_path):
    data = DataFolder(tmp_path / "deep" / "var")
    mask = os.umask(0)
    try:
        data.make()
    finally:
        os.umask(mask)
    folders = (data.root, data.database.parent, data.backups, data.slips, data.speech, data.logs)
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [USERS_OWN] * 6
    kept = data.slips / "slip.png"
    kept.touch()
    data.make()
    assert kept.exists()


def test_the_store_and_its_journal_lie_together(tmp_path):
    data = DataFolder(tmp_path)
    assert data.journal.parent == data.database.parent == tmp_path / "store"


def test_the_socket_lies_with_the_data_where_its_path_is_short(tmp_path):
    assert DataFolder(tmp_path).socket == tmp_path / "core.sock"


@pytest.mark.parametrize(
    ("user", "runtime", "folder"),
    [
        (0, "/tmp/ignored", "/run"),
        (1000, "/run/user/1000", "/run/user/1000"),
        (1000, None, "/run/user/1000"),
    ],
)
def test_a_long_path_moves_the_socket_to_the_users_runtime_folder(
    user, runtime, folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(os, "getuid", lambda: user)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    deep = tmp_path / ("đường-dẫn-rất-dài-" * 8)
    socket = DataFolder(deep).socket
    assert str(socket.parent) == folder
    assert len(os.fsencode(socket)) <= SOCKET_PATH_LIMIT
    assert socket == DataFolder(deep).socket != DataFolder(deep / "other").socket


def test_a_long_path_gives_the_same_socket_from_every_folder(tmp_path, monkeypatch):
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    monkeypatch.chdir(deep.parent)
    relative = DataFolder(deep.relative_to(tmp_path))
    assert DataFolder(deep).socket == relative.socket


def test_an_installed_kiosk_has_its_socket_and_logs_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("KIOSK_SOCKET", "/run/le-tan/core.sock")
    monkeypatch.setenv("KIOSK_LOGS", "/var/log/le-tan")
    data = DataFolder(tmp_path)
    assert str(data.socket) == "/run/le-tan/core.sock"
    assert str(data.logs) == "/var/log/le-tan"
