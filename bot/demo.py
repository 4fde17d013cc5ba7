"""`govreport demo`: twelve invented reports to try every command on, put in and taken out again."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from bot.home import open_engine
from retrieval.errors import GovreportError
from retrieval.reports import INVENTED

__all__ = ["put_in", "take_out"]

_NEXT = """已载入 {count} 份虚构的示例报告：{places}，{first}—{last}年。
省市、人物和数字都不是真的，用到它们的回答会注明。

接着可以试：
  govreport ask 澜山省2023年GDP目标完成了吗
  govreport trend 临澜市 GDP增速
  govreport console

不再需要时：govreport demo --remove"""


def put_in(data: Path | None) -> str:
    """Put the examples into the store; what to say. Raises StoreError and BadSettings."""
    engine = open_engine(data, make=True)
    with as_file(files("bot").joinpath("example")) as folder:
        engine.ingest([folder])
    rows = [row for row in engine.reports() if INVENTED in row.warnings]
    engine.close()
    years = [row.year for row in rows]
    places = "、".join(dict.fromkeys(row.place for row in rows))
    return _NEXT.format(count=len(rows), places=places, first=min(years), last=max(years))


def take_out(data: Path | None) -> str:
    """Take every invented report out of the store; what to say. Raises GovreportError where there is none."""
    engine = open_engine(data)
    ids = [row.id for row in engine.reports() if INVENTED in row.warnings]
    if not ids:
        raise GovreportError("资料库里没有虚构的示例报告")
    for report_id in ids:
        engine.remove(report_id)
    engine.close()
    return f"已移除 {len(ids)} 份虚构的示例报告。"
