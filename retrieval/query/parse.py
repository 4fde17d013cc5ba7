"""Text and conversation to a Query: pure, and the same for the bot, the console and the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.lexicon import indicators
from retrieval.lexicon import places as gazetteer
from retrieval.lexicon.synonyms import rewrite
from retrieval.model import Place, Status
from retrieval.query import asks as asking
from retrieval.query import periods as timing
from retrieval.query.ahead import ahead, single
from retrieval.query.asides import without_asides, without_preambles
from retrieval.query.carrying import carry, onward
from retrieval.query.chat import chat
from retrieval.query.content import content as naming
from retrieval.query.conversation import Conversation
from retrieval.query.display import display
from retrieval.query.frames import framed, gaps, set_apart
from retrieval.query.moves import Move, move
from retrieval.query.normalise import normalise
from retrieval.query.objects import with_objects
from retrieval.query.quotients import divided
from retrieval.query.regions import spelt_out
from retrieval.query.tongue import is_english
from retrieval.query.typos import respelt
from retrieval.query.values import Form, Query

__all__ = ["parse"]

_OVER_YEARS = re.compile(r"年均|五年|累计")
_ONE_YEAR = re.compile(r"同比|[比较](?:上一?|前一|去|头)年|这一年|全年|当年")
# What became of a target is a result.
_OUTCOME = re.compile(
    r"(?:没有?|未能?)(?:全面|如期)?(?:完成|实现|达到|达成)|(?:完成|实现|做到|达到|兑现)(?:了)?(?:没有|没|吗)"
)
_NEW = Conversation()


def parse(question: str, conversation: Conversation = _NEW, held: Sequence[Place] = ()) -> Query:
    """The question understood. `held` are places that reports are of and no table has: towns, zones, places that were.

    Raises BadQuestion where there is nothing to understand.
    """
    query = _read(question, conversation, held)
    if query.mended and query.otherwise is None:
        # A name no table has may sound like a word: where nothing is found, it is read as typed.
        return replace(query, otherwise=_parse(question, conversation, held, mend=False))
    return query


def _read(question: str, conversation: Conversation, held: Sequence[Place]) -> Query:
    """The question understood, with what was typed by sound as it was meant."""
    query = _parse(question, conversation, held)
    if _GAP_NAMED.search(query.text):
        return replace(query, otherwise=_parse(question, conversation, held, named_gaps=False))
    if query.form is Form.CHAT:
        return query
    if without_preambles(query.text) != query.text:
        return replace(query, otherwise=_parse(question, conversation, held, left=_terse))
    if _BLANKED not in query.text:
        return query
    whole = _parse(question, conversation, held, left=_whole)
    # …我要跟遵义比比: another place that was left out is none asked about.
    return replace(query, otherwise=whole) if whole.text != query.text and whole.places == query.places else query


# Single spaces are typed; more stand where a clause was left out.
_BLANKED = "  "


def _terse(text: str) -> str:
    """The clauses alone that ask something."""
    return without_preambles(without_asides(text))


def _whole(text: str) -> str:
    """All clauses: 俺也想搞个家庭农场,滁州2013年新增多少家 names its thing where the asker speaks of themselves."""
    return text


_GAP_NAMED = re.compile(r"[高低]于全[国省市区州]平均多少个百分点")


def _parse(
    question: str,
    conversation: Conversation,
    held: Sequence[Place],
    *,
    named_gaps: bool = True,
    mend: bool = True,
    left: Callable[[str], str] = without_asides,
) -> Query:
    """One reading, of what is `left` of the text; `mend` what was typed by sound."""
    wanted = display(question)
    # 画一张…的图: what is asked for is asked as ever.
    question = wanted.question if wanted.form and wanted.question else question
    text, glosses, mended = _worded(question, conversation, held, named_gaps=named_gaps, mend=mend)
    kind = chat(text)
    if kind and not _names_a_figure(text):
        return Query(question, text, Form.CHAT, chat=kind)
    whole, text = text, left(text)
    dated = bool(conversation.periods)
    time = timing.find(text, dated=dated)
    found, place_words, spans, rest = _places(time.rest, held)
    content = naming(rest)
    if text != whole and not content:
        # 城里吃低保的，2010年一个月能领多少: what seemed to tell who asks is what is asked about.
        text = whole
        time = timing.find(text, dated=dated)
        found, place_words, spans, rest = _places(time.rest, held)
        content = naming(rest)
    asked = asking.asks(rest)
    query = Query(
        question=question,
        text=text,
        form=asking.form(rest, asked, content),
        places=found,
        place_words=place_words,
        report_year=time.report_year,
        periods=time.periods,
        status=_status(text, rest, time, spans, conversation),
        asks=asked,
        several=asking.several(rest),
        content=content,
        rest=time.rest,
        place_spans=spans,
        period_starts=time.starts,
        glosses=glosses,
        mended=mended,
        since=time.since or bool(_OVER_YEARS.search(text)),
        yearly=time.yearly or bool(_ONE_YEAR.search(text)),
    )
    if move(query) in (Move.FELL, Move.MISSED):
        # 预期 of 不及预期 names no plan.
        query = replace(query, status=Status.ACTUAL)
    return carry(query, conversation, held) if conversation.place else query


def _worded(
    question: str, conversation: Conversation, held: Sequence[Place], *, named_gaps: bool, mend: bool
) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """The question in the words of reports, other translations of an English one's words, and whether what was typed
    by sound was mended."""
    text = normalise(question)
    glosses: tuple[tuple[str, str], ...] = ()
    english = is_english(text) and not chat(text)
    if english:
        from retrieval.query.english import translate  # noqa: PLC0415  tables that few questions need

        said = translate(text)
        # What no dictionary knows stays as it was typed.
        text, glosses = (said.text, said.glosses) if said.text else (text, ())
    typed = _counted_years(_named(timing.spelt_years(text), conversation), conversation)
    text = respelt(typed, held) if mend and not english else typed
    mended = text != typed
    text = framed(spelt_out(divided(rewrite(with_objects(text)))))
    return _joined(set_apart(gaps(text) if named_gaps else text)), glosses, mended


def _status(
    text: str, rest: str, time: timing.Periods, spans: Sequence[tuple[int, int]], last: Conversation
) -> Status | None:
    """Whether a plan or a result is asked for; `rest` is the text without its years and places."""
    if _OUTCOME.search(rest):
        return Status.ACTUAL
    status = asking.status(_asking(rest, time.starts))
    ahead_said = asking.planned(rest) or onward(time.periods, last.periods)
    if status is Status.TARGET and (_past(rest) or (not ahead_said and _looks_back(text, time, spans))):
        return None
    return status


def _asking(rest: str, named: Sequence[int]) -> str:
    """The clauses that ask for something, or hold a year, which begins at `named`: 要考永州的事业编 tells who asks, and
    is no plan of a report."""
    kept = [
        clause[0]
        for clause in re.finditer(r"[^,。;?!:]+[,。;?!:]*", rest)
        if any(clause.start() <= at < clause.end() for at in named)
        or _ASKS.search(clause[0])
        or indicators.mentions(clause[0])
        or asking.asks(clause[0])
    ]
    return "".join(kept) or rest


_ASKS = re.compile(r"目标|计划|任务|指标|预期|什么|啥|哪|怎|如何|多少|几|吗|呢|为何|是否|没有|[a-z]{2}", re.IGNORECASE)


def _names_a_figure(text: str) -> bool:
    """Whether a text names an indicator, a place and a year: 写一篇讲稿 may be what they are wanted for."""
    return bool(indicators.mentions(text) and gazetteer.mentions(text) and timing.find(text).periods)


# 这两项 are two at least.
_TWO = 2
_THESE = re.compile(
    r"(?:这|那|上述|前面|前|刚才)(?:[两二三几]|些)(?!年|天|个?月|季|[名位强]|个?[省市县])(?:项|个|者|样|种)?(?:指标|数据|数字)?|[两二]者"
)


def _named(text: str, last: Conversation) -> str:
    """The text with 这两项 read as what the last questions were about."""
    if not last.content or not _THESE.search(text):
        return text
    things = [*last.context.split(), *last.content.split()]
    if len(things) < _TWO or any(thing in text for thing in things):
        return text
    return _THESE.sub("和".join(dict.fromkeys(things)), text, count=1)


_NEXT_YEAR = re.compile(
    r"次年|翌年|第二年|转过年(?:来|去)?|转年|(?:接下来|往后)?的?下一?年(?!度?[一二三四五])|(?<![十几\d])来年|新的?一年|明年"
)
_SAME_YEAR = re.compile(r"同一?年(?!龄|级|代)|该年度?|那一?年(?=起|开始|以来|往后|之后|到)")
# 和前一年放一块比: the year asked about before and the one before it.
_YEAR_BEFORE = re.compile(r"([跟和与同])(?:前|上)一?年(?:度)?(?=[^,。?]{0,3}(?:放|摆|比|一起|一块|相比|对比))")
# 那跟2023年摆一起看看: the year asked about before and this one.
_BESIDE_YEAR = re.compile(r"^([^,。?]{0,4}[跟和与同])((?:19|20)\d\d年)(?=[^,。?]{0,3}(?:放|摆|比|一起|一块|相比|对比))")
_THAT_YEAR = re.compile(r"当年(?!度?报告)")
# 接着往后一直到2020年: from the year asked about before.
_ON_FROM = re.compile(r"(?:接着|从那|再|一直)*(?:往后|此后|之后)(?:一直|再)?到?(?=(?:19|20)\d\d年)")
_YEAR_SAID = re.compile(r"((?:19|20)\d\d)年")


def _counted_years(text: str, last: Conversation) -> str:
    """The text with 同年 and 次年 as the years they count from tell: one named before them, else that of the question
    before."""

    def year_of(match: re.Match[str], later: int) -> str:
        said = _YEAR_SAID.findall(text[: match.start()])
        year = int(said[-1]) if said else max((p.last for p in last.periods if not p.relative), default=0)
        return f"{year + later}年" if year else match[0]

    if not _YEAR_SAID.search(text):
        # 其中哪些当年没完成: of the year asked about before.
        text = _THAT_YEAR.sub(lambda match: year_of(match, 0), text)
    text = _YEAR_BEFORE.sub(
        lambda match: f"{match[1]}{year_of(match, -1)}和{year_of(match, 0)}" if last.periods else match[0], text
    )
    text = _BESIDE_YEAR.sub(
        lambda match: f"{match[1]}{year_of(match, 0)}和{match[2]}" if last.periods else match[0], text, count=1
    )
    text = _ON_FROM.sub(lambda match: f"{year_of(match, 0)}到" if last.periods else match[0], text)
    text = _SAME_YEAR.sub(lambda match: year_of(match, 0), text)
    return _NEXT_YEAR.sub(lambda match: year_of(match, 1), text)


# 沈阳河大连, 阜阳合六安: 和 by its sound.
_AND = re.compile(r"[河合何]")


def _joined(text: str) -> str:
    """The text with 和 between two places where another character of its sound was typed."""
    if not _AND.search(text):
        return text
    for one, other in pairwise(gazetteer.mentions(text)):
        if other.start - one.end == 1 and _AND.match(text, one.end):
            text = f"{text[: one.end]}和{text[other.start :]}"
    return text


def _past(rest: str) -> bool:
    """Whether words of result stand beside a word that may also mean a plan (要, 想, 将)."""
    return bool(re.search(r"(?<!定)了多少|过多少|完成了|实际", rest)) and not re.search(r"目标|计划|打算|预期", rest)


# 想问一下2013年…, 预计增长: words of plan in a question that hardly looks ahead.
_BACK = 0.3


def _looks_back(text: str, time: timing.Periods, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a question about one year asks for what has been, whatever words of plan it uses."""
    return single(time.periods) is not None and ahead(text, time.rest, spans, time.periods) < _BACK


_ASIDE = re.compile(r"(?:[往向朝]|对接|融入|迈向|驰援|对口支援|支援|援建|援助)$")
_EVENT = re.compile(r"(?:(?:特大|强烈|大)?地震|泥石流|洪灾|山洪|空难|矿难)")


def _places(
    text: str, held: Sequence[Place]
) -> tuple[tuple[tuple[Place, ...], ...], tuple[str, ...], tuple[tuple[int, int], ...], str]:
    """Candidates of each place named, their words, where they stand, and the text with those words blanked."""
    rest = list(text)
    mentions = gazetteer.mentions(text, held)
    # Beside another place, what is gone towards or gives an event its name is not asked about.
    mentions = [
        m for m in mentions if not _ASIDE.search(text, 0, m.start) and not _EVENT.match(text, m.end)
    ] or mentions
    for mention in mentions:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return (
        tuple(mention.candidates for mention in mentions),
        tuple(mention.surface for mention in mentions),
        tuple((mention.start, mention.end) for mention in mentions),
        "".join(rest),
    )
