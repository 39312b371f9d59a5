"""Static files as they are served: hashed, compressed, and one stylesheet instead of two."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_LAYERED_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Puts a stylesheet's layered imports into the stylesheet itself, to save a request.

    The files in the repository stay apart; only the collected copy is joined.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Join imports in the collected copies, then hash and compress as usual."""
        if not dry_run:
            for name in [name for name in paths if name.endswith(".css")]:
                if self._join_imports(name):
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _join_imports(self, name: str) -> bool:
        """Rewrite the collected copy of a stylesheet; return whether it imported anything."""
        copy = Path(self.path(name))
        source = copy.read_text(encoding="utf-8")
        joined = _LAYERED_IMPORT.sub(partial(self._as_layer, copy.parent), source)
        copy.write_text(joined, encoding="utf-8")
        return joined != source

    def _as_layer(self, folder: Path, found: re.Match[str]) -> str:
        content = (folder / found["path"]).read_text(encoding="utf-8")
        content = content.removeprefix('@charset "UTF-8";')  # it may stand only at the start
        return f"@layer {found['layer']} {{\n{content}\n}}"
