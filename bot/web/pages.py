"""Pages from templates, and the files that belong to them. Templates escape all they are given but what is HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from tornado.template import DictLoader

from bot.tongue import line

__all__ = ["ASSETS", "ENGLISH", "Asset", "said", "shown"]

ENGLISH = "web/english.tsv"
_TAGS = {"zh": "zh-Hans", "trad": "zh-Hant", "en": "en"}
_NAMES = ("base.html", "talk.html", "turn.html", "report.html", "reports.html", "problem.html")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the pages: its type, its content, and a mark that changes with it."""

    kind: str
    content: bytes
    mark: str


def _asset(name: str, kind: str) -> Asset:
    content = files("bot.web").joinpath("assets", name).read_bytes()
    return Asset(kind, content, sha256(content).hexdigest()[:12])


ASSETS = {
    "page.css": _asset("page.css", "text/css; charset=utf-8"),
    "page.js": _asset("page.js", "text/javascript; charset=utf-8"),
    "icon.svg": _asset("icon.svg", "image/svg+xml"),
}


def said(lang: str) -> Callable[[str], str]:
    """The page's own lines in a language: zh, en or trad."""
    return lambda text: line(text, lang, ENGLISH)


def shown(name: str, lang: str, **given: Any) -> str:  # noqa: ANN401  what the template names
    """A template filled in."""
    marks = {key: one.mark for key, one in ASSETS.items()}
    page: bytes = _loader().load(name).generate(say=said(lang), tag=_TAGS.get(lang, lang), marks=marks, **given)
    return page.decode()


@cache
def _loader() -> DictLoader:
    folder = files("bot.web").joinpath("templates")
    return DictLoader({name: folder.joinpath(name).read_text(encoding="utf-8") for name in _NAMES})
