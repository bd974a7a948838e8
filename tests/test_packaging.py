from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
RULES = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "rules").rglob("*") if path.is_file()}
ARTICLE = CHECKOUT / "seeds" / "000_2471d2883fc674fe.txt"


def build(source: Path, target: Path, *options: str) -> None:
    """Build with the installed hatchling, so that nothing is fetched."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        *options,
        "--outdir",
        str(target),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built straight from the checkout."""
    target = tmp_path_factory.mktemp("wheel")
    build(CHECKOUT, target, "--wheel")
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution, with the wheel that was built from it beside it."""
    target = tmp_path_factory.mktemp("sdist")
    build(CHECKOUT, target)
    return next(target.glob("*.tar.gz"))


def rules_in_wheel(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        names = [name.removeprefix("newslint/") for name in archive.namelist()]
    return {name for name in names if name.startswith("rules/")}


def environment(folder: Path, what: str, *options: str) -> Path:
    """A virtual environment with newslint installed from ``what``; gives its Python.

    It borrows this one's packages, but not the editable newslint among them, which stands in a .pth file.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    scheme = {"base": str(folder), "platbase": str(folder)}
    borrowed = Path(sysconfig.get_path("purelib", "venv", scheme)) / "borrowed.pth"
    borrowed.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = folder / "bin" / "python"
    install = [*options, "install", "--quiet", "--no-deps", "--no-build-isolation", "--ignore-installed"]
    subprocess.run([python, "-m", "pip", *install, *what.split()], check=True)
    return python


def diagnostics(python: Path, folder: Path) -> list[object]:
    """What the newslint of this Python reports in the seed article, run from an unrelated folder."""
    command = [python.parent / "newslint", "check", "--no-cache", "--output-format", "json", ARTICLE]
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert run.returncode == 1, run.stderr
    return list(json.loads(run.stdout)["diagnostics"])


def test_wheel_ships_every_rule_file(wheel: Path) -> None:
    assert rules_in_wheel(wheel) == RULES


def test_wheel_ships_the_package_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        assert "newslint/py.typed" in archive.namelist()
    assert {top for top in tops if not top.endswith(".dist-info")} == {"newslint"}


def test_sdist_ships_what_a_packager_tests_with(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {name for name in names if name.startswith("rules/")} == RULES
    assert {"pyproject.toml", "LICENSE", f"seeds/{ARTICLE.name}", f"tests/{Path(__file__).name}"} <= names


def test_wheel_from_sdist_ships_every_rule_file(sdist: Path) -> None:
    assert rules_in_wheel(next(sdist.parent.glob("*.whl"))) == RULES


def test_every_way_to_install_finds_the_same_rules(wheel: Path, tmp_path: Path) -> None:
    from_wheel = environment(tmp_path / "wheel", str(wheel))
    editable = environment(tmp_path / "editable", f"--editable {CHECKOUT}")

    found = diagnostics(from_wheel, tmp_path)

    assert found
    assert found == diagnostics(editable, tmp_path)
