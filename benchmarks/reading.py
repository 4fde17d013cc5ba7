"""Reading real reports: how fast, and how often place, year and day are right without the file's name.

Reads `../shared/corpus` beside the checkout. The baseline of the ratio is decoding the files and counting their lines,
the least that any reader does.
"""

from __future__ import annotations

import csv
import os
import re
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from retrieval import passages, reports
from retrieval.errors import UnreadableReport
from retrieval.text import view

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FRONT = re.compile(rb"\A---\s*\n.*?\n---\s*\n", re.DOTALL)
# Words of menus, footers and advertisements in the noisy files, none of which a report uses.
FURNITURE = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|阅读排行|标签云|内容摘要|评论[::]|责任编辑|当前位置|版权所有|免责声明|ICP备)|点击排行|阅读[::]\s*\d|"
    r"^(?:下|上)一页$|扫一扫|马克数据网|作者[::]中国县域"
)
Told = tuple[str, str, str, int, str, int]


def one(path: Path) -> Told:
    """(file, place, level, year, meeting, characters) of a file read without its name and front matter."""
    data = FRONT.sub(b"", path.read_bytes())
    report = reports.read(data, "报告.md")
    passages.outline(report)
    return (
        path.name,
        report.place.name,
        report.place.level.value,
        report.year,
        str(report.meeting or ""),
        len(report.text),
    )


def leaks(path: Path) -> list[str]:
    """Passages of a noisy file that are the page's words."""
    report = reports.read(path.read_bytes(), path.name)
    words = (view(report.text, p.span, report.masks).text for p in passages.outline(report).passages)
    return [found for found in words if FURNITURE.search(found)]


def _baseline(paths: list[Path]) -> float:
    began = time.perf_counter()
    for path in paths:
        path.read_bytes().decode().count("\n")
    return time.perf_counter() - began


def _tell(name: str, right: int, of: int) -> None:
    print(f"{name:<24}{right:>6} of {of}  {right / of:.4f}")


def main() -> int:
    """Print the figures; 1 where the corpus is not there."""
    if not CORPUS.is_dir():
        print("no corpus beside the checkout: nothing measured")
        return 0
    with (CORPUS / "dev.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    paths = [CORPUS / "dev" / row["file"] for row in rows]
    least = _baseline(paths)
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        told = list(pool.map(one, paths, chunksize=16))
    spent = time.perf_counter() - began
    characters = sum(item[5] for item in told)
    print(
        f"read, cleaned, outlined   {characters / 1e6:.1f} M characters in {spent:.1f} s, "
        f"{spent / least:.0f} x plain decoding"
    )
    levels = {"national": "country", "province": "province"}
    _tell("place", sum(t[1] == r["place"] for t, r in zip(told, rows, strict=True)), len(rows))
    _tell("year", sum(str(t[3]) == r["report_year"] for t, r in zip(told, rows, strict=True)), len(rows))
    municipal = {"北京市", "天津市", "上海市", "重庆市"}
    wanted = ["province" if r["place"] in municipal else levels.get(r["level"], "city") for r in rows]
    _tell("level", sum(t[2] == w for t, w in zip(told, wanted, strict=True)), len(rows))
    dated = list(_dated(paths))
    days = [(t[4], day) for t, day in zip(told, dated, strict=True) if day]
    _tell("day, where a title has it", sum(told_day == day for told_day, day in days), len(days))
    _tell(
        "day, where the text has it",
        sum(told_day == day for told_day, day in days if told_day),
        sum(bool(d) for d, _ in days),
    )
    for item, row in zip(told, rows, strict=True):
        if (item[1], str(item[3])) != (row["place"], row["report_year"]):
            print(f"  not as its name says: {item[0]} read as {item[1]} {item[3]}")
    _noisy()
    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"memory of the largest process: {used // 1024} MB")
    return 0


def _dated(paths: list[Path]) -> Iterator[str]:
    """The day that the title in a file's front matter states, which `one` does not see."""
    for path in paths:
        match = FRONT.match(path.read_bytes())
        found = re.search(r"title:.*?(\d{4})年(\d+)月(\d+)日", match[0].decode()) if match else None
        yield f"{int(found[1])}-{int(found[2]):02}-{int(found[3]):02}" if found else ""


def _noisy() -> None:
    paths = sorted((CORPUS / "noisy").glob("*.txt"))
    leaked = []
    for path in paths:
        try:
            leaked += [(path.name, words[:60]) for words in leaks(path)]
        except UnreadableReport as problem:
            print(f"  refused: {problem}")
    print(f"noisy: {len(paths)} files, {len(leaked)} passages of page furniture")
    for name, words in leaked:
        print(f"  {name}: {words}")


if __name__ == "__main__":
    sys.exit(main())
