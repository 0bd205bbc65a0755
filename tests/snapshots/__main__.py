"""``python -m tests.snapshots``: draw every screen anew, and say which look different.

``--svg FOLDER`` writes pictures as well; names of scenes after it draw only those.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from tests.samples import Samples
from tests.snapshots import pages
from tests.snapshots.drawing import LANGUAGES, Stage, kept
from tests.snapshots.scenes import SCENES


async def redraw(names: list[str], svg: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            samples = Samples(Path(folder) / "samples")
            stage = Stage(Path(folder) / language, language, samples)
            for ending in pages.ENDINGS if not names or pages.NAME in names else ():
                _keep(pages.kept(language, ending), stage.page(ending))
            for scene in SCENES:
                if names and scene.name not in names:
                    continue
                for size, drawing in (await stage.play(scene)).items():
                    path = kept(scene.name, language, size)
                    _keep(path, drawing.text())
                    if svg is not None:
                        (svg / f"{scene.name}.{path.stem}.svg").write_text(
                            drawing.svg, encoding="utf-8"
                        )


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print("drawn anew:", f"{path.parent.name}/{path.name}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.snapshots", description=__doc__)
    parser.add_argument("--svg", type=Path, help="write a picture of each into this folder")
    parser.add_argument("scenes", nargs="*")
    args = parser.parse_args()
    if args.svg is not None:
        args.svg = args.svg.absolute()
        args.svg.mkdir(parents=True, exist_ok=True)
    os.chdir("/")  # the export dialog names the folder it would write to
    asyncio.run(redraw(args.scenes, args.svg))


if __name__ == "__main__":
    main()
