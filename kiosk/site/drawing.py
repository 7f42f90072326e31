"""Pages from templates and texts. Templates decide nothing but where things stand."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType
from litestar.response import Response
from markupsafe import Markup

from kiosk.errors import OurFault
from kiosk.texts import Texts
from kiosk.words import Language

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
}


class Shelf:
    """The files that pages bring along, in memory; each has an address that changes with it."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = {name: path.read_bytes() for name, path in files.items()}
        self._types = {name: _TYPES[path.suffix] for name, path in files.items()}
        self._stamps = {
            name: hashlib.sha256(data).hexdigest()[:12] for name, data in self._files.items()
        }

    def address(self, name: str) -> str:
        """Where a page finds the file."""
        return f"/static/{name}?v={self._stamps[name]}"

    def take(self, name: str) -> tuple[bytes, str, str] | None:
        """Its bytes, type and stamp."""
        if name not in self._files:
            return None
        return self._files[name], self._types[name], self._stamps[name]


def shelf_of(assets: Path, folders: Iterable[Path]) -> Shelf:
    """Styles and scripts of these folders, the house's fonts, the chime."""
    files = {path.name: path for folder in folders for path in folder.iterdir()}
    files |= {path.name: path for path in (assets / "fonts").glob("*.ttf")}
    files["chime.wav"] = assets / "sounds" / "chime.wav"
    return Shelf(files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What things are called here: the four names of config.toml [site], services and priority
    classes by their codes, in Vietnamese."""

    site: Mapping[str, str]
    services: Mapping[str, str]
    priorities: Mapping[str, str]

    def service(self, code: str) -> str:
        """A service's name; its code where it is no longer offered."""
        return self.services.get(code, code)

    def priority(self, code: str) -> str:
        """A priority class's name."""
        return self.priorities.get(code, code)


class Wordbook(Protocol):
    """Texts by id, in two languages: a kiosk.texts.Texts, or several as one."""

    def has(self, key: str) -> bool:
        """Whether there is such a text."""

    def get(self, key: str, language: str = "vi", **values: object) -> str:
        """The text with its places filled."""


class PageDrawing:
    """Draws pages from templates, texts and files. `assets` is the project's folder."""

    def __init__(
        self, texts: Wordbook, assets: Path, templates: Sequence[Path], shelf: Shelf
    ) -> None:
        self._texts = texts
        self._icons = assets / "icons"
        self.shelf = shelf
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["icon"] = functools.cache(self._icon)
        self._environment.globals["static"] = shelf.address
        self._environment.globals["has_text"] = texts.has
        self._environment.globals["english"] = functools.partial(texts.get, language="en")
        self._environment.filters["clock"] = clock
        self._environment.filters["day"] = day

    def text(self, key: str, language: Language = "vi", **values: object) -> str:
        """A text of the books."""
        return self._texts.get(key, language, **values)

    def text_or(self, key: str, other: str) -> str:
        """A text of the books; where they have no such key, the text `other`."""
        return self.text(key if self._texts.has(key) else other)

    def page(
        self, name: str, language: Language = "vi", *, status: int = 200, **values: object
    ) -> Response[str]:
        """A page, or a part of one, as an answer."""
        wording: Callable[..., str] = functools.partial(self._wording, language)
        body = self._environment.get_template(f"{name}.html").render(
            t=wording, language=language, **values
        )
        return Response(body, media_type=MediaType.HTML, status_code=status)

    def _wording(self, language: Language, key: str, **values: object) -> str:
        return self._texts.get(key, language, **values)

    def _icon(self, name: str) -> Markup:
        path = self._icons / f"{name}.svg"
        if not path.is_file():
            raise OurFault(f"no icon {name!r}")
        drawing = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        return Markup(drawing.replace("<svg", '<svg aria-hidden="true"', 1))  # noqa: S704 - ours


class Drawing(PageDrawing):
    """The pages of a kiosk's site, with the texts of the book "site"."""

    def __init__(self, texts: Texts, assets: Path, names: Names) -> None:
        super().__init__(texts, assets, [TEMPLATES], shelf_of(assets, [STATIC]))
        self.names = names
        self._environment.globals["service"] = names.service
        self._environment.globals["priority"] = names.priority

    def page(
        self, name: str, language: Language = "vi", *, status: int = 200, **values: object
    ) -> Response[str]:
        """A page, or a part of one, with the names of the site."""
        named = {
            "site_name": self.names.site[f"site_{language}"],
            "centre_name": self.names.site[f"centre_{language}"],
        }
        return super().page(name, language, status=status, **(named | values))


def clock(moment: str) -> str:
    """ "08:05" of an ISO moment; "" of none."""
    return datetime.fromisoformat(moment).strftime("%H:%M") if moment else ""


def day(moment: str) -> str:
    """ "23/11/2026" of an ISO moment or day."""
    return datetime.fromisoformat(moment).strftime("%d/%m/%Y") if moment else ""
