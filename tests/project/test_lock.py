"""pyproject.toml, uv.lock and constraints.txt say the same. No network: what is compared are the files."""

from __future__ import annotations

import re
import tomllib
from typing import Any
from urllib.parse import urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8").splitlines()

LOCKED = {package["name"]: package["version"] for package in LOCK["package"] if package["name"] != "filmtui"}
(OURS,) = (package for package in LOCK["package"] if package["name"] == "filmtui")


def named(entries: list[dict[str, Any]]) -> set[str]:
    """The requirements of a list in uv.lock, as pyproject.toml would write them."""
    return {
        str(canonical(entry["name"] + entry.get("specifier", ""))) for entry in entries if entry["name"] != "filmtui"
    }


def canonical(text: str) -> Requirement:
    requirement = Requirement(text)
    requirement.name = canonicalize_name(requirement.name)
    return requirement


def ours(texts: list[str]) -> list[Requirement]:
    """What these ask for; filmtui's own extras are what they stand for."""
    found = []
    for text in texts:
        requirement = canonical(text)
        if requirement.name == "filmtui":
            for extra in requirement.extras:
                found += ours(PROJECT["project"]["optional-dependencies"][extra]) if extra != "test" else []
        else:
            found.append(requirement)
    return found


REQUIRED = ours([
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["test"],
    *PROJECT["dependency-groups"]["dev"],
])  # fmt: skip


def test_the_lock_is_of_this_project() -> None:
    """As `uv lock --check` would see it: each requirement with its bounds, none more."""
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    told = [entry for entry in OURS["metadata"]["requires-dist"] if "marker" not in entry]
    extra = [entry for entry in OURS["metadata"]["requires-dist"] if entry.get("marker") == "extra == 'test'"]
    assert named(told) == {str(requirement) for requirement in ours(project["dependencies"])}
    assert named(extra) == {str(requirement) for requirement in ours(project["optional-dependencies"]["test"])}
    assert named(OURS["metadata"]["requires-dev"]["dev"]) == {str(requirement) for requirement in ours(groups["dev"])}
    assert LOCK["requires-python"] == project["requires-python"]


def test_what_is_locked_is_within_the_bounds() -> None:
    for requirement in REQUIRED:
        assert requirement.specifier.contains(Version(LOCKED[requirement.name])), requirement


def test_the_constraints_are_what_is_locked() -> None:
    assert {line.partition(" ;")[0] for line in CONSTRAINTS} == {
        f"{name}=={version}" for name, version in LOCKED.items()
    }
    assert {requirement.name for requirement in REQUIRED} <= {line.partition("==")[0] for line in CONSTRAINTS}


def test_pip_of_python_3_11_reads_the_constraints() -> None:
    """No hashes, addresses, extras or options: a name, a version and at most a marker."""
    for line in CONSTRAINTS:
        requirement = Requirement(line)
        marker = f" ; {requirement.marker}" if requirement.marker else ""
        assert line.replace("'", '"') == f"{requirement.name}{requirement.specifier}{marker}"
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), line


def test_the_lock_alone_names_an_index_and_one_only() -> None:
    """What a mirror or a folder of this or that machine writes into it would be of no use to others."""
    (index,) = {package["source"]["registry"] for package in LOCK["package"] if package["name"] != "filmtui"}
    addresses = [urlsplit(index)]
    for package in LOCK["package"]:
        addresses += [urlsplit(file["url"]) for file in [*package.get("wheels", []), package.get("sdist")] if file]
    assert {address.scheme for address in addresses} == {"https"}
    hosts = {address.hostname or "" for address in addresses}
    assert len(hosts) == 2  # the index, and where it keeps the files
    for name in ("pyproject.toml", "constraints.txt", "justfile", "README.md", "README.id.md", "CONTRIBUTING.md",
                 ".ci/run", ".pre-commit-config.yaml", "docs/release.py", "docs/architecture.md"):  # fmt: skip
        assert not [host for host in hosts if host in (ROOT / name).read_text("utf-8")], name
