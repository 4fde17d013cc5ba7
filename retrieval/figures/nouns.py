"""Nouns: the one behind a classifier, what a clause speaks of, and names without adverbs and stray marks."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.figures import partial, predicates
from retrieval.figures.cues import acts, deed, lead, said
from retrieval.figures.sharing import ending

__all__ = [
    "YEAR",
    "after",
    "bare",
    "begins",
    "field",
    "generic",
    "invested",
    "preposed",
    "served",
    "tidy",
    "told",
    "topic",
    "unplaced",
]

YEAR = r"(?:19|20)\d\d"
_HEAD = re.compile(
    rf"(?:{partial.NAMED})(?:以来|当月|当季|末|底|的)?(?=$|[^\d底前后起])|"
    rf"(?:(?:[\s,、;:的”’·*—-]|和(?!美|谐|睦|平)|与(?!会)|及(?!时|格))+|(?:\d{{1,3}}[、.]|\(\d{{1,3}}\)|[①-⑳])(?=[一-鿿“])|\d{{1,2}}月(?:\d{{1,2}}日|底|份)?(?:之前|以前|前)?|{YEAR}/(?:{YEAR}|\d\d)(?:学年|[榨雪赛]季)?|{YEAR}\s?年?(?:底|末|初)?(?:以来)?|到?{YEAR}\s?年|一九[三-九][〇零一-九]年(?:底|末|初)?|今年|去年|上年|全年|明年|年内|当年|年底前?|年末前?|近年来|(?:近|这)?[两二三四六七八]年(?:多)?(?:内|来|共|累计)(?=[一-鿿])|近[两二三四五六七]年(?=[一-鿿])|至少|年度|再(?!就业|生|贷|保|担|教|培)|近?[五5]年[来间内]?(?!期|制|以[上下内])|一年来|[二三四]年来|过去[一二三四]年|"
    r"用[一二两三四五]年(?:左右)?的?时间|截至[^,]{0,8}(?:底|末|日|前)?|目前|预计|预期|其中|“?十[一二三四五]五”?(?:时期|期间|末|规划)?|同时|并(?!网|购|轨|联)且?|还|也|又|共计|共(?![享同有治富管用赢识])(?!建(?!设))|总计|合计|主要预期目标是|力争|确保|努力|拟安排(?=[一-鿿]{2})|"
    r"将(?=[一-鿿]{3})|把(?=[一-鿿]{3})|仅|约|今后五年|未来五年|先后|连续|特别是|尤其是|即|我们(?:要)?|各位代表|同志们|还有|作为(?=[一-鿿]{2})|由于|通过|使(?!用)|让|可望|有望|但(?=[一-鿿]{3})|[一二三四五六七八九十]{1,3}是|\d{1,3}\s?\.\s?(?!\d)|"
    r"按(?:可比|现行|不变)[^,]{0,8}?(?:计算|(?:口径|价格?|格)(?:计算)?)|同口径下?|可比口径|扣除[^,]{0,8}因素后?|剔除[^,]{0,14}因素后?)"
)
_PLACE = re.compile(
    r"(?:全[国省市区县州盟旗]|我[国省市区县州盟])(?=完成|实现|共|新|累计|建|实施|接待|引进|城镇登记|组织|开展|已|各级|有|预计|办|的|减|增)"
)
_WIDE = re.compile(
    r"^(?:全[国省市区县州盟旗]|我[国省市区县州盟])(?=[一-鿿“A-Z]{2})(?![和与及]|性|域|内外|委|级|均|[办运长营]|双拥|文明|卫生(?:城|县|乡))"
)
_PREPOSED = re.compile(r"(?:坚持)?(?:把|将)|(?:对|向|为|在|给|围绕|按照?|以|从|由|让|使(?!用)|对于|面向|针对)")
_AFTER = re.compile(r"(?:的)?((?:[2-6]G|[2-5]A级?)?[一-鿿“”‘’A-Za-zⅠ-Ⅻ·、()\-+]{1,48})")
_NO_NOUN = re.compile(
    r"(?:全部|以(?!工代赈)|的|和(?![谐美])|与(?!会)|及|、|左右|以上|以内|为(?![民农老侨])|在(?![校建读岗册职库营编外线产谈逃押])|是|等(?![级离])|均|各(?![类级项地界族])|"
    r"分别|同比|比(?!赛|武)|较|增(?!值|殖|程|绿|量)|减(?![排灾税贫负])|下(?![岗水沉乡山辖属设])|上升|上涨|提(?!案)|占(?!地)|居(?![民家住])|列(?!车)|位居|其中|并(?!网)|且|"
    r"大关|台阶|目标|任务|关口|得到|未(?!成年|婚|来)|还(?![田建款迁])|已|也|达(?!标)|有(?![机轨线色毒害效关])|用于|的基础|不变|水平)"
)
_GROWN = re.compile(
    r"(?:持续|不断|稳步|快速|大幅度?|较快|迅速|稳定|平稳|显著|明显|逐步|继续|进一步|全面|蓬勃|强劲)(?:增长|增加|提高|提升|发展|壮大|扩大|改善|下降|回升|攀升|推进|向好|增强|上升|减少|优化)"
)
# 收入过千亿, 收入再创新高: predicates that tell of a subject what the quantity behind them then counts.
_CROWNED = re.compile(
    r"(?:首次|一举|历史性|成功|双双)*(?:突破|超过?|过|跨越|跨过|跃上|迈上|站上|跨上)[百千十\d]*[万亿]+(?:元)?(?:大关|台阶|关口)?$|"
    r"(?:再|屡|续|连)?(?:次)?创(?:下)?(?:历史)?(?:最好|新高|最高)|(?:实现)?(?:历史性|新的)(?:突破|跨越)|(?:迈|跃|跨)上新(?:的)?台阶|稳中有[进升]|好于预期|从无到有|逆势(?:上扬|增长)"
)
_CLAUSAL = re.compile(r"作为|坚持|以|把|为|是|与")
_TRAILING = re.compile(r"(?<=[一-鿿]{2})(?:(?<![共中总缓饱温平])和|以及|(?<![普涉以危])及)(?:[我全][国省市区县州])?$")
_SET = re.compile(r"(?<=[一-鿿]{4})的?(?:目标|任务|目标任务)$")
_BEING = re.compile(r"(?:特别|尤其|主要|[就都均正]|多数|大多)是|(?<![还都就于但总凡])是(?=[一-鿿]{2})(?!否)")
# 作为8个试点省市之一, 抓好64户改革试点企业的同时
_ENDING = re.compile(r"(?:之一|的?(?:同时|基础上|前提下))$")
_FEW = re.compile(r"(?:一批|一大批|一系列|若干|多个)(?=[一-鿿]{2})")
_ALREADY = re.compile(r"已[一-鿿]{2}[一-鿿]{2,}(?<!成)(?<!工)$")
_RUNS_INTO = re.compile(
    r"(?:关停|投资|新增|完成|建成|改造|中有|开工|补助|奖补|资助|发放|提供|落户)(?!项目|工程|资金|标准|建设)"
)
_PREDICATED = re.compile(
    r"持续|不断|稳步|快速|加快|进一步|显著|明显|全面|有效|扎实|深入|更加|蓬勃|成功|实现|集中|平稳|较快|迅速|大幅|逐步|日益|再|继续|发展|突出|良好|有力|取得|完成|达|被|已|总体|保持|获(?!得感)|从|在(?!校|建)|走|跑|突破|喜|稳中|有序|增长|提升|迈|步伐|成效|方面|跃|首次|正式|通车|投运|开通|隆重|召开|举办|举行|开幕|盛装|落地|获批|创历史|连跨|跨"
)
_GENERIC = frozenset(
    [
        "工程",
        "重点工程",
        "重大工程",
        "项目",
        "重点项目",
        "重大项目",
        "项目建设",
        "工程建设",
        "任务",
        "重点任务",
        "事项",
        "活动",
        "措施",
        "举措",
        "政策",
        "企业",
        "人",
        "户",
        "资金",
        "工作",
        "指标",
    ]
)
_INVESTED = re.compile(
    r"(?:以上|以内|左右)?,?(?:(?:扎实|继续|全面|深入|重点|大力|先后|高标准|着力|主要)*(?:推进|实施|建设|改造|新建|用于|支持|完成|启动|发放|开展|建成|购置|修建|治理|打造|解决|扶持|资助|补助)了?(?:一批)?)"
    r"(?:[\d.]+[十百千万亿余多]*(?:[个人户家所座条项件公里平方米亩吨套台次]+)?的?)?"
    r"(?P<what>(?![十百千万亿])[一-鿿“”]{2,24})"
)


def bare(text: str) -> str:
    """`text` without the adverbs it opens with."""
    at = 0
    while match := _HEAD.match(text, at):
        at = match.end()
    if match := _PLACE.match(text, at):
        return bare(text[match.end() :])
    return text[at:]


def unplaced(name: str) -> str:
    """A name without the 全市 that every figure of the report might have."""
    return _OF_PART.sub("", _WIDE.sub("", name))


# 全县一季度地区生产总值
_OF_PART = re.compile(rf"^(?:{partial.NAMED})(?=[一-鿿A-Z]{{2}})")


# 生产总值过万亿，达到…: that it passed a mark is no part of the name.
_PASSED = re.compile(
    r"(?<=[一-鿿]{2})(?:首次|一举|历史性)*(?:突破|超过?|过|跨越|跨过|跃上|迈上|站上)[百千十]*[万亿]+(?:大关|台阶|关口)?$"
)


_AGAINST = re.compile(rf"(?<=[一-鿿]{{2}})[与同和较比]{YEAR}年(?:相比|比)?$")


# GDP一季度, 利润总额全年: the name without its part of the year.
_PART = re.compile(rf"(?:^|(?<=[一-鿿A-Za-z]{{2}}))(?:{partial.NAMED}|(?<![超成占比较近过])全年)$")


# 地区生产总值五年连跨6个千亿元台阶
_STEPS = re.compile(
    r"(?<=[一-鿿]{2})(?:[二三四五]年)?(?:连续|先后)?(?:连跨|连上|跨越|跨过|跨上)$|(?<=[一-鿿]{3})(?<![每近前十])[三四五]年$|(?<=[一-鿿]{3})呈[一-鿿]{1,5}$"
)


_FINISHED = ("了结", "了解")
# 外贸出口在极其困难的情况下, 增幅20年来, 低保标准每人每月: what stands between a name and its predicate.
_BESIDE = re.compile(
    r"(?<=[一-鿿A-Za-z]{2})(?:"
    r"在[^,在]{2,24}(?:情况下|形势下|背景下|前提下|年景下|基础上|会上|中|期间|以来)|"
    rf"自{YEAR}年以来|近?(?:[二三四五]|\d{{1,2}})年来|(?:力争)?[到在从至]?(?<![十上下近每前今去本])(?:{YEAR}|一九[三-九][〇零一-九])年|"
    r"(?:实现|再次)|[到在从至较]?(?:去|今|明|上)年|(?<!三)(?<!五)年内|"
    r"(?:给予|补助|补贴|提高到|分别)?每(?:人|户|亩|生|吨|公斤|斤|立方米|千瓦时|标箱|平方米)(?:每(?:人|年|月|天|学年|生))?"
    r")$"
)


_BESIDE_ENDS = frozenset("下上中间来年内现次人户亩生吨斤米时箱月天")


def tidy(name: str) -> str:
    """A name without stray marks at its ends, and without 与2012年相比."""
    name = _PART.sub("", _STEPS.sub("", _AGAINST.sub("", name)))
    if name[-1:] in _BESIDE_ENDS:
        name = _BESIDE.sub("", name)
    name = _PASSED.sub("", _TRAILING.sub("", name.strip(" ,、;:.·*—-\t\u3000")))
    if name.count("“") != name.count("”") or name.find("”") < name.find("“"):
        name = name.replace("“", "").replace("”", "")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    return name.removeprefix("的").removeprefix("了" if name[:2] not in _FINISHED else "").removesuffix("的")


_FRONT = re.compile(r"(?P<joint>以?及|和|与)|将(?!军|乐)|底(?![盘部薪线座层商片栖])(?=[一-鿿]{4})")


def unjoined(name: str) -> str:
    """A name without the 和 that joined its deed to one cut off (建设与改造农网), the 将 before its object or the 底 of
    今年底."""
    match = _FRONT.match(name)
    if match is None or len(name) - match.end() < len("农网"):
        return name
    rest = name[match.end() :]
    return rest if not match["joint"] or 0 < deed(rest)[0] < len(rest) else name


def after(text: str, at: int, stop: int, *, verb: bool, predicate: bool = True) -> tuple[str, int]:
    """The noun behind a classifier at `at`, its predicate part of it (通油路的乡镇), and where it ends; empty where
    there is none. `verb`: a deed before the quantity governs it; without `predicate` it is left out."""
    match = _AFTER.match(text, at, stop)
    if match is None or (_NO_NOUN.match(match[1]) and not _ALREADY.match(match[1])):
        return "", at
    words, end = match[1].removeprefix("级以上").removeprefix("级"), match.end()
    if told := _BEING.search(words, 2):
        # 30个专项行动是八大战役的抓手: what the things are is not their name.
        words, end = words[: told.start()], end - len(words) + told.start()
        return (tidy(words), end) if len(words) > 1 else ("", at)
    words = words.removeprefix("实现") if words.startswith("实现脱贫") else words
    if few := _FEW.match(words):
        words = words[few.end() :]
    if end == stop and stop < len(text):
        trimmed = re.sub(r"(?:、?[惠涉]及|、覆盖|[、和与及]|以及)$", "", words)
        if trimmed == words:
            noun = _running(words)
            listed = words.startswith(f"{noun}、") and bool(noun) and not ending(noun)
            listed = listed and (len(noun) > 2 or text.startswith("的", at))
            return noun, end - len(words) + len(noun) if listed else at
        end -= len(words) - len(trimmed)
        words = trimmed
    if ended := _ENDING.search(words, 2):
        words, end = words[: ended.start()], end - len(words) + ended.start()
    words = words.rstrip("等") or words
    return _told(words, end, verb=verb, predicate=predicate)


def _told(words: str, end: int, *, verb: bool, predicate: bool) -> tuple[str, int]:
    """The noun of words that go on to its predicate: 通油路的乡镇 of 乡镇通油路."""
    found = predicates.find(words)
    if found is None or (found.at == 1 and words[0] not in "村县户人镇乡"):
        return (tidy(words), end) if len(words) > 1 else ("", end - len(words))
    noun, denied = said(words[: found.at])
    if not found.deed or not predicate or found.told:
        return tidy(noun), end
    if predicates.adverb(noun):
        return tidy(found.deed), end
    if verb and (found.nominal or not found.adverbs):
        return _ended(tidy(words[: found.at] + found.deed)), end
    return tidy(noun if len(found.deed) > _LONGEST_DEED else f"{denied}{found.deed}的{noun}"), end


_LONGEST_DEED = 16


def _ended(name: str) -> str:
    """A name without the 任务 that was set or done: 2.4万贫困人口脱贫目标."""
    return _SET.sub("", name)


def begins(text: str, at: int) -> bool:
    """Whether a noun may begin at `at`."""
    match = _AFTER.match(text, at)
    return match is not None and not (_NO_NOUN.match(match[1]) and not _ALREADY.match(match[1]))


def served(name: str) -> str:
    """Those whom something is done for, of words that go on to the deed: 残疾人 of 残疾人提供服务."""
    if acts(name) and "的" in name:
        return name.rpartition("的")[2]
    for at in range(2, len(name) - 2):
        if acts(name[at:]):
            return said(name[:at])[0]
    return name


def _running(words: str) -> str:
    """The noun of words that run on into the next quantity: 钢铁企业 of 18家钢铁企业关停15家."""
    words = re.split(r"[、()]", words, maxsplit=1)[0]
    chain = lead(words)
    words = words[: chain.at]
    if told := _RUNS_INTO.search(words, 2):
        words = words[: told.start()]
    tail = ending(words)
    if chain.kind and tail and len(words) - len(tail) >= 2:
        words = words[: len(words) - len(tail)]
    words = words.removesuffix("中") if not words.endswith(("高中", "初中", "集中", "其中")) else words
    return tidy(words) if len(words) > 1 else ""


@lru_cache(16384)
def topic(piece: str) -> str:
    """What an earlier clause speaks of: the noun before its predicate, or the object of its deed."""
    body = unplaced(bare(piece))
    at, _ = deed(body)
    if at:
        noun = re.split(r"等(?=[一-鿿]{4})|、(?=[一-鿿]{6,}$)", tidy(body[at:]))[-1][-16:]
        return noun if len(noun) > 1 else ""
    found = _PREDICATED.search(body, 2)
    noun = tidy(body[: found.start()]) if found else tidy(body)
    return noun if 2 <= len(noun) <= 18 else ""


_REACHING = re.compile(r"(?<=[一-鿿]{2})(?:实现|保持|呈现|继续)$")


def told(piece: str) -> str:
    """The subject of a clause that has a predicate; empty where it has none or opens with a deed."""
    body = unplaced(bare(piece))
    if deed(body)[0]:
        return ""
    found = _GROWN.search(body, 2) or _CROWNED.search(body, 2)
    noun = _REACHING.sub("", tidy(body[: found.start()])) if found else ""
    return noun if 3 <= len(noun) <= 14 else ""


def field(piece: str) -> str:
    """What field a clause is about, that generic projects of the next belong to; empty where it does not tell."""
    name = topic(piece.removesuffix("方面"))
    told = piece.endswith("方面") or name.endswith(("产业", "集群", "行业", "领域", "战略", "建设", "改造", "治理"))
    return name if told and not _CLAUSAL.search(name) else ""


def preposed(name: str) -> bool:
    """Whether a phrase is led by a preposition and names nothing itself: 对长客等500户…"""
    return bool(_PREPOSED.match(name)) or name.endswith("等")


def generic(name: str) -> bool:
    """Whether a name fits anything: 项目, 工程."""
    return name in _GENERIC


def invested(text: str, at: int) -> str:
    """What money is spent on, told behind it: 投入资金162亿元,扎实推进“十大民生工程”."""
    match = _INVESTED.match(text, at)
    return tidy(match["what"]) if match else ""
