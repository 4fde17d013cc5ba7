"""Draws docs/images: an exchange on Telegram, the console, the page, a chart, and one picture of each kind, light and
dark; each from the program as it runs.

The exchange, the console and the page ask the sample report and the invented ones; they need Chromium (as `python -m
tests.transcripts draw` does), the page `make browser` as well. The chart wants reports of one place over several years:
a folder of them is given, and a question about them. The kinds ask a store that is there already (`--store`), with many
places and years in it.
"""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageChops

from bot import charts
from retrieval import Engine
from tests.support.program import run
from tests.transcripts.__main__ import photographed

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
LARGEST = 150_000
SAID = ("辽阳2023年粮食产量是多少", "蔬菜呢", "2024年GDP目标")
TYPED = ("辽阳2023年粮食产量是多少", "一般公共预算收入增长了多少")
BROWSED = ("辽阳2023年粮食产量是多少", "蔬菜呢")
_PAGE = {"width": 1240, "height": 760}
_EDGE = 16
_STYLE = """
@font-face { font-family: Noto; src: url("FONT"); }
body { margin: 0; padding: 14px 18px; width: 900px; background: #16181d; color: #d7dae0; box-sizing: border-box; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/1.5 "DejaVu Sans Mono", Noto, monospace; }
b { color: #7fd1b9; font-weight: normal; }
"""


def exchange(folder: Path) -> None:
    """What people see on Telegram."""
    script = folder / "exchange.txt"
    script.write_text("# an exchange\n\n" + "\n\n".join(f"问> {line}" for line in SAID) + "\n", encoding="utf-8")
    draw = [sys.executable, "-m", "tests.transcripts", "draw", str(script), "--out", str(folder)]
    subprocess.run(draw, check=True, cwd=ROOT, capture_output=True)  # noqa: S603  our own program
    _keep(folder / "exchange.png", "exchange.png")


def console(folder: Path) -> None:
    """What people see in a terminal."""
    told = run("console", home=folder, given="\n".join(TYPED).encode()).stdout.decode().strip()
    lines = (
        f"<b>{html.escape(line)}</b>" if line.startswith("问> ") else html.escape(line) for line in told.splitlines()
    )
    page = folder / "console.html"
    style = _STYLE.replace("FONT", FONT_PATH.as_uri())
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><style>{style}</style><pre><b>$ govreport console</b>\n'
        + "\n".join(lines)
        + "</pre>\n",
        encoding="utf-8",
    )
    _keep(photographed(page, 900, 1600), "console.png")


def page(folder: Path) -> None:
    """What people see in a browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only the page needs it

    from tests.support.web import Web  # noqa: PLC0415  as above

    home = folder / "page"
    home.mkdir()
    if run("demo", home=home).returncode:
        raise SystemExit("no invented reports")
    with Web(home) as web, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_page(viewport=_PAGE, color_scheme="light", locale="zh-CN")
        shown.goto(web.url)
        for number, text in enumerate(BROWSED, 1):
            shown.fill("#q", text)
            shown.press("#q", "Enter")
            shown.locator(f"#t{number}").wait_for()
        shown.locator("#t1 .source a").first.click()
        shown.locator("#beside mark").first.wait_for()
        shown.evaluate("scrollTo(0, 0)")
        shown.screenshot(path=folder / "web.png", animations="disabled")
        browser.close()
    _keep(folder / "web.png", "web.png", whole=True)


def chart(folder: Path, reports: Path, question: str) -> None:
    """What /chart and `govreport chart` draw."""
    for words in (["ingest", str(reports)], ["chart", question, "-o", str(folder / "chart.png")]):
        done = run(*words, home=folder)
        if done.returncode:
            raise SystemExit(done.stderr.decode())
    _keep(folder / "chart.png", "chart.png", whole=True)


# A picture of each kind, and what it shows.
KINDS = {
    "series": "无锡市2015年到2023年历年的GDP增速",
    "amount-and-growth": "宁波2018到2023年一般公共预算收入和增速逐年",
    "places": "江西、湖南、广西2018到2022年GDP增速逐年",
    "rank": "各省2022年GDP增速排名",
    "falls": "各市2020年GDP增速倒数十五名",
    "fulfilment": "哪些省2023年没完成GDP目标",
    "record": "重庆历年GDP目标完成情况",
    "bounds": "内蒙古2014年到2024年粮食产量逐年",
    "ranges": "全国历年GDP目标",
    "phrase": "“高质量发展”在所有报告里每年出现多少次",
}


def kinds(folder: Path, store: Path) -> None:
    """One picture of each kind in both themes."""
    engine = Engine.open(store)
    for name, question in KINDS.items():
        answer, _ = engine.ask(question)
        for theme in ("light", "dark"):
            made = charts.picture(answer, dark=theme == "dark")
            if made is None:
                raise SystemExit(f"no picture of {question}")
            drawn = folder / "kind.png"
            drawn.write_bytes(made)
            _keep(drawn, f"kind-{name}-{theme}.png", whole=True)
    engine.close()


def _keep(drawn: Path, name: str, *, whole: bool = False) -> None:
    """Without the empty ground below it unless it is kept `whole`, in few colours."""
    with Image.open(drawn) as opened:
        picture = opened.convert("RGB")
    ground = Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
    box = ImageChops.difference(picture, ground).getbbox() or (0, 0, *picture.size)
    low = min(picture.height, box[3] + _EDGE)
    if not whole:
        picture = picture.crop((0, 0, picture.width, low))
    FOLDER.mkdir(exist_ok=True)
    picture.quantize(64, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
    if (size := (FOLDER / name).stat().st_size) > LARGEST:
        raise SystemExit(f"{name} is large: {size} bytes")


def main() -> None:
    """All pictures; the chart only where reports for it are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, help="a folder of reports for the chart")
    parser.add_argument("--question", default="无锡市2015年到2023年历年的GDP增速")
    parser.add_argument("--store", type=Path, help="the folder of a store for a picture of each kind")
    parser.add_argument("--only", nargs="*", default=["exchange", "console", "page", "chart", "kinds"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "exchange" in given.only:
            exchange(folder)
        if "console" in given.only:
            console(folder)
        if "page" in given.only:
            page(folder)
        if given.store and "kinds" in given.only:
            kinds(folder, given.store)
        if given.reports and "chart" in given.only:
            chart(folder, given.reports, given.question)


if __name__ == "__main__":
    main()
