"""Where a page's own text ends and the report begins, and where it ends: the rest is masked, never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.model import Span
from retrieval.text import Line

__all__ = ["body"]

_SALUTATION = re.compile(
    r"^(?:主席团、?|大会主席、?)?(?:各位代表|代表们|同志们|诸位代表|各位人民代表)(?:[、,]?(?:各位委员|同志们))*\s*(?:[::!,]|$)"
)
_TITLE = re.compile(r"政\s*府\s*工\s*作\s*(?:的\s*)?报\s*告|工作报告$|^关于.{2,40}报告$")
_GIVEN = re.compile(r"人民代表大会|月\s*\d+\s*日|[二一][〇○零九].{0,3}年.{1,3}月")
# Lines a page sets between its own heading and the report, none of them the report's.
_PAGE = re.compile(
    r"时间[::]|作者[::]|来源[::]|阅读[::]?|评论[::]?|浏览|点击|字号|字体|打印|分享|发布日期|发布时间|索引号|"
    r"内容摘要|当前位置|首页|责任编辑|信息来源|收藏|\?{3,}"
)
# What ends a report on a page. A line that begins so is the page's, and so is all that follows it, unless a long
# part of the report does.
_TRAILER = re.compile(
    r"^(?:(?:上一页|下一页|首页|末页|尾页|\d{1,2}|\s)++$|本文仅代表|免责声明|版权(?:所有|声明)|本文地址|本站(?:声明|所有)|转载(?:请|须)?注明|凡注明|凡本网|上一[篇条][::]?|下一[篇条][::]?|"
    r"相关(?:阅读|新闻|链接|推荐|文章|信息)|推荐阅读|延伸阅读|热门(?:文章|阅读|推荐)|阅读排行|最新文章|标签云?[::]?|"
    r"留言与评论|发表评论|网友评论|验证码|网站地图|网站首页|分享(?:到|至)|扫一扫|打印本页|关闭窗口|【?打印】?|【?关闭】?|"
    r"\[?责任编辑|编辑[::]|\(?责编|附件下载|我要纠错|主办单位|承办单位|备案号|[\u4e00-\u9fff]{0,2}ICP备|技术支持|点击排行|"
    r"赞助商链接|猜你喜欢|你可能也喜欢|微信扫|关注我们|联系我们|关于我们|回到顶部|返回顶部|本文来自|文章来源)"
)
# A short line that is nothing but the page's, wherever it stands.
_FURNITURE = re.compile(
    r"^[【\[(]?\s*(?:字体|字号)\s*[::].{0,16}$|^分享(?:到|至)?\s*[::].{0,20}$|^第\s*\d{1,3}\s*页\s*[,/]?\s*共\s*\d{1,3}\s*页$|"
    r"^(?:信息|文章|稿件)?来源\s*[::].{2,24}$|^【?(?:打印|关闭|收藏)[^。]{0,8}】?$"
)
_CONTENTS = re.compile(r"^目\s*[录錄]$")
_ENTRY = re.compile(r"^\S.{1,58}?(?:\t|\s{2}|[.·…]{2})[\s.·…]*[-—(（]?\s*\d{1,3}\s*[-—)）]?$")
# A table of contents stands within so many lines.
_DEEP = 40
_HEAD_LINES = 10
# Where no salutation shows where a report begins, so many lines may be the page's; shorter ones after them are scraps.
_TOP = 12
_SCRAP = 4
# A salutation further down than this is not the opening one.
_OPENING = 0.25
# Of a text that goes on this long after a trailer line, only that line is the page's.
_MUCH = 600
_BRIEF = 30


def body(found: Sequence[Line], length: int) -> tuple[int, int]:
    """Indices of the first line of the report (its title) and of the first line after it."""
    start = _start(found, length)
    for number in range(max(start + 2, 0), len(found)):
        if _TRAILER.match(found[number].text) and _little_left(found[number:]):
            return start, number
    return start, len(found)


def _start(found: Sequence[Line], length: int) -> int:
    for number, line in enumerate(found):
        if line.span.start > max(3000, length * _OPENING):
            break
        if _SALUTATION.match(line.text) and len(line.text) < 400:
            return _title(found, number) if _heading(found[:number]) else 0
    # A report without salutation: the page's own lines at its top end with the last of them.
    top = [number for number, line in enumerate(found[:_TOP]) if _PAGE.search(line.text) and len(line.text) < 80]
    start = top[-1] + 1 if top else 0
    while top and start < len(found) and (found[start].text.isdigit() or len(found[start].text) < _SCRAP):
        start += 1
    return start if start < len(found) else 0


def _heading(before: Sequence[Line]) -> bool:
    """Whether lines may stand before the report: where paragraphs of it do, the salutation is one inside it."""
    return sum(len(line.text) for line in before if len(line.text) > 80 and not _PAGE.search(line.text)) < _MUCH


def _title(found: Sequence[Line], salutation: int) -> int:
    """Up from the salutation over speaker, meeting and title."""
    first = salutation
    for number in range(salutation - 1, max(-1, salutation - _HEAD_LINES), -1):
        text = found[number].text
        if _PAGE.search(text) or len(text) > 90:
            break
        first = number
        if _TITLE.search(text) and not _GIVEN.search(text):
            break
    return first


def _little_left(rest: Sequence[Line]) -> bool:
    """Whether what follows a trailer line is no more of the report: no long run of long lines."""
    return sum(len(line.text) for line in rest[1:] if len(line.text) > 80 and not _page_words(line)) < _MUCH


def _alone(line: Line) -> bool:
    """A line that would end the page, were there no more of the report behind it."""
    return len(line.text) < _BRIEF and bool(_TRAILER.match(line.text))


def _page_words(line: Line) -> bool:
    return bool(re.search(r"本站|侵权|转载|版权|网友|注册|登录", line.text))


def _contents(found: Sequence[Line]) -> list[Span]:
    """A table of contents: its heading, and the lines behind it that end in the number of a page."""
    at = next((n for n, line in enumerate(found[:_DEEP]) if _CONTENTS.match(line.text)), None)
    if at is None:
        return []
    end = at + 1
    while end < len(found) and _ENTRY.match(found[end].text):
        end += 1
    return [line.span for line in found[at:end]] if end > at + 1 else []


def outside(found: Sequence[Line], start: int, end: int, length: int) -> list[Span]:
    """Spans before and after the report, and lines of the page inside it."""
    spans = [line.span for line in found[start:end] if _FURNITURE.match(line.text) or _alone(line)]
    spans += _contents(found[start:end])
    if start < len(found) and found[start].span.start > 0:
        spans.append(Span(0, found[start].span.start))
    if end < len(found):
        spans.append(Span(found[end].span.start, length))
    return spans
