"""What the words of a clause before a quantity say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.figures.cues import VOID, Lead, deed, lead
from retrieval.figures.nouns import YEAR, bare, tidy, unplaced
from retrieval.figures.sharing import ending, known, split

__all__ = ["Clause", "read"]

_BASIS = re.compile(
    rf"(?:(?:同口径|按可比(?:价格?|口径)(?:计算)?|(?<!占)比(?!重|例|较|由|从)|较(?![好快大高强低为多少重长小]))[^,。;]{{0,16}}?"
    rf"(?:{YEAR}|年初|年底|年末|同期|平均|均值|水平|全国|全省|全市|全州|自治区|同类|增速|增幅|目标|预期|计划|预算|时期|期末|末|初|[一二三四]季度|月份?|上年度?|去年|前年|上届|之前|前|年|时限|十[一二三四五]?五[”\"]?|[“\"][七八九]五[”\"]?)(?:相比|的)?|[与同][^,。;]{{2,14}}相比)$"
)
_GOAL = re.compile(r"^(?:比|较|与|超(?!额)[过出]?|高[于出]|低于|优于|好于|快于|多于)[^,]*目标$")
_ABOVE, _BELOW = "超高优好快多", "低"
_FROM = re.compile(
    r"^(?P<of>.*?)(?:的?(?:排名|位次|名次))?(?:由|从)(?!业|事|严|来|属|此|于|贸)(?![^,]*(?:引进|招[聘募引]|选[派调拔]|抽调|安排|投入|筹集|吸引|争取|划拨|中))(?P<base>[^,]{0,18})$"
)
_SHARE = re.compile(r"^(?P<of>.*?)(?:约|仅)?占(?!比|地|有|用|补)到?(?P<whole>.+?)(?:的(?P<word>比重|比例|份额))?$")
_SHARE_IN = re.compile(r"^(?P<of>.*?)在(?P<whole>[^,]{2,16}?)中的?(?:所?占)?(?:的)?(?P<word>比重|比例|份额|占比)$")
_GAP = re.compile(r"^(?P<of>.*?)(?P<word>高于|低于|快于|慢于|优于|高出|超过|超出|多于|少于)(?P<than>[^,]{1,16})$")
_RANKED = re.compile(
    r"^(?P<of>.*?)(?:在)?(?:成为|稳居|位居|居于?|位列|列|排名|排|跃居|跃升至?|升至|升到|上升到|上升至|提升到|提升至|攀升至?|跻身|进入|名列|保持|降至|蝉联|冲刺|前移至|晋升至?|进位|入围)*(?:在|到|为)?"
    r"(?P<scope>(?:(?<!安)全[国省市区州球]|世界|长三角|珠三角|京津冀|大湾区|[东中西]部|[东西]北|(?:(?!位?居|[位名]列|排名?|跃|升至|进入|继|续|保持|稳)[^,、在]){2,8}(?:省会城市|地市|市州|城市|省份|省区市|省市|地级市|县市区?|主产省区?|主产区|试点|同类))[^,、]{0,6}|(?<!安)全[国省市区州][^,、]{2,10}榜)?(?:的|中|中的)?(?:排名?|位次|百强[县区市]?)?(?:有望|预计)?(?:为|由|从)?$"
)
_RATED = re.compile(r"增速|增幅|降幅|涨幅")
# Between the verb and the number: 提至每人每月…, 收窄至前三季度的…, 增加到“十二五”末的….
_BETWEEN = re.compile(
    r"(?:每(?:人|户|亩|生|月|年|天|吨|公斤|斤|立方米|千瓦时|度|头|只|平方米|名|家|村|标箱|个?[^,。;\d]{0,3})(?:每?(?:人|年|月|天|学年|生))?|“?十[一二三四五]?五”?期?末|"
    rf"{YEAR}\s?年(?:底|末)?|(?:前?[一二三四]+个?季度|上半年|下半年|年底|年末|去年|上年|今年|目前|现在)|近)?的?\s?$"
)
_CHANGED = re.compile(r"(?:净?减少|压减|压缩|削减|降低|下调|减排|核减|净?增加(?!值)|提高)(?=[一-鿿“])")
_CHANGED_ALONE = re.compile(r"(?:净?减少|压减|削减|净?增加|提高|扩大)")
# 巩固提高12个示范点, 不断改善141条河道水质: done to what stands behind, and no change by so many.
_BETTERED = re.compile(
    r"(?:不断|持续|进一步|逐步|继续|全面|着力|有效|切实|大力|重点|积极|稳步|加快)*(?:(?:巩固|改善|提升|提高|优化|完善|扩大|规范|整治)、?){2,}|"
    r"(?:不断|持续|进一步|逐步|继续|全面|着力|有效|切实|大力|重点|积极|稳步|加快)*(?:巩固|改善|提升|优化)|"
    r"(?:不断|持续|进一步|逐步|继续|全面|着力|有效|切实|稳步|稳定)+提高"
)
_EACH_TIME = re.compile(r"(?:平均|人均)?每(?:年|月|人|户|亩|生|名|头|只)(?:每?(?:人|年|月|天|学年|生))?\s?$")
# 是“十一五”时期的2倍
_TIMES = re.compile(r"^(?P<of>.*?)(?:是|为|相当于)(?P<base>[^,]{2,16}?)的?$")


# 跨上新台阶: a way of saying that something grew, not a name.
_STEPPED = re.compile(
    r"(?:连续|先后|再|又|首次|成功|每年|历史性)*(?:连)?(?:跨|迈|跃|登|站|冲|突破)[^,]{0,8}(?:台阶|大关|关口|门槛|新|亿|万)$"
)
_RANKING = re.compile(r"的?(?:排名|位次)$")
# Not begun again within its own fillers: a run of 共 would cost the cube of its length.
_ATTAINED = re.compile(
    r"(?P<of>[^,。;]{2,}?)(?<![后首初共要])(?<!全年|去年|今年|当年|累计|预计)(?:全年|去年|今年|当年|累计|预计|共|要)*+(?:完成|实现)(?P<what>(?!投资|任务)[一-鿿]{2,16})"
)
_IN_TURN = re.compile(r"(?<=[一-鿿]{2})(?:相继|先后|双双|纷纷)$")
_STRIVING = re.compile(r"(?:[奋全努尽]力|争取|力争|建议|计划|首次|提前|超额|预计|可)$")
_AHEAD = re.compile(r"提前\d+(?:年|个?月|天)")
# 两年平均增长5.7%
_STRETCH = re.compile(r"(?:近|这|过去|前)?[两二三四五六七八九十\d]{1,2}年(?:来|间|以来)?")
_PARTS_OF_YEAR = frozenset({"下半", "下半年", "上半", "后半年"})
_FIELD = re.compile(r"(?:城市|省份|省区市|地级市|县市区?|地市|市州|盟市|州市|县区|县|市)(?:中|里|之中)?的?")
_AMONG = re.compile(r"(?:排名|指标|项目|企业|行业|城市|试点|任务|工程|总量|总数|事项)中$")
_WITHIN = re.compile(
    r"在(?![建校读岗册职库营编外线产谈逃押])(?P<what>[^,在]{2,30}?)(?:(?<=评价|评估|考核|评比|评选|排名|比赛|大赛|赛事|竞赛|活动|工作|过程|行动|调查|验收|会议)中|期间|情况下)(?P<rest>[^,]*)$"
)
_AMONG_ALL = re.compile(r"在(?P<what>[^,在]{4,30})中$")
_FIELDS = re.compile(r"(?:城市|省份|省区市|市州|地市|县市区?|县区|盟市|州市|区县|县|市|省)$")
_EVERYWHERE = re.compile(r"在(?:全[国省市区县州球]|世界)(?:率先|首[先次批])?")
_EACH = "分别"
# What a list is numbered with: 九是为670名…
_COUNTING = "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩ ()0123456789"
_ADDING = ("新", "净")
_NOWHERE = frozenset(
    [
        "全国",
        "全省",
        "全市",
        "全县",
        "全区",
        "全州",
        "全盟",
        "我国",
        "我省",
        "我市",
        "我县",
        "我区",
        "我州",
        "我们",
        "各地",
        "各级",
    ]
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What the words before a quantity say.

    `name` is their noun, `verb` the deed that belongs to it, `dropped` that one stood there that does not. `role` is
    share, gap, rank, from, goal or plan where the words say so; `detail` what a share is of, a gap to or a starting
    point; `basis` what it is compared with, `per` a 每人每月, `sign` that of 减少贫困人口…; `each` what is
    said of every name of a list (A、B分别完成投资…).
    """

    name: str
    verb: str
    lead: Lead
    role: str = ""
    detail: str = ""
    basis: str = ""
    scope: str = ""
    dropped: bool = False
    sign: int = 0
    per: str = ""
    each: str = ""


@lru_cache(16384)
def read(near: str, *, rank: bool = False, times: bool = False, counts: bool = False) -> Clause:
    """The clause that ends right before a quantity; `rank`: it is one, `times`: it is in 倍, `counts`: what it counts
    stands behind it."""
    if near.endswith("的") and (plan := _PLANNED.search(near)):
        return _of_plan(read(f"{near[: plan.start()]}{plan['each'] or ''}达到"), plan["done"] + plan["whole"])
    if counts and (clause := _deed_alone(bare(near.strip()))):
        return clause
    basis = ""
    if times and (match := _TIMES.match(_off(near))):
        chain, body, per = _chain(match["of"])
        basis, chain = match["base"], replace(chain, kind="is")
    else:
        chain, body, per = _chain(near)
    if near.rstrip().endswith("目标") and _GOAL.match(bare(near.strip())):
        if (front := bare(near.strip())[0]) in _ABOVE + _BELOW:
            chain = replace(chain, kind="gap", sign=-1 if front in _BELOW else 1)
        return Clause("", "", chain, "goal", bare(near.strip()))
    if match := _BASIS.search(body):
        basis, body = match[0], body[: match.start()]
        inner = lead(body)
        body, chain = body[: inner.at], _with(chain, inner)
    match, role, detail, scope = _role(body, rank=rank)
    if role == "gap":
        chain = replace(chain, kind="gap", sign=-1 if detail[0] in "低慢少" else 1, rate=0)
    if match and role:
        inner = lead(match["of"])
        body = match["of"][: inner.at]
        chain = _with(chain, inner if role in ("from", "rank") else replace(inner, rate=0))
        if rank and body and body.isascii():
            body += "排名"
        if rank and (rated := _RATED.search(inner.words + chain.words)):
            body += rated[0]
    if rank and _FIELD.fullmatch(body):
        body = ""  # 在全国337个城市中排名第12
    if not role and not counts and (dealt := _dealt(body, chain, per)):
        return dealt
    return _noun(bare(unplaced(bare(body))), Clause("", "", chain, role, detail, basis, scope, per=per))


_PLANNED = re.compile(
    r"(?P<each>分别)?(?:预计)?(?P<done>(?:超额)?完成)了?(?P<whole>(?:全?年度?|省定|省下达|省政府下达|预期|总)*(?:计划|目标任务|目标|任务|预算)数?)的$"
)


def _of_plan(clause: Clause, whole: str) -> Clause:
    """新增就业完成年计划的112%: how much of a plan was done, which is no amount of what was planned."""
    return replace(clause, role="plan", detail=f"{whole}比例")


def _named(scope: str) -> bool:
    """Whether what looks like the field of a rank is what is ranked: 全省空气质量第一."""
    name = unplaced(scope)
    return name != scope and bool(ending(name)) and not name.endswith(("排名", "位次"))


def _role(body: str, *, rank: bool) -> tuple[re.Match[str] | None, str, str, str]:
    """What the words before a quantity make of it: how they were read, the role, its detail and the scope of a rank."""
    if match := _FROM.match(body):
        return match, "from", match["base"], ""
    if rank and (match := _RANKED.match(body)) and not (match.end("of") == 0 and _named(match["scope"] or "")):
        return match, "rank", "", _RANKING.sub("", match["scope"] or "")
    if "在" in body and (match := _SHARE_IN.match(body)):
        return match, "share", f"{match['whole']}的比重", ""
    if (match := _SHARE.match(body)) and not match["whole"].startswith(("用", "有", "补", "地面")):
        return match, "share", match["whole"] + (f"的{match['word']}" if match["word"] else ""), ""
    if match := _GAP.match(body):
        return match, "gap", match["word"] + match["than"], ""
    return None, "", "", ""


def _dealt(body: str, chain: Lead, per: str) -> Clause | None:
    """A、B分别完成投资…: the clause of a list whose deed and noun stand behind 分别."""
    front, word, rest = body.rpartition(_EACH)
    if not word or not rest:
        return None
    at, verb = deed(rest)
    noun = tidy(rest[at:])
    if not front and not at:
        return None
    if not front and len(split(noun)) > 1:
        return _noun(rest, Clause("", "", replace(chain, share=True), per=per))
    compared = _BASIS.search(front)
    front = front[: compared.start()] if compared else front
    whole = _noun(unplaced(bare(front)), Clause("", "", replace(chain, share=True), per=per))
    if whole.verb or whole.dropped:
        return None
    added = verb.startswith(_ADDING)
    return replace(whole, verb=verb if added else "", each=("" if added else verb) + noun.removesuffix("年度"))


def _deed_alone(body: str) -> Clause | None:
    """The clause that is a deed and nothing else, done to what stands behind the quantity."""
    if _BETTERED.fullmatch(body):
        return Clause("", "", Lead(0, ""), dropped=True)
    if _CHANGED_ALONE.fullmatch(body):
        return Clause("", "", Lead(0, ""), dropped=True, sign=-1 if body[-1] in "少降减低" else 0)
    at, verb = deed(body)
    return Clause("", verb, Lead(0, ""), dropped=not verb) if body and at == len(body) else None


def _off(near: str) -> str:
    """The words before 2倍 without an adverb right before it: 是前五年的近."""
    return re.sub(r"(?:近|约|超过?|逾)\s*$", "", near.strip())


def _chain(near: str) -> tuple[Lead, str, str]:
    """The cue words before a quantity, what is left before them, and a 每… between."""
    changed = lead(near)
    if changed.kind == "change":
        # 每人每年增加120元: the change stands behind what it is paid for.
        each = _EACH_TIME.search(near, 0, changed.at)
        return changed, bare(near[: each.start() if each else changed.at]), each[0].strip() if each else ""
    between = _BETWEEN.search(near)
    shown = near[: between.start()] if between and not near.endswith(("目标", "年均")) else near
    per = between[0].strip("的 ") if between and between[0].startswith("每") else ""
    chain = lead(shown)
    if not chain.words and not per:
        chain, shown = lead(near), near
    return chain, bare(shown[: chain.at]), per


def _with(chain: Lead, inner: Lead) -> Lead:
    """A chain with what cue words deeper in the clause add."""
    if not (inner.rate or inner.share or inner.every):
        return chain
    return replace(
        chain, rate=chain.rate or inner.rate, share=chain.share or inner.share, every=chain.every or inner.every
    )


def _attained(noun: str) -> str:
    """服务业实现增加值 is the 服务业增加值."""
    match = _ATTAINED.fullmatch(noun)
    if match is None:
        return noun
    if _STRIVING.search(match["of"]):
        return match["what"]
    whole = match["of"] + match["what"]
    return whole if known(whole) or known(match["what"]) or ending(match["what"]) == match["what"] else noun


def _out_of(body: str, role: str) -> str:
    """What is left of 在各类比赛中获金牌 without where that was; of a rank in an assessment, what was assessed."""
    match = _WITHIN.match(body) or (_AMONG_ALL.match(body) if role == "rank" else None)
    if match is None or (role != "rank" and not match["rest"]):
        return "" if _EVERYWHERE.fullmatch(body) else body
    rest = bare(match.groupdict().get("rest", ""))
    return rest or ("" if _FIELDS.search(match["what"]) else unplaced(bare(match["what"])))


def _last_told(body: str) -> str:
    """The last of clauses that 、 joins: 用水量 of 能耗水平全国领先、用水量."""
    front, joint, last = body.rpartition("、")
    if not joint or len(front) < _CLAUSE:
        return body
    at, verb = deed(last)
    begun = bool(verb) and at < len(last) and not deed(front)[1] and verb.startswith(_ADDING)
    return last if begun or (_TOLD.search(front) and ending(last)) else body


_CLAUSE = 6  # characters of the shortest clause
_TOLD = re.compile(
    r"领先$|首位$|第一$|(?<!实现)全覆盖$|(?:增长|下降|提高|上升|突破|完成|落地|见效|快速发展)$|获[^、]*奖|获批|入选|新高$"
)


def _noun(body: str, clause: Clause) -> Clause:
    """The deed and the noun of what is left."""
    sign = 0
    if match := _CHANGED.match(body):
        sign = 1 if match[0][-1] in "加高" else -1
        body = body[match.end() :]
    if "、" in body and (last := body.rpartition("、")[2]) and deed(last)[0] == len(last):
        body = last  # 200个租赁点、投放5000辆: the deed begins anew
    body = _out_of(body, clause.role)
    if not (clause.lead.share or clause.lead.every):
        body = _last_told(body)
    at, verb = deed(body)
    noun = _attained(unplaced(tidy(body[at:])))
    if noun in ("占", "约占", "仅占"):
        noun = "占比"
    if _STEPPED.match(noun) or noun in _PARTS_OF_YEAR:
        noun = ""
    noun = _IN_TURN.sub("", noun.removesuffix("中") if _AMONG.search(noun) else noun)
    noun = (
        ""
        if noun in _NOWHERE
        or _AHEAD.fullmatch(noun)
        or _STRETCH.fullmatch(noun)
        or noun in ("年", "月", "日", "人均", "户均", "每人", "自")
        or noun in VOID
        or not noun.strip(_COUNTING)
        else noun
    )
    if noun in ("总额", "总数") and not verb:
        noun = ""
    if noun and not verb and at and ending(body) == body:
        noun, at = body, 0
    return Clause(
        noun, verb, clause.lead, clause.role, clause.detail, clause.basis, clause.scope,
        at > 0 and not verb, sign, clause.per,
    )  # fmt: skip
