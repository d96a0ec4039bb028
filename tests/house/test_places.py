"""Nothing in the house depends on the machine or the people that it was made on."""

import getpass
import re
from pathlib import Path

from tests.house import tree

TEXT = {
    ".py", ".in", ".txt", ".toml", ".yaml", ".yml", ".json", ".md", ".ts", ".mjs", ".scss", ".html", ".sh",
    ".ini", ".po", "",
}  # fmt: skip


def texts() -> list[Path]:
    return [path for path in tree.files() if path.suffix in TEXT]


def test_no_path_of_a_machine_is_written_down() -> None:
    own = re.compile(
        "|".join(
            [
                re.escape(str(tree.ROOT)) + r"\b",
                r"/(home|Users)/(?!runner\b)[a-z][\w.-]+/",
                r"/wo" r"rk/",
                r"/opt/(?:py" r"pi|whe" r"els)",
                rf"/{re.escape(getpass.getuser())}/\.",
            ]
        )
    )
    found = [
        f"{path}:{number}"
        for path in texts()
        for number, line in enumerate(tree.read(path).splitlines(), 1)
        if own.search(line)
    ]
    assert found == []


def test_only_the_configuration_reads_the_environment() -> None:
    readers = [
        str(path)
        for path in tree.below("app")
        if re.search(r"os\.environ|getenv\(", tree.read(path)) and path != Path("app/__init__.py")
    ]
    assert readers == []


def test_no_script_or_style_stands_inside_a_template() -> None:
    """The Content-Security-Policy would refuse it; scripts that only carry data are fine."""
    inline = re.compile(
        r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style\b|<script(?![^>]*\b(src|type=\"application/json\"))"
    )
    jinja = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
    found = [
        f"{path}: {match[0].strip()}"
        for path in tree.files()
        if path.suffix == ".html" and "mail" not in path.parts
        for match in inline.finditer(jinja.sub("", tree.read(path)))
    ]
    assert found == []
