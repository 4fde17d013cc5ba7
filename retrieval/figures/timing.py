"""When a figure holds: the stretch a section or sentence speaks of, and a figure's period in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.figures.cues import deed
from retrieval.figures.named import Named
from retrieval.lexicon import plans
from retrieval.model import Measure, SectionKind

__all__ = ["Event", "Frame", "Told", "begins", "events", "flows", "happened", "means", "of_section", "period"]

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SPELT = "〇一二三四五六七八九"
_TERM = 5  # years
_TITLE = 60  # characters of a title
# Last digits, of five, of the years whose reports look back on all since the first session of a congress.
_AFTER_SESSIONS = frozenset({2, 3})
_YEAR = r"(?:19|20)\d\d"
_PLAN = (
    r"[“\"]?(?<![一二三四五六七八九〇零])"
    r"(?P<{0}>十[一二三四五六七](?=五)|十(?=五(?:[”\"]|期间|时期|计划|规划|末))|[七八九](?=五))五[”\"]?+"
)
# 近五年最高水平: how long nothing was like it, and no stretch a figure is told of.
_RECORD = r"来?的?(?:首|最|新高|新低|少有|罕见|第一|同期|平均)"
_TIME = re.compile(
    # What any of these begins with: most characters are passed over at once.
    r"(?=[\d“\"比较与同由从到至过走刚近这五本任届今未下接新去上全当年来明一二两三四六七八九十])(?:"
    # 从2016年到2020年,…: no change from the one year to the other, but all of them.
    rf"(?:从(?={_YEAR}\s?年?\s?[至到]\s?{_YEAR}\s?年\s?(?:[,间的]|期间)))?"
    rf"(?P<first>{_YEAR})\s?年?\s?(?:-|—{{1,2}}|–|至|到|~)\s?(?P<last>{_YEAR})\s?年"
    rf"|(?P<since>{_YEAR})\s?年以来"
    rf"|(?:比|较|与|同)\s?(?P<base>{_YEAR})\s?年"
    rf"|(?:比|较|与){_PLAN.format('baseplan')}(?P<baseend>末|期末)?"
    rf"|(?P<origin>由|从)?(?P<to>到|至)?\s?(?<!下达)(?P<year>{_YEAR})\s?年(?!代|度|\s?\d{{1,2}}\s?月份?(?:\d{{1,2}}日)?以来)"
    rf"|(?P<originplan>由|从)?(?P<toplan>到)?{_PLAN.format('plan')}(?P<planend>末|期末)?(?!规划|计划|纲要|收官|的?开局|开好|的?良好|实现良好|起步|启动|胜利|促进|建议|第|以来的?最|目标(?!\s?[是为:])|蓝图|首|定|圆满|顺利|[省市县]|国家|重点项目|奠|之)"
    rf"|(?P<term>(?:过去|走过|刚刚过去)的?[五5]年|[五5]年来(?!的?(?:首|最|新高|新低|少有|罕见|第一))|这[五5]年|五年间|(?<![比较与])近[五5]年(?!{_RECORD})|五年(?<=的五年)(?<!来的五年)(?<!后的五年)(?=\s?[。,;:])|(?<!今后)(?<!未来)(?<!前)(?<!后)(?<!第)(?<![十\d])[五5]年(?=累计|共|年均|平均(?!水平|值|数|增速)|来|新[增建设]|净增|完成|内共|总(?!和)|实际|建成|解决|投入|增长|增加|减少|下降|降低|减贫|脱贫|提高|翻)|本届(?:市|省|区|县|州)?政府(?!的?(?:最后|第|首|开局|收官|届满))|任期以来|届(?P<session>人大|人民代表大会)第?一次会议以来)"
    r"|(?:过去|近|这)?(?P<back>[二两三四六七八九十]|\d)年(?:来|以来|累计|间共|共|多来)(?!,?没|的?(?:首|最|新高|新低|少有|罕见|未有|第一|同期))"
    rf"|(?<![比较与])(?:过去|近|这)(?P<past>[二两三四六七八]|\d)年(?!级|制|{_RECORD})"
    r"|(?P<ahead>(?:今后|未来|下一个?|接下来的?)五年|新一届政府(?![^,。;:]{0,6}(?:第一|首|开局)))"
    r"|(?:今后|未来)(?P<coming>[二两三四]|\d)年(?!级)"
    r"|(?<![比较与同于])(?P<spelt>(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2})年"
    r"|(?P<origin2>由|从)?(?<![比较与同于象像如])(?P<lastyear>去年|上年|上一年|过去的?[一1]年|一年来|这一年)"
    r"|(?P<whole>全年|当年)"
    r"|(?P<thisyear>今年|本年(?!度)|(?<![一二三四五六七八九十两\d])年内|新的一年|来年|明年))"
)
# 创2013年以来新高; 2018年以来首次超过全省: how long nothing was like it, and no stretch a figure is told of.
_UNLIKE = re.compile(
    r"[^。;]{0,12}(?:首次|第一次|最[好高低大快多小严强佳优]|之最|新高|新低|罕见|少有|少见|未有|未见|历史)"
)
_UNLIKE_SINCE = ("创", "创下", "创出", "是", "为", "达到", "成为", "首次自", "创造")
_MARK = re.compile(r"[年五届任]")
_STOPPED = re.compile(r"[,。;:]")
_SALUTED = re.compile(r"^(?:各位代表|同志们)[,!:\s]*|^[—\s]+")
_TOPIC = re.compile(
    r"\s?(?:[,是]|我们|全[市省县区州国]|我[市省县区州]|[^,。]{0,12}(?:目标|工作|任务|要求|安排)[^,。]{0,6}(?:是|为|:)|[^,。]{0,4}(?:是|将|要))"
)
# ——这是社会事业全面进步的五年。
_WAS = re.compile(r"^(?:过去五年,?)?这?是[^。;:]{2,60}的$")
_LOOKING = re.compile(r"回顾|回首|回望|展望|刚刚|即将|^[一二三四五六七八九十]是|开启")
_FOLLOWING = re.compile(r"根据|按照|围绕|综合|在$")
# 细颗粒物年均浓度下降5%: a mean within the year.
YEARLY_MEAN = re.compile(r"(?<![一二三四五六七八九十前\d])年均(?!值|浓度|PM|细颗粒)|每年")
# Compared with last year, whatever the stretch.
_YEARLY = re.compile(r"(?:同比|比(?:上|去)年|较(?:上|去)年|比上年同期)[^,。;]{0,8}$")
# Totals of a year, which a review of several tells of the last: 社会消费品零售总额实现1203亿元.
_ANNUAL = re.compile(
    r"(?:总值|增加值|产值|零售总?额|进出口(?:贸易)?总?额|出口总?[额值]|吞吐量|产量|总产|利润|(?:销售|营业|业务|预算|财政总?|纯|可支配|旅游|综合|总)收入)$"
)
_STOCK = re.compile(
    r"月均|月人均|运营里程|通车里程|率|比重|占比|比例|人均|排名|强度|浓度|指数|水平|总量|存量|余额|拥有量|保有量|总数|总里程|每[万千百]人"
    r"|(?<!建设)(?<!治理)(?<!造林)(?<!绿化)(?<!改造)(?<!整治)(?<!修复)(?<!还林)(?<!还草)(?<!播)(?<!复垦)(?<!增)面积$"
)
_FLOW = re.compile(
    r"^(?:累计(?!通车里程)|共|新(?!型|能源|兴|材料|农合|一代)|净增|建成(?!区)|改造|完成|实施|投入|引进|争取|培训|解决|开工|签约|转移|安置|办理|发放|拆除|整治|治理|修复|清|关|淘汰|创建|招|选|救|资|帮|减|化|查|破|组织|举办|开展)"
    r"|就业|搬迁|脱贫|累计(?!通车里程)|新增|新建|投资$|落实$"
)


# 拥有5A级景区的县: how things stand, where other words behind a number tell what happened (被命名为…的县, 脱贫的人口).
_STANDS = re.compile(
    r"(?:已|均|全部|都)*(?:达到?|具备|拥有|位[于居列]|居|属|[高优低多少]于|符合|超|保持|处于|覆盖|享有|存在|是|占|通(?!过)|有(?!了)|没有|无)"
)
# 9.4万人搬迁进城: the same where nothing but the predicate stands behind the number.
_BEFELL = re.compile(
    r"(?:全部|如期|顺利|成功|稳定|实现)?[“\"]?(?:脱贫|摘帽|出列|退出|入住|搬迁|迁入|搬进|积分入户|告别|竣工|投产|通车|投用|上市|办结|销号)"
    r"[”\"]?[进到]?[一-鿿]{0,2}$"
)
_SUMMED = re.compile(r"累计(?!通车里程)|(?<!公)共(?![建享同有产用治])|先后")
_DONE = re.compile(r"完成|实现")
_STATES = frozenset({Measure.RANK, Measure.RATIO, Measure.STREAK, Measure.PRICE})
_CHANGES = frozenset({Measure.GROWTH, Measure.MULTIPLE})


@dataclass(frozen=True, slots=True)
class Frame:
    """The years a stretch of text speaks of, and whether they lie ahead."""

    first: int
    last: int
    ahead: bool

    @property
    def long(self) -> bool:
        """More than one year."""
        return self.last > self.first


@dataclass(frozen=True, slots=True)
class Event:
    """Words that name a time, at `start` to `end` of a sentence. `base`: the year compared with; `origin`: 由…年 the
    starting point of a change; `known`: the words name years and not only 全年."""

    start: int
    end: int
    frame: Frame
    base: int = 0
    origin: bool = False
    until: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """The stretch a quantity is told of, the year it is compared with or 0, and whether words name the stretch, words
    before the quantity sum up over it, and words behind it tell what happened in it."""

    frame: Frame
    base: int = 0
    named: bool = False
    summed: bool = False
    happened: bool = False


def events(text: str, year: int) -> list[Event]:
    """The times a sentence of the report of `year` names, in order."""
    if not _MARK.search(text):
        return []
    return [event for match in _TIME.finditer(text) if (event := _event(match, year)) is not None]


def _event(match: re.Match[str], year: int) -> Event | None:
    start, end = match.span()
    if _titled(match.string, start):
        return None
    found = match.groupdict()

    def made(first: int, last: int, **more: bool | int) -> Event:
        return Event(start, end, Frame(first, last, last >= year), **more)  # type: ignore[arg-type]

    if found["first"]:
        first, last = int(found["first"]), int(found["last"])
        return made(first, last) if first < last else None
    if found["since"]:
        since = int(found["since"])
        unlike = match.string.endswith(_UNLIKE_SINCE, 0, start) or _UNLIKE.match(match.string, end)
        return made(since, year - 1) if since < year and not unlike else None
    if found["base"]:
        return made(year - 1, year - 1, base=int(found["base"]))
    if found["baseplan"]:
        _, last = plans.years(plans.number(found["baseplan"]))
        return made(year - 1, year - 1, base=last) if found["baseend"] else None
    if found["year"]:
        named = int(found["year"])
        if named < year - 7 and not found["origin"]:
            return None
        return made(named, named, origin=bool(found["origin"]), until=bool(found["to"]))
    if word := found["spelt"]:
        named = int(
            "".join(str(_SPELT.index(character) % 10) for character in word.replace("零", "〇").replace("○", "〇"))
        )
        return made(named, named) if named >= year - 7 else None
    if found["plan"]:
        opening, last = plans.years(plans.number(found["plan"]))
        if (last < year - 7 or last > year + 11) and not found["originplan"]:
            return None
        first = last if found["planend"] else opening
        return made(first, last, origin=bool(found["originplan"]), until=bool(found["planend"]))
    return _relative(found, start, end, year)


def _titled(text: str, at: int) -> bool:
    """Whether a position lies in the title of a plan or law: 《城乡建设规划(2013—2030年)》."""
    opened = text.rfind("《", max(0, at - _TITLE), at)
    if opened >= 0 and "》" not in text[opened:at]:
        return True
    return text[max(0, at - _TITLE) : at].rstrip().endswith(("规划(", "纲要(", "方案(", "计划(", "意见("))


def _relative(found: dict[str, str | None], start: int, end: int, year: int) -> Event | None:
    if found["term"]:
        if found["session"] and year % _TERM not in _AFTER_SESSIONS:
            return None
        return Event(start, end, Frame(year - 5, year - 1, False))
    for name in ("back", "past"):
        if word := found[name]:
            count = int(word) if word.isdigit() else _DIGITS[word]
            return Event(start, end, Frame(year - count, year - 1, False)) if count > 1 else None
    if found["ahead"]:
        return Event(start, end, Frame(year, year + 4, True))
    if word := found["coming"]:
        count = int(word) if word.isdigit() else _DIGITS[word]
        return Event(start, end, Frame(year, year + count - 1, True))
    if found["lastyear"]:
        return Event(start, end, Frame(year - 1, year - 1, False), origin=bool(found["origin2"]))
    if found["thisyear"] == "年内":
        # Within the year that is spoken of.
        return Event(start, end, Frame(year - 1, year - 1, False), known=False)
    if found["thisyear"]:
        return Event(start, end, Frame(year, year, True))
    return Event(start, end, Frame(year - 1, year - 1, False), known=False)


def begins(text: str, found: Sequence[Event]) -> Event | None:
    """The event a sentence begins with, which then governs what follows it."""
    if not found:
        return None
    event = found[0]
    front = _SALUTED.sub("", text[: event.start])
    if event.frame.long and _WAS.match(front):
        return event
    if event.base or event.origin or not event.known or len(front) > 14 or _STOPPED.search(front):
        return None
    if _LOOKING.search(front) or (event.frame.long and _FOLLOWING.search(front)):
        return event
    if len(front) > 4 or (front and event.frame.long and deed(front)[0] == len(front)):
        # 全面完成“十一五”节能减排目标, among what is to be done in a year: the plan is named for that deed alone.
        return None
    after = text[event.end : event.end + 24]
    return event if event.frame.long or (after.startswith(",") if event.until else _TOPIC.match(after)) else None


def of_section(path: Sequence[str], kind: SectionKind, year: int) -> Frame:
    """The stretch a section speaks of, by its headings, innermost first."""
    ahead = kind in (
        SectionKind.TARGETS,
        SectionKind.TASKS,
        SectionKind.GOVERNMENT,
        SectionKind.LIVELIHOOD,
        SectionKind.CLOSING,
    )
    for title in reversed(path):
        found = [event for event in events(title, year) if event.known and not event.base]
        if not found:
            continue
        singles = [event.frame for event in found if not event.frame.long]
        longs = [event.frame for event in found if event.frame.long]
        if singles and longs:
            return singles[0]
        frame = (longs or singles)[0]
        if frame.ahead == ahead or kind in (SectionKind.OTHER, SectionKind.NOTES):
            return frame
    if kind is SectionKind.TERM_REVIEW and (not path or any(re.search(r"五年|届|任期", title) for title in path)):
        return Frame(year - 5, year - 1, False)
    return Frame(year, year, True) if ahead else Frame(year - 1, year - 1, False)


def means(near: str) -> str:
    """The words that make a figure a yearly mean: 年均, 每年."""
    match = YEARLY_MEAN.search(near)
    return match[0] if match else ""


def happened(sentence: str, one: Named) -> bool:
    """Whether a number is of what something befell, as words behind it tell that its name has taken in front:
    62.8万贫困人口全部脱贫, 36户企业上市."""
    if one.lead.kind:
        return False
    moved = "的" in one.right and not sentence.startswith(one.right, one.quantity.behind)
    return (moved and not _STANDS.match(one.right)) or bool(_BEFELL.match(one.name))


def period(one: Named, measure: Measure, told: Told) -> str:
    """A figure's period by what is told of its time."""
    frame, base = told.frame, told.base
    if base and "年均" in means(one.near):
        return f"{base + 1}-{frame.last}"
    if base and measure in _CHANGES and frame.last - base > 1 and not _YEARLY.search(one.near):
        return f"{base}-{frame.last}"
    return f"{frame.first}-{frame.last}" if frame.long and _through(one, measure, told) else str(frame.last)


def flows(name: str) -> bool:
    """Whether a name is of what is added in a time: 新增就业, 改造危房."""
    return bool(_FLOW.search(name))


def _through(one: Named, measure: Measure, told: Told) -> bool:
    """Whether a figure of several years is of all of them, and not of how things stood at their end."""
    near, name, kind = one.near, one.name, one.lead.kind
    if YEARLY_MEAN.search(near):
        return True
    if _YEARLY.search(near):
        return False
    if measure in _STATES:
        return measure is Measure.RANK and one.quantity.direction != 0
    if told.frame.ahead and measure is Measure.SHARE:
        return True
    if one.stock and not _SUMMED.search(near):
        return False
    if measure in _CHANGES or kind == "hold" or _SUMMED.search(near):
        return True
    if measure is Measure.SHARE:
        # 五年累计投入1133亿元,占财政支出的70%: of what was summed up.
        return told.summed and near.lstrip(",、 ").startswith("占")
    if told.happened:
        return True
    added = flows(name)
    if told.frame.ahead:
        return not (kind in ("is", "to") and one.quantity.value is not None and not added)
    reached = kind == "is" and not _DONE.search(near)
    annual = _ANNUAL.search(name) or (reached and name.endswith("固定资产投资"))
    if measure is Measure.LEVEL and annual and not told.summed and not name.startswith("新"):
        return False
    if (one.right and not one.dropped) or kind == "to":
        return False
    return added or not (reached or _STOCK.search(name))
