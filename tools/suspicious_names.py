"""Figures whose names look wrong, by kind: what to look at before a rule of `retrieval/figures` is changed.

    .venv/bin/python tools/suspicious_names.py REPORTS [--kind KIND] [--show N] [--seed N]

Without --kind the kinds with how many figures of how many reports have such a name; with it the names of that kind, the
commonest first, each with the words around one of its figures. REPORTS is a folder of reports.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from retrieval import figures, passages, reports
from retrieval.errors import UnreadableReport
from retrieval.model import Measure

_AROUND = 30  # characters of the text shown on each side of a figure
_LONGEST = 25
_KINDS: Mapping[str, re.Pattern[str]] = {
    "none": re.compile(r"^$"),
    "one character": re.compile(r"^.$"),
    "long": re.compile(rf"^.{{{_LONGEST + 1},}}$"),
    "bracket": re.compile(r"^[)\]》”’]|[(\[《“‘]$|\(下同\)"),
    "stretch": re.compile(r"^[两二三四五六七八\d]年(?!级|制|期)|^近[一-鿿\d]年"),
    "particle first": re.compile(
        r"^(?:的|了|和(?!美|睦|谐|龙|县|田)|与(?!会)|及(?!格|时)|以及|或|而|并(?!网|购|联|轨)|也|又|还(?!建|田|款|迁|贷)|则|"
        r"其(?!他|余)|等(?!级)|以(?!工代赈)|使(?!用|领)|于(?!都|洪|田)|被(?![^的]*的)(?!征)|把|将(?!乐|军)|但|均|都(?!市|江|匀)|从(?!业)|由|"
        r"向(?!上)|对(?!外|口|俄|台|接|韩|日|美|非|欧|东盟)|给(?!排水)|让|比(?!例|重|亚迪|特)|较)"
    ),
    "verb last": re.compile(
        r"(?:实现|达到|突破|保持|比较|由|为(?<!行为)(?<!作为)|在(?<!内在)(?<!存在)|至|将|被(?<!植被)|向(?<!意向)(?<!方向)(?<!取向)|与(?<!参与)|"
        r"和(?<!总和)(?<!共和)|以及|连续|首次|再|首(?<!榜首)|第|列(?<![系序队班前行出系])|位列|跃居|位居|排名第|(?<![于出快低平])全[省市国县区]|"
        r"仍|已|又|还|也|仅|稳居|高达|跻身|(?<!占)(?<!三)(?<!结构)(?<!收入)(?<!产业)(?<!经)(?<!贷)(?<!供养)(?<!师)(?<!生)(?<!床)(?<!投入)(?<!之)(?<!产值)(?<!工业)(?<!存)(?<!出)(?<!进)比)$"
    ),
    "predicate": re.compile(
        r"(?:明显|显著|大幅|稳步|持续|不断|进一步|全面|快速|较快|平稳)(?:增长|提高|提升|改善|增强|推进|扩大|发展|加快|下降|优化)|取得[一-鿿]*(?:成效|进展|突破)"
    ),
    "no noun": re.compile(
        r"^(?:稳步|全面|加快|顺利|基本|全部|正在|正式|陆续|如期)+"
        r"(?:推进|完成|建成|落实|实施|开工|建设|竣工|投产|投用|实现|启动)$"
    ),
    "several": re.compile(r"[,。;:!?]"),
    "address": re.compile(r"各位代表|同志们"),
}  # fmt: skip


def kind_of(name: str) -> Iterator[str]:
    """The kinds of suspicion a name raises."""
    return (kind for kind, pattern in _KINDS.items() if pattern.search(name))


def _named(path: Path) -> list[tuple[str, str]]:
    """The names of a report's figures, each with the words around the figure."""
    try:
        report = reports.read(path.read_bytes(), path.name)
    except UnreadableReport:
        return []
    found = figures.extract_report(report, passages.outline(report))
    out = []
    for figure in (figure for own in found for figure in own):
        if figure.measure is Measure.THRESHOLD:
            continue  # it only says which things are meant
        start, end = figure.span.start, figure.span.end
        before, after = report.text[max(0, start - _AROUND) : start], report.text[end : end + _AROUND]
        around = f"{path.stem}: {before}【{figure.surface}】{after}".replace("\n", " ")
        out.append((figure.indicator, around))
    return out


def main() -> None:
    """Print the kinds, or the names of one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--kind", choices=list(_KINDS))
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    files = sorted(path for path in options.reports.iterdir() if path.is_file())
    told: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _KINDS}
    within: Counter[str] = Counter()
    total = 0
    with ProcessPoolExecutor() as pool:
        for named in pool.map(_named, files, chunksize=8):
            total += len(named)
            seen = set()
            for name, around in named:
                for kind in kind_of(name):
                    told[kind].append((name, around))
                    seen.add(kind)
            within.update(seen)
    if options.kind is None:
        print(f"{total} figures of {len(files)} reports")
        for kind, rows in sorted(told.items(), key=lambda item: -len(item[1])):
            print(f"{kind}: {len(rows)} figures ({len(rows) / max(1, total):.2%}) of {within[kind]} reports")
        return
    rows = told[options.kind]
    random.Random(options.seed).shuffle(rows)  # noqa: S311  a sample, no secret
    counts = Counter(name for name, _ in rows)
    examples = dict(rows)
    for name, count in counts.most_common(options.show):
        print(f"{count}\t{name}\t{examples[name]}")


if __name__ == "__main__":
    main()
