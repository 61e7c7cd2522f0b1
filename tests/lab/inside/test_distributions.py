"""What an installed distribution needs, by what it says itself."""

from pathlib import Path

import pytest

from scripts.lab.inside.distributions import needed, size


def distribution(folder: Path, name: str, *requirements: str, files: dict[str, int] | None = None) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    for path, length in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"x" * length)
    lines = [f"Requires-Dist: {one}" for one in requirements]
    (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *lines, ""]))
    (info / "RECORD").write_text("".join(f"{path},,\n" for path in files or {}))


def test_requirements_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distribution(
        tmp_path,
        "lab_root",
        "lab-direct>=1",
        'lab-old; python_version < "3"',
        'lab-new; python_version >= "3.9" and sys_platform != "lab"',
        'lab-extra; extra == "more"',
        "lab-with[more]>=2",
    )
    distribution(tmp_path, "lab_direct", "Lab_Indirect", "lab-root")
    distribution(tmp_path, "lab_with", 'lab-of-extra; extra == "more"', 'lab-of-other; extra == "other"')
    monkeypatch.syspath_prepend(str(tmp_path))
    assert needed("lab-root") == {"lab-direct", "lab-indirect", "lab-new", "lab-with", "lab-of-extra"}


def test_size_is_that_of_the_files_without_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distribution(tmp_path, "lab_sized", files={"lab/a.py": 10, "lab/b.so": 5, "lab/__pycache__/a.pyc": 100})
    monkeypatch.syspath_prepend(str(tmp_path))
    assert size("lab-sized") == 15
