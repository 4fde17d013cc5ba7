"""The words right before a quantity: what they say of it, and what is left when they are taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["Lead", "deed", "heads", "lead"]


@dataclass(frozen=True, slots=True)
class Lead:
    """The chain of cue words a clause ends in: `at` is where it begins. `kind` and `sign` are those of the word that
    tells how the quantity is meant (see figure_cues.tsv), `rate` the sign of a 增速 or 降幅 in the chain."""

    at: int
    words: str
    kind: str = ""
    sign: int = 0
    rate: int = 0
    share: bool = False  # 分别, 依次
    every: bool = False  # 各, 均, 双双


def _cues() -> Mapping[str, tuple[str, int]]:
    known = {word: (kind, int(sign)) for _, (word, kind, sign) in rows("figure_cues.tsv", ("word", "kind", "sign"))}
    for word, (kind, sign) in list(known.items()):
        if kind == "change" and len(word) > 1:
            known |= {word + to: ("to", sign) for to in ("到", "至", "为") if word + to not in known}
    return known


_CUES = _cues()
_LONGEST = max(map(len, _CUES))
_ASIDE = frozenset(" \t\u3000、,:和与及")
# What ends in a cue word and is a noun none the less.
_NOUNS = frozenset(
    "产能 功能 性能 技能 效能 节能 动能 新能 智能 储能 只能 才能 下达 到达 传达 转达 发达 通达 直达 送达 雷达 加快 较快 更快 尽快 参加 超高 新高 户均 亩均 地均 单位 收入水平 最低 最高 中低 高低 大多 许多 众多 新增 优质高 海上 网上 线上 陆上 以为 作为 成为 行为 认为 人为 较高 较低 更高 更低 负担 排位 总量 总数 存量 增量 森林覆盖 通过 经过 难过 越过 度过 一线 拥有 所有 还有 国有 含有 自有 占有 持有 没有 具有 享有 共有 特有 民营 登高 拔高 攀高 创新高 全年 今年 当年 历年 去年 上年 常年 青年 少年 成年 老年 中年 近年 同年 逐年 连年 翻年".split()
)
_JOINED = frozenset(("惠及", "涉及", "普及", "参与", "总和", "缓和"))
# Nouns that begin like a deed.
_COMPOUNDS = (
    "建设用地", "建设项目", "建设投资", "建设资金", "建设规模", "发展项目", "推广面积", "种植面积", "种植业", "培训人数", "接待人数", "覆盖率", "覆盖面", "覆盖范围",
    "治理率", "改造率", "化解率", "办结率", "落实率", "落地率", "开工率", "竣工率", "投产率", "达产率", "签约额", "入选率", "发展速度", "投入强度", "安置房", "安置住房", "安置区",
    "出口额", "出口总", "出口商品", "出口交货", "出口产品", "进口额", "进口总", "进口商品", "销售收入", "销售额", "销售量", "销售面积", "生产总值", "生产性", "生产能力", "生产安全", "生产企业", "生产力", "服务业", "服务贸易",
    "服务中心", "服务站", "服务平台", "组织部", "引进项目数", "处置率", "储备粮", "储备项目", "实施方案", "支持政策", "补贴资金", "补助资金", "补助标准", "奖励资金", "转移支付", "转移就业", "转化率", "救助标准", "培育期", "创新平台",
    "创新型", "创新中心", "创新能力", "科学", "合理用药", "重点", "精准扶贫", "精准脱贫", "全面小康", "全部", "共青", "共享", "共建", "共同",
)  # fmt: skip
# Deeds after which two characters are a whole name.
_PURE = frozenset(
    "完成 实施 实现 推进 推动 开展 举办 组织 落实 谋划 储备 投入 争取 发放 达到 做好 抓好 建设 打造 培育".split()
)


def lead(text: str) -> Lead:
    """The cue words at the end of `text`."""
    at = len(text)
    kind, sign, rate = "", 0, 0
    share = every = False
    while at > 0:
        if text[at - 1] in _ASIDE and text[at - 2 : at] not in _JOINED:
            at -= 1
            continue
        word = _last(text, at)
        if not word:
            break
        what, signed = _CUES[word]
        if what in ("change", "to", "is", "hold", "gap"):
            kind, sign = _joined(kind, sign, what, signed)
        elif what == "rate":
            rate = rate or signed
        share = share or word in ("分别", "依次")
        every = every or word in ("各", "均", "双双", "都")
        at -= len(word)
    return Lead(at, text[at:], kind, sign, rate, share, every)


def _last(text: str, at: int) -> str:
    """The longest cue word that ends at `at`."""
    for length in range(min(_LONGEST, at), 0, -1):
        word = text[at - length : at]
        if word in _CUES:
            if length < at and (text[max(0, at - length - 1) : at] in _NOUNS or text[max(0, at - 3) : at] in _NOUNS):
                return ""
            if word == "增长率" and text.endswith("自然增长率", 0, at):
                return ""
            return "" if word == "年" and text[at - 2 : at - 1] in "0123456789一二三四五六七八九十" else word
    return ""


def _joined(kind: str, sign: int, earlier: str, signed: int) -> tuple[str, int]:
    """Put a word before a chain already read: 增长 before 到 makes it up to what (增长到), 超 after 增长 leaves it a growth."""
    if not kind:
        return earlier, signed
    if earlier == "change":
        if kind == "to":
            return "to", sign or signed
        if kind == "is":
            return "change", signed
        return kind, sign
    if earlier == "hold" or kind in ("change", "to", "gap"):
        return kind, sign
    return (earlier, signed) if kind == "is" else (kind, sign)


@cache
def _deeds() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    table = {word: name for _, (word, name) in rows("figure_deeds.tsv", ("word", "name"))}
    words = sorted(table, key=len, reverse=True)
    kept, adverbs = (frozenset(word for word, name in table.items() if name == what) for what in ("keep", "adverb"))
    return re.compile("|".join(words)), kept, adverbs


def deed(text: str) -> tuple[int, str]:
    """Where the deeds a clause opens with end, and those of them that belong to the name."""
    pattern, kept, adverbs = _deeds()
    at, keep = 0, ""
    while match := pattern.match(text, at):
        if text.startswith(_COMPOUNDS, at):
            break
        if match[0] in adverbs and match.end() < len(text) and not pattern.match(text, match.end()):
            break
        if at and len(text) - match.end() in (1, 2) and match[0] not in kept and match[0] not in _PURE:
            break
        if match[0] in kept:
            keep += match[0]
        at = match.end()
        if text[at : at + 1] in "、和并了" and pattern.match(text, at + 1) and at < len(text):
            if keep and text[at] == "、":
                keep += "、"
            at += 1
        elif text[at : at + 1] == "了" or (text[at : at + 1] == "到" and match[0] in ("争取", "引进", "吸引")):
            at += 1
    return at, keep.strip("、")


@cache
def heads() -> Mapping[str, str]:
    """What indicators' names end in, with whose name they need before them."""
    return {head: owner for _, (head, owner) in rows("figure_heads.tsv", ("head", "owner"))}
