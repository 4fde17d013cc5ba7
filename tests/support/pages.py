"""Web pages around an invented report, in the shapes government sites set theirs in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

__all__ = ["FURNITURE", "REPORT", "SHAPES"]

# An invented county's report.
REPORT = (
    "政府工作报告",
    "——2024年1月16日在青禾县第十七届人民代表大会第四次会议上",
    "青禾县人民政府县长 林远",
    "各位代表：",
    "现在，我代表县人民政府向大会报告工作，请予审议，并请县政协委员和列席会议的同志提出意见。",
    "一、2023年工作回顾",
    "过去一年，全县上下团结一心、克难奋进，经济运行稳中向好。全县地区生产总值完成182.6亿元，增长6.1%；一般公共预算收入12.4亿元，增长8.3%。",
    "（一）产业发展提质增效。粮食总产量31.5万吨，新增规模以上工业企业14家，工业用电量增长9.2%。",
    "（二）民生福祉持续改善。城镇新增就业4200人，新建改建幼儿园6所，居民人均可支配收入增长6.8%。",
    "二、2024年重点工作",
    "今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长7%。",
    "各位代表，让我们更加紧密地团结起来，踔厉奋发、勇毅前行，为建设美好青禾而努力奋斗！",
)
# Words of the page that are none of the report's.
FURNITURE = (
    "设为首页",
    "县长信箱",
    "当前位置：首页 > 政务公开 > 政府工作报告",
    "主办单位：青禾县人民政府办公室",
    "技术支持：青禾县大数据中心，服务热线请拨打办公电话",
    "热门文章：我县召开全县经济工作会议，部署全年任务",
)


def _menu() -> str:
    items = "".join(
        f'<li><a href="/{n}.html">{word}</a></li>'
        for n, word in enumerate(("设为首页", "县长信箱", "政务公开", "办事服务"))
    )
    return f"<div class='nav'><ul>{items}</ul></div><div class='bread'>{escape(FURNITURE[2])}</div>"


def _footer() -> str:
    return f"<div class='foot'><p>{FURNITURE[3]}</p><p>{FURNITURE[4]}</p><p>备案号：X备00000000号</p></div>"


def _side() -> str:
    return f"<div class='side'><h3>热门文章</h3><ul><li><a href='/h.html'>{FURNITURE[5]}</a></li></ul></div>"


def _page(body: str) -> str:
    head = "<meta charset='utf-8'><title>2024年政府工作报告_青禾县人民政府</title><script>a='点击。'</script>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def _paragraphs(lines: Sequence[str]) -> str:
    return _page(
        _menu() + "<div id='zoom'>" + "".join(f"<p>　　{escape(line)}</p>" for line in lines) + "</div>" + _footer()
    )


def _breaks(lines: Sequence[str]) -> str:
    inner = "<br>\n<br/>\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + escape(line).replace("“", "&ldquo;") for line in lines)
    return _page(_menu() + f"<div class='wrap'><div class='article'>{inner}</div>{_side()}</div>" + _footer())


def _tables(lines: Sequence[str]) -> str:
    rows = "".join(f"<div>{escape(line)}</div>" for line in lines)
    cell = f"<table><tr><td class='bt'>{escape(lines[0])}</td></tr><tr><td>{rows}</td></tr></table>"
    return _page(f"<table><tr><td>{_menu()}</td></tr><tr><td>{cell}</td></tr><tr><td>{_footer()}</td></tr></table>")


def _spans(lines: Sequence[str]) -> str:
    inner = "".join(
        f"<p align='left'><span id='a'>{escape(line[:7])}</span><span>\n{escape(line[7:])}\n</span></p>"
        for line in lines
    )
    return _page(_menu() + f"<div><div><div><section>{inner}</section></div></div></div>" + _side() + _footer())


def _unclosed(lines: Sequence[str]) -> str:
    return _page(
        _menu() + "<div class=TRS_Editor>" + "".join(f"<p>{escape(line)}" for line in lines) + "</div>" + _footer()
    )


def _entities(lines: Sequence[str]) -> str:
    coded = ["".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in line) for line in lines]
    share = "<div>分享到：<a href='#'>微信</a><a href='#'>微博</a></div>"
    return _page(_menu() + f"<article>{''.join(f'<p>{line}</p>' for line in coded)}</article>{share}" + _footer())


SHAPES: dict[str, Callable[[Sequence[str]], str]] = {
    "paragraphs": _paragraphs,
    "breaks": _breaks,
    "tables": _tables,
    "spans": _spans,
    "unclosed": _unclosed,
    "entities": _entities,
}
