"""The words of a question that name what is asked."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval import tokens
from retrieval.lexicon import bigrams, indicators, sounds, units
from retrieval.lexicon.question_words import cues
from retrieval.query.asks import UNIT_WORD

__all__ = ["content", "joined"]

_LEFT = re.compile(r"[^\w一-鿿%“”‘’.&+-]+|_")
_BRACKETS = re.compile(rf"\([^()]{{0,24}}(?:报告|预计)[^()]{{0,12}}\)|\((?:单位[::]?)?[十百千万亿]*(?:{units.ASKED})\)")
# 全国 of 全国第几 is the field of a rank, not what is ranked.
_FIELD = re.compile(
    r"(?:全国|全省|全球|世界|全区|全市|全世界|[省区国]内|[省区]里)(?=[^,。?]{0,8}(?:第几|排第|位次|名次|排名|老几|几位|几成|几分之))(?:的?第(?=几))?|[居列]第(?=几)|"
    r"(?:在|从)(?:全国|全省|全球|世界)?\d+个[^,。?]{0,10}(?:中|里|当中)"
)
# 四个产业 behind their names only counts them.
_QUOTED = re.compile(r"“[^“”]{1,16}”")
_COUNT = re.compile(
    r"[两三四五六七八九十\d]+个(?:产业|行业|方面|领域|城市|地区|市|县|省|区)|(?<=[一-鿿])[两三四五六七八九十][类种项样](?:农产品|产品|作物|商品|指标|数据)?(?=[的各产]|$)"
)
# 哪几种作物: what is counted in names nothing.
_WHICH_FEW = re.compile(
    r"(?:哪几?|[这那]几)(?:种|个(?!人)|类|项|条|家(?!庭)|所|座|处|位|款|支|批|部)(?!关口|大关|台阶)(?=[一-鿿])"
)
# Things that one character names.
_NOUNS = frozenset("牛羊猪鱼虾茶粮棉煤桥路港河湖馆站厂树肉奶蛋菜果药糖酒")
# 超过10% is what a question takes for granted, not what it names.
_CLAIMED = re.compile(
    r"(?:首次)?(?:突破|超过|达到|冲破|跨过|不到|低于|高于)了?\d+(?:\.\d+)?(?:个?百分点|%|[十百千万亿]*(?:元|吨|斤|公里|人|亩|户|家|人次|美元)?)"
    r"(?=[,。?!吗了呢吧\s]|$)"
)
# 为什么把增速定在12%以上: a rate that a question states names nothing.
_STATED = re.compile(
    r"(?<![\d.])(?:[定设调降升提控稳][^,。?\d]{0,2}|[在成为到至是])\d+(?:\.\d+)?(?:%|‰|个?百分点)(?:以[上内下]|左右)?"
)
# 二级和好于二级的天数 are one thing.
_JOIN = re.compile(r"、|/|(?:以?及)?其中|以?及其|以及|还有|(?:和|与|及)(?![好优高低]于|其?以[上下])|跟")


_COUNTED_TWICE = re.compile(r"((?:多少|几)[个家所座条项]?[一-鿿]{2,6})的((?:多少|几)[个家所座条项])")


# 健全县乡… and 共有产权 hold these too: they are left out where they stand as words.
_WORDS = frozenset({"全州", "全县", "全盟", "全旗"})
_IN_ALL = re.compile(r"(?<!公)(?:一|总)?共(?:有|收)?(?:了)?(?=多少|几)|(?<![超通经不])过了?(?=多少|几)")
# What a question takes for granted, and does not ask about: 为什么能实现两位数增长.
_SUPPOSED = re.compile(r"(?<![没未不])(?:能|会)?(?:够|实现|保持)*两位数的?(?=增长|增速)")
_WHY = re.compile(r"为什么|为何|为啥|靠什么|怎么(?:会|能)")


@lru_cache(maxsize=1024)
def content(text: str) -> str:
    """What is left without question words and the units behind them, single spaces between."""
    bare = _BRACKETS.sub(lambda m: " " * len(m[0]), text)
    bare = _CLAIMED.sub(lambda m: " " * len(m[0]), bare)
    bare = _STATED.sub(lambda m: " " * len(m[0]), bare)
    bare = _COUNT.sub(lambda m: " " * len(m[0]), bare)
    bare = _FIELD.sub(lambda m: " " * len(m[0]), bare)
    bare = _WHICH_FEW.sub(lambda m: " " * len(m[0]), bare)
    bare = _IN_ALL.sub(lambda m: " " * len(m[0]), bare)
    if _WHY.search(bare) and "没" not in bare:
        bare = _SUPPOSED.sub(lambda m: " " * len(m[0]), bare)
    bare = UNIT_WORD.sub(lambda m: " " * len(m[0]), bare)
    out = list(bare)
    words = set(tokens.cut(bare))
    for cue in cues(bare):
        # A single character is a question word only where it is a word: 就 in 就业 and 查 in 调查 are not.
        alone = (cue.start, cue.end) in words and not _misspelt(bare, cue.start)
        if not cue.keep and (len(cue.word) > 1 or alone):
            out[cue.start : cue.end] = " " * (cue.end - cue.start)
    for start, end in words:
        if bare[start:end] in _WORDS:
            out[start:end] = " " * (end - start)
    kept = re.sub(r"\s+", " ", _LEFT.sub(" ", "".join(out))).strip()
    # A single character left between question words is a verb or a particle (做, 打, 把): it names nothing.
    return " ".join(word for word in kept.split() if len(word) > 1 or word.isascii() or word in _NOUNS)


def _misspelt(text: str, at: int) -> bool:
    """Whether a character and the next are a word typed by its sound: 就叶 for 就业."""
    pair = text[at : at + 2]
    if len(pair) < 2 or not all("一" <= c <= "鿿" for c in pair) or bigrams.share(pair):
        return False
    return any(other[0] == pair[0] and bigrams.share(other) >= _USUAL for other in sounds.homophones(pair))


# A pair that most reports use.
_USUAL = 0.5


def joined(text: str) -> list[str]:
    """The pieces of `text` between joins; 和 in 和谐 and 与 in 参与 join nothing."""
    # 多少个国家的多少个城市: two things are counted.
    text = _COUNTED_TWICE.sub(r"\1、\2", text)
    words = set(tokens.cut(text))
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    # 软件和信息服务业 is one name
    quoted += [(m.start, m.end) for m in indicators.mentions(text) if re.search(r"[和与及]", text[m.start : m.end])]
    found: list[str] = []
    at = 0
    for match in _JOIN.finditer(text):
        if any(start < match.start() < end for start, end in quoted):
            continue  # “关、转、搬” is one name
        if match[0] in "、/" or "其" in match[0] or match.span() in words:
            found.append(text[at : match.start()])
            at = match.end()
    return [*found, text[at:]]
