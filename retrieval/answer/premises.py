"""Questions that take for granted what the report contradicts: why something fell that rose, how it passed a number it
did not reach. Only plain contradictions count; where the report is silent nothing is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from retrieval.answer.fitness import AHEAD
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.answer.sentences import Hit, whole_names
from retrieval.answer.weights import Weights
from retrieval.lexicon import numerals, units
from retrieval.lexicon.question_words import cues
from retrieval.lexicon.ways import supposed
from retrieval.model import Measure, Status
from retrieval.query import Query

__all__ = [
    "claims_too_much",
    "contradicted",
    "good_harvest",
    "never",
    "only_planned",
    "other_count",
    "turned",
    "undone",
    "went_otherwise",
]

# Only questions after a reason or a means take their matter for granted.
_TAKES = re.compile(r"为什么|为啥|为何|怎么(?:会|又|就|没|才)?|咋|原因|靠(?:什么|哪)|哪些措施|如何")
_BAD = re.compile(
    r"下降|降低|下滑|下跌|减少|跌|掉回|掉到|掉出|没能|未能|没有?(?:完成|实现|达到|脱贫|通过)|未(?:完成|达|通过)|恶化|反弹|退回|退出|负增长|亏损|萎缩|收缩|减产|歉收|没过|不合格|没评上"
)
_GOOD = re.compile(
    r"增长|上升|提高|突破|超额|完成|实现|脱贫摘帽|摘帽|达标|稳定(?:保持|在)|保持|居|位列|名列|跃升|好转|建成|通车|通航|投用|竣工|开通|落成|改善|提升|翻番|创新高|连丰|连增|丰收|增产|"
    r"(?:顺利|成功|全部|成绩|一次性)[^,]{0,6}通过|通过[^,。]{0,14}(?:复审|验收|考核|评估|审核|认定|复核|复查|检查|督查|考评)"
)
_DENIED = re.compile(r"没能|未能|没有?(?:完成|实现|达到|脱贫|通过)|没过|不合格|没评上|未通过")
_CLAUSE = re.compile(r"[,;。]")
_PASSED = re.compile(r"(?:顺利|成功|全部|成绩|一次性)[^,]{0,6}通过$")
# A clause speaks of the question's matter where it covers this share of its words.
_SAME = 0.38
_CLAIM = re.compile(
    r"(?:突破|超过|超|达到|冲破|跨过|过)了?\s*(\d+(?:\.\d+)?)\s*([十百千万亿]*[^\d\s,。?的是靠吗了呢]{1,4}?)(?=[,。?是靠的吗了呢\s]|$)"
)


def contradicted(query: Query, weights: Weights, hits: Sequence[Hit]) -> Hit | None:
    """The sentence that says the opposite of what the question takes for granted."""
    if not _TAKES.search(query.text):
        return None
    matter = _TAKES.sub(" ", query.text)
    bad, good = bool(_BAD.search(matter)), bool(_GOOD.search(matter))
    if not bad or (good and not _DENIED.search(matter)):
        return None
    for hit in hits[:3]:
        sentence = hit.loaded.sentences[hit.sentence]
        before = ""
        for clause in _CLAUSE.split(sentence.text):
            # 在国家卫生城复审中,我市以优异成绩顺利通过: what was passed stands before.
            said = f"{before},{clause}" if _PASSED.search(clause) else clause
            before = clause
            about = weights.share(weights.covered(((said.lower(), 1.0),)))
            if about >= _SAME and _GOOD.search(clause) and not _BAD.search(clause):
                return hit
            if about >= _SAME and _BAD.search(clause):
                return None
    return None


def went_otherwise(query: Query, weights: Weights, hits: Sequence[Hit]) -> Hit | None:
    """The sentence of the review that tells in words that something went the other way than the question says:
    新增市场主体数量有所下降."""
    ways = supposed(query.text)
    if len(ways) != 1 or 0 in ways or not query.periods:
        return None
    last = max(period.last for period in query.periods)
    for hit in hits[:3]:
        if hit.loaded.row.year != last + 1 or hit.loaded.sentences[hit.sentence].kind in AHEAD:
            continue
        for clause in _CLAUSE.split(_text(hit)):
            told = {_WAYS[cue.kind] for cue in cues(clause) if cue.kind in _WAYS}
            if len(told) == 1 and weights.share(weights.covered(((clause.lower(), 1.0),))) >= _SAME:
                return hit if told != ways else None
    return None


_WAYS = {"growth": 1, "decline": -1}


def other_count(query: Query, hits: Sequence[Hit]) -> Hit | None:
    """The sentence that counts what the question counts otherwise: 3枚金牌 where 5枚 are asked about."""
    for counted in _COUNTED.finditer(query.text):
        found: Hit | None = None
        for hit in (hit for hit in hits[:_LOOKED] if not _of_next(query, hit)):
            noun = _said(counted["noun"], _text(hit))
            stated = [numerals.small(n) for n in re.findall(rf"({_NUMBER})[{_CLASSIFIERS}]?{noun}", _text(hit))]
            if numerals.small(counted["number"]) in stated:
                return None
            found = found or (hit if noun and stated else None)
        if found is not None:
            return found
    return None


def _of_next(query: Query, hit: Hit) -> bool:
    """Whether a sentence plans what comes after the years asked about."""
    ahead = hit.loaded.sentences[hit.sentence].kind in AHEAD
    return ahead and bool(query.periods) and hit.loaded.row.year > query.periods[-1].last


def _said(noun: str, text: str) -> str:
    """As much of a noun's beginning as a text says, two characters at least."""
    return next((noun[:end] for end in range(len(noun), 1, -1) if noun[:end] in text), "")


_NUMBER = r"\d+|[二两三四五六七八九十]+"
_CLASSIFIERS = "个枚件项所家条座名位户种场"
# 哪3个, 前五个, 第四个 count nothing that is taken for granted; nor do 三个方面.
_COUNTED = re.compile(
    rf"(?<![哪前第这那几\d.])(?P<number>{_NUMBER})[{_CLASSIFIERS}](?P<noun>(?!方面|重点|问题|月|百分点|亿)[一-鿿]{{2,6}})"
)


# 那起重大事故, 为什么会发生.
_THAT = re.compile(
    r"(?:那|这)一?[起次场宗]|(?:为什么|为何|为啥|怎么|咋)(?:会|又)?(?:发生|出现|爆发)|(?:发生|出现|爆发)的?原因"
)
_NEVER = re.compile(
    r"(?:未|没有?|无|不)(?:再)?(?:发生|出现|爆发)|零(?:发生|事故|感染|伤亡)|(?<!有)(?:无|没有)(?=[重特较]大|森林|安全)"
)
_EVENT = 0.3


def never(query: Query, weights: Weights, hits: Sequence[Hit]) -> Hit | None:
    """The sentence that says an event never came about which the question takes for granted."""
    if not _THAT.search(query.text) or _NEVER.search(query.text):
        return None
    for hit in hits[:_LOOKED]:
        for clause in _CLAUSE.split(_text(hit)):
            denied = _NEVER.search(clause)
            if denied and weights.share(weights.covered(((clause[denied.end() :].lower(), 1.0),))) >= _EVENT:
                return hit
    return None


_FAILED_CROP = re.compile(
    r"(?P<crop>粮食|[夏秋早晚]粮|小麦|水稻|玉米|大豆|棉花|油料|蔬菜|水果|茶叶|烤烟|甘蔗)[^,。?]{0,8}(?:减产|歉收)"
)
_HARVEST = r"[^。;]{0,40}(?:连丰|连增|丰收|增产|再创新高|创历史新高)"


def good_harvest(query: Query, report: str, library: Library) -> Hit | None:
    """The sentence of a report that tells of a good harvest of a crop the question says failed."""
    failed = _FAILED_CROP.search(query.text)
    if failed is None or not _TAKES.search(query.text):
        return None
    told = re.compile(f"{failed['crop']}{_HARVEST}")
    loaded = library.load(report)
    for number, sentence in enumerate(loaded.sentences):
        if sentence.kind not in AHEAD and told.search(sentence.text):
            return Hit(loaded, number, 1.0, 1.0)
    return None


# Deeds that are done on a day, those of one kind together: any of them may be what the report calls it.
_OPENED = (
    r"建成|通车|竣工|投产|投用|投运|投入使用|投入运营|开通|开业|开园|启用|通航|通到|开起来|建好|修好|落成|运营|"
    r"交付|完工"
)
_BEGUN = r"开工|动工|开建|奠基"
_WON = r"评上|评为|获评|获批|获得|荣获|创成|成功创建|入选|命名|跻身|授予|摘帽|挂牌"
_DEEDS = tuple(re.compile(words) for words in (_OPENED, _BEGUN, _WON))
_WHEN = re.compile(r"几月|哪个月份?|哪月|什么时候|何时|哪天|哪一天|几号|哪个月|多会儿")
# 不是动工了嘛, 开起来以后: the deed is taken for granted.
_TAKEN = re.compile(r"不是[^,。?]*了|了[吧嘛]|以后|之后|了[,]")


def undone(query: Query, weights: Weights, hits: Sequence[Hit]) -> Hit | None:
    """The sentence on a thing whose deed is taken for granted (几月份通车的) where none says it was done."""
    deed = next((words for words in _DEEDS if words.search(query.text)), None)
    if deed is None or not (_WHEN.search(query.text) or _TAKEN.search(query.text)):
        return None
    # 4号线 is not 3号线.
    numbered = re.findall(r"\d+号", query.content)
    thing: Hit | None = None
    for hit in hits[:_LOOKED]:
        sentence = hit.loaded.sentences[hit.sentence]
        planned = _of_next(query, hit)
        if sentence.kind in AHEAD and not planned:
            continue  # what was still to come says nothing of what was done
        for clause in _CLAUSE.split(sentence.text):
            if not all(number in clause for number in numbered):
                continue
            if weights.share(weights.covered(((clause.lower(), 1.0),))) < _SAME:
                continue
            if planned:  # 建成通车 among the plans of the year after: it was not
                thing = thing or hit
                continue
            if _LEFT_UNDONE.search(clause):
                return hit
            if deed.search(clause):
                return None
            thing = thing or hit
    return thing


_LEFT_UNDONE = re.compile(
    r"未能|没能|尚未|仍未|未[通建开]|提名|前期工作|没有(?:按期|如期)?(?:开工|建成|通车|投)|未(?:按期|如期)"
)
# So many of the best sentences are read.
_LOOKED = 6
_FINISHED = re.compile(r"了(?:吗|没有?|么)|没有|是否已|已经|有没有")


def only_planned(query: Query, hits: Sequence[Hit]) -> Hit | None:
    """The best sentence where it is a plan of the year after the one whose deed is asked about: 2020年开工了吗."""
    deed = any(words.search(query.text) for words in _DEEDS)
    if not (_FINISHED.search(query.text) and deed) or not query.periods or not hits:
        return None
    last = max(period.last for period in query.periods)
    named = [name for name in whole_names(query.content) if name in _text(hits[0])]
    for hit in hits[:_LOOKED]:
        if not all(name in _text(hit) for name in named):
            continue  # of another thing
        if hit.score < _RIVAL * hits[0].score:
            break
        ahead = hit.loaded.sentences[hit.sentence].kind in AHEAD and hit.loaded.row.year == last + 1
        if not ahead:
            return None
    return hits[0]


def _text(hit: Hit) -> str:
    return hit.loaded.sentences[hit.sentence].text


# A sentence of the review that fits so well bears the deed out, or not.
_RIVAL = 0.6


def turned(query: Query, matches: Sequence[Match]) -> Match | None:
    """The growth that goes the other way than the question takes for granted: 为什么负增长 of what grew."""
    ways = supposed(query.text)
    if not _TAKES.search(query.text) or len(ways) != 1 or 0 in ways:
        return None
    for match in matches[:4]:
        figure = match.figure
        if figure.measure is not Measure.GROWTH or figure.status is Status.TARGET or not figure.direction:
            continue
        if match.doubtful or match.named < _SURE:
            return None
        return match if figure.direction not in ways else None
    return None


# The figure is of the very thing asked about.
_SURE = 0.6


def claims_too_much(query: Query, matches: Sequence[Match]) -> Match | None:
    """The figure that stays below the number the question takes for granted."""
    claim = _CLAIM.search(query.text)
    if claim is None or not _TAKES.search(query.text):
        return None
    unit = claim[2]
    asked = Decimal(claim[1]) * units.scale(unit)[0]
    for match in matches[:6]:
        figure = match.figure
        if figure.status is Status.TARGET or not isinstance(figure.value, Decimal):
            continue
        if units.bare(figure.unit) != units.bare(unit) or match.named < _SAME:
            continue
        return match if figure.value * units.scale(figure.unit)[0] < asked else None
    return None
