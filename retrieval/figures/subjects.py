"""What a quantity is of: the words before it in its clause, or the noun behind its classifier."""

from __future__ import annotations

import re

__all__ = ["after", "before", "distribute", "lead"]

_PERIOD = (
    r"(?:(?:19|20)\d\d年?(?:以来)?|今年|去年|全年|上年|年内|当年|五年来?|一年来|三年来?|过去[一二三四五]年|截至|年底|年末|目前|预计|预期|其中|"
    r"“?十[一二三四五]五”?(?:时期|期间|末)?|到|全市|全省|全县|全区|我市|我省|我县|我区|同时|并|还|共|累计|总计|合计|主要预期目标是:?|力争|确保|努力|实现了?(?=.{2}))"
)
_HEAD = re.compile(rf"^(?:[\s,、;:和与及的“”]|{_PERIOD})+")
_VERBS = (
    r"同比|环比|比上年|较上年|比去年|年均|平均|累计|预计|力争|确保|分别|均|各|再|已|仅|了|到|至|为|是|占|在|列|居|位居|排名|名列|首次|约|近|超过|超|逾|"
    r"增长|增加|提高|上升|上涨|提升|攀升|跃升|扩大|增幅|增速(?=达)|增至|达到|达|突破|完成|实现|净增|超额|下降|降低|减少|回落|下跌|下滑|缩短|压减|压缩|"
    r"控制|稳定|保持|高于|低于|快于|不低于|不超过|不少于|以|过|接近|将近|大约|迈上|翻|达成|负|降|减|获|由|从|的"
)
_TAIL = re.compile(rf"(?:{_VERBS}|[\s,、:和与及])+$")
_LEADING_DEED = re.compile(
    r"^(?:新增|净增|新建|改造|建成|建设|完成|实现|实施|新认定|培育|引进|争取|投入|发放|举办|开展|组织|盘活|组建|选派|消化|处置|推动|拉动|转化|入选|打造|"
    r"获批|认定|签约|落地|开工|投产|改扩建|创建|扶持|发展|改造升级|办理|化解|整治|修复|治理|帮助|解决|带动|吸纳|培训|招引|新引进|储备|谋划|获得)+"
)


def lead(text: str) -> str:
    """The verbs right before a quantity."""
    match = _TAIL.search(text)
    return match[0] if match else ""


def before(text: str) -> str:
    """The subject in the words before a quantity: cues at both ends taken off."""
    last = None
    while last != text:
        last = text
        text = _HEAD.sub("", text)
        text = _TAIL.sub("", text)
    return text.strip("“”\"") if text.count("“") != text.count("”") else text


def after(text: str) -> str:
    """The noun behind a classifier: up to a stop, a verb or the next quantity."""
    match = re.match(r"\s*(?:以上|左右|以内)?的?\s*([^,。;、:!?\d()]{2,24})", text)
    if not match:
        return ""
    noun = re.split(r"和(?=\d)|与(?=\d)|(?:全部|顺利|开工|建成|发展|实现|落户|投产|正式|加快|得到|通过|相继|在全省)", match[1])[0]
    return noun.strip()


def bare(subject: str) -> str:
    """A subject without the deed before it; empty where it is a deed alone."""
    return _LEADING_DEED.sub("", subject)


def distribute(subject: str, count: int) -> list[str] | None:
    """The `count` subjects of a 分别, their shared ending put to each; None where they cannot be told apart."""
    urban = re.match(r"^(.*?)城乡(居民.*)$", subject)
    if urban and count == 2:
        return [f"{urban[1]}城镇{urban[2]}", f"{urban[1]}农村{urban[2]}"]
    parts = [p for p in re.split(r"[、,]|(?<!共)和|与|及", subject) if p]
    if len(parts) != count:
        return None
    ending = re.search(
        r"(?:累计)?(?:增加值|总产值|产值|产量|总产量|收入|支出|余额|投资|总额|里程|人数|项目|覆盖率|参保率|使用量|处理率|入学率|深加工率|面积|贷款|存款|规模)$", parts[-1]
    )
    if ending:
        parts = [p if p.endswith(ending[0]) or re.search(r"(?:额|率|量|值|入|出|资|数)$", p) else p + ending[0] for p in parts]
    return parts
