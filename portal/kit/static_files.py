"""Static files as they are served: hashed, compressed, and one stylesheet instead of two."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_LAYERED_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Puts a stylesheet's layered imports into the stylesheet itself, to save a request.

    The files in the repository stay apart; only the collected copy is joined.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Join imports in the collected copies, then hash and compress as usual."""
        if not dry_run:
            for name in [name for name in paths if name.endswith(".css")]:
                copy = Path(self.path(name))
                source = copy.read_text(encoding="utf-8")
                joined = _LAYERED_IMPORT.sub(lambda found: self._layer(name, found), source)
                if joined != source:
                    copy.write_text(joined, encoding="utf-8")
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _layer(self, name: str, found: re.Match[str]) -> str:
        target = PurePosixPath(name).parent / found["path"]
        parts: list[str] = []
        for part in target.parts:
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        content = Path(self.path("/".join(parts))).read_text(encoding="utf-8")
        content = content.removeprefix('@charset "UTF-8";')  # it may stand only at the start
        return f"@layer {found['layer']} {{\n{content}\n}}"
