"""What a quantity is of: the noun before it in its clause, or the one behind its classifier."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.figures.cues import Lead, deed, lead
from retrieval.figures.sharing import ending

__all__ = ["Clause", "after", "read", "tidy", "topic"]

_YEAR = r"(?:19|20)\d\d"
_HEAD = re.compile(
    rf"^(?:[\s,、;:和与及的”’·*—-]+|{_YEAR}\s?年?(?:底|末|初)?(?:以来)?|到?{_YEAR}\s?年|今年|去年|上年|全年|明年|年内|当年|年底|年末|近年来|五年来?|一年来|[二三四]年来|过去[一二三四]年|"
    r"截至[^,]{0,8}(?:底|末|日|前)?|目前|预计|预期|其中|“?十[一二三四五]五”?(?:时期|期间|末|规划)?|同时|并且?|还|也|又|共计?|总计|合计|主要预期目标是|力争|确保|努力|"
    r"将(?=[一-鿿]{3})|把(?=[一-鿿]{3})|仅|约|今后五年|未来五年|先后|连续|特别是|尤其是|即|是|由于|通过|使|让|"
    r"按(?:可比|现行|不变)[^,]{0,8}?(?:计算|口径|价格?|格)|同口径|可比口径|扣除[^,]{0,8}因素后?|剔除[^,]{0,14}因素后?)"
)
_PLACE = re.compile(
    r"^(?:全[国省市区县州盟旗]|我[国省市区县州盟])(?=完成|实现|共|新|累计|建|实施|接待|引进|城镇登记|组织|开展|已|各级|有|预计|办|的)"
)
_WIDE = re.compile(r"^(?:全[国省市区县州盟旗]|我[国省市区县州盟])(?=[一-鿿“A-Z]{2})(?!性|域|内外|委|级|均|[办运长营])")
_BASIS = re.compile(
    r"(?:同口径|按可比(?:价格?|口径)(?:计算)?|比|较|与|同)(?P<of>[^,。;]{0,16}?(?:(?:19|20)\d\d|年初|年底|年末|同期|平均|均值|水平|全国|全省|目标|预算|时期|期末|末|初|[一二三四]季度|月份?|上年|去年|前年|上届|之前|前|年))(?:相比|的)?$"
)
_FROM = re.compile(r"^(?P<of>.*?)(?:由|从)(?P<base>[^,]{0,18})$")
_SHARE = re.compile(r"^(?P<of>.*?)(?:占|占到|约占|仅占)(?P<whole>.+?)(?:的(?P<word>比重|比例|份额))?$")
_GAP = re.compile(r"^(?P<of>.*?)(?P<word>高于|低于|快于|慢于|优于|高出|超过|超出|多于|少于)(?P<than>[^,]{1,16})$")
_RANKED = re.compile(
    r"^(?P<of>.*?)(?:在)?(?P<word>稳居|位居|居于?|位列|列|排名|排|跃居|跃升至?|升至|升到|上升到|上升至|提升到|提升至|攀升至?|跻身|进入|名列|保持|降至|蝉联|冲刺|前移至|晋升至?)*(?:在|到|为)?"
    r"(?P<scope>(?:全[国省市区州球]|世界|[^,、]{0,8}(?:省会城市|地市|市州|城市|省份|省区市|省市|地级市|县市区?|试点|同类))[^,、]{0,6})?(?:的|中|中的)?(?:排名|位次|百强[县区市]?)?(?:为|由|从)?$"
)
_PREPOSED = re.compile(r"^(?:对|向|为|在|将|把|给|围绕|按照?|以|从|由|让|使|对于|面向)")
_PREDICATE = re.compile(
    r"实现|完成|全部|顺利|如期|正式|加快|相继|通过|获得|获评|荣获|获|被|脱贫|退出|出列|摘帽|入住|竣工|开工|投产|建成|投用|落户|达到|入选|创业就业|增收|(?<!沟)(?<!交)(?<!流)通(?=[了油硬二一三]|客|车|水|电)|"
    r"纳入|启动|上线|提前|得到|进入|发展|迁入|受益|签约|落地|挂牌|入驻|有序|扎实|务实|稳步|成功|开展|持续|水质达"
)
_ADVERB = re.compile(r"^(?:实现了?|全部|顺利|如期|正式|加快|相继|成功|提前|有序|扎实|得到)+")
_NOMINAL = re.compile(r"^(?:脱贫|出列|摘帽|改造|建设|整治|退出|搬迁|创建|建成|投产|开工|竣工|治理)$")
_AFTER = re.compile(r"(?:的)?([一-鿿“”‘’A-Za-z·、()\-+]{2,48})")
_AFTER_STOP = re.compile(r"[和与及](?=$)|、$")
_NO_NOUN = re.compile(
    r"^(?:以|的|和|与|及|、|左右|以上|以内|为|在|是|等|均|各|分别|同比|比|较|增|减|下|上升|上涨|提|占|居|列|位居|其中|并|且|大关|台阶|目标|任务|关口|还|已|也|达|有|用于|的基础)"
)
_PREDICATED = re.compile(
    r"持续|不断|稳步|快速|加快|进一步|显著|明显|全面|有效|扎实|深入|更加|蓬勃|成功|实现|集中|平稳|较快|迅速|大幅|逐步|日益|再|继续|发展|突出|良好|有力|取得|完成|达|被|已|总体|保持|获(?!得感)|从|在(?!校|建)|走|跑|突破|喜|稳中|有序|增长|提升|迈|步伐|成效|方面"
)


# Between the verb and the number: 提至每人每月…, 收窄至前三季度的…, 增加到“十二五”末的….
_BETWEEN = re.compile(
    rf"(?:每(?:人|户|亩|生|月|年|天|吨|公斤|斤|立方米|千瓦时|度|头|只|平方米|名|家|村|标箱|个?[^,。;\d]{{0,3}})(?:每?(?:人|年|月|天|学年|生))?|“?十[一二三四五]?五”?期?末|{_YEAR}\s?年(?:底|末)?|"
    r"(?:前?[一二三四]+个?季度|上半年|下半年|年底|年末|去年|上年|今年|目前|现在)|近)?的?\s?$"
)
_CHANGED = re.compile(r"^(?:净?减少|压减|削减|降低|下调|减排|核减|净?增加|提高)(?=[一-鿿“])")


@dataclass(frozen=True, slots=True)
class Clause:
    """What the words before a quantity say. `name` is their noun, `verb` the deed that belongs to it, `bare` that there
    is no noun; `role` is share, gap, rank or from where the words say so; `detail` what a share is of, a gap to or a
    starting point; `basis` what it is compared with."""

    name: str
    verb: str
    lead: Lead
    role: str = ""
    detail: str = ""
    basis: str = ""
    scope: str = ""
    dropped: bool = False  # a deed stood there that is not part of the name
    sign: int = 0  # of a change verb that governs the name: 减少贫困人口…
    per: str = ""  # 每人每月


def _head(text: str) -> str:
    """`text` without the adverbs it opens with."""
    while match := _HEAD.match(text):
        if match.end() == 0:
            break
        text = text[match.end() :]
    if match := _PLACE.match(text):
        return _head(text[match.end() :])
    return text


def tidy(name: str) -> str:
    """A name without stray marks at its ends."""
    name = name.strip(" ,、;:.·*—-\t\u3000")
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    return name.removeprefix("的").removesuffix("的")


def read(near: str, *, rank: bool = False) -> Clause:
    """What the words of a clause before a quantity say."""
    between = _BETWEEN.search(near)
    per = between[0].strip("的 ") if between and between[0].startswith("每") else ""
    shown = near[: between.start()] if between and not near.endswith(("目标", "年均")) else near
    chain = lead(shown)
    if not chain.words and not per:
        chain = lead(near)
        shown = near
    body = _head(shown[: chain.at])
    basis = ""
    if match := _BASIS.search(body):
        basis = match[0]
        body = body[: match.start()]
        inner = lead(body)
        body = body[: inner.at]
        chain = Lead(
            chain.at,
            chain.words,
            chain.kind,
            chain.sign,
            chain.rate or inner.rate,
            chain.share or inner.share,
            chain.every or inner.every,
        )
    role = detail = scope = ""
    if rank and (match := _RANKED.match(body)):
        scope = match["scope"] or ""
        inner = lead(match["of"])
        body = match["of"][: inner.at]
        chain = Lead(
            chain.at,
            chain.words,
            chain.kind,
            chain.sign,
            chain.rate,
            chain.share or inner.share,
            chain.every or inner.every,
        )
        role = "rank"
    elif match := _FROM.match(body):
        inner = lead(match["of"])
        body, role, detail = match["of"][: inner.at], "from", match["base"]
        chain = Lead(
            chain.at,
            chain.words,
            chain.kind,
            chain.sign,
            chain.rate or inner.rate,
            chain.share or inner.share,
            chain.every or inner.every,
        )
    elif (match := _SHARE.match(body)) and not match["whole"].startswith(("用", "有", "补", "地面")):
        inner = lead(match["of"])
        body, role, detail = match["of"][: inner.at], "share", match["whole"]
        chain = Lead(
            chain.at,
            chain.words,
            chain.kind,
            chain.sign,
            chain.rate,
            chain.share or inner.share,
            chain.every or inner.every,
        )
    elif match := _GAP.match(body):
        inner = lead(match["of"])
        sign = -1 if match["word"][0] in "低慢少" else 1
        body, role, detail = match["of"][: inner.at], "gap", match["word"] + match["than"]
        chain = Lead(chain.at, chain.words, "gap", sign, 0, chain.share or inner.share, chain.every or inner.every)
    body = _WIDE.sub("", _head(body))
    sign = 0
    if match := _CHANGED.match(body):
        sign = 1 if match[0][-1] in "加高" else -1
        body = body[match.end() :]
    at, verb = deed(body)
    if at and (at == len(body) or not ending(body) or len(body) - at >= 2):
        noun = body[at:]
    else:
        noun, verb, at = body, "", 0
    noun = _WIDE.sub("", tidy(noun))
    if noun in ("总额", "总数") and not verb:
        noun = ""
    return Clause(noun, verb, chain, role, detail, basis, scope, at > 0 and not verb, sign, per)


def after(text: str, at: int, stop: int, *, verb: bool) -> tuple[str, int]:
    """The noun behind a classifier at `at`, made of its predicate too (通油路的乡镇), and where it ends; empty where there
    is none. `verb`: a deed before the quantity governs it."""
    match = _AFTER.match(text, at, stop)
    if match is None or _NO_NOUN.match(match[1]):
        return "", at
    words, end = match[1], match.end()
    running = end == stop and stop < len(text)
    if running:
        trimmed = re.sub(r"(?:[、和与及]|以及)$", "", words)
        if trimmed == words:
            inner = lead(words)
            words = words[: inner.at]
            predicate = re.search(r"关停|投资|新增|完成|建成|改造|中有|开工|补助|奖补|资助", words)
            return (tidy(words[: predicate.start()] if predicate and predicate.start() >= 2 else words), at)
        end -= len(words) - len(trimmed)
        words = trimmed
    if words.endswith(("等", "等等")):
        words = words.rstrip("等")
    found = _PREDICATE.search(words, 2)
    if found is None:
        return tidy(words), end
    noun, said = words[: found.start()], words[found.start() :]
    said = _ADVERB.sub("", said)
    if not said or len(noun) < 2:
        return tidy(noun if len(noun) >= 2 else words), end
    if verb and (_NOMINAL.match(said) or not _ADVERB.match(words[found.start() :])):
        return tidy(noun + said), end
    if len(said) > 16:
        return tidy(noun), end
    return tidy(f"{said}的{noun}"), end


def topic(piece: str) -> str:
    """What an earlier clause speaks of: the noun before its predicate, or the object of its deed."""
    body = _head(piece)
    at, _ = deed(body)
    if at:
        return tidy(body[at:])[:16]
    found = _PREDICATED.search(body, 2)
    noun = tidy(body[: found.start()]) if found else tidy(body)
    return noun if 2 <= len(noun) <= 18 else ""


def preposed(name: str) -> bool:
    """Whether a phrase is led by a preposition and names nothing itself: 对长客等500户…"""
    return bool(_PREPOSED.match(name)) or name.endswith("等")
