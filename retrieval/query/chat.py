"""Greetings and questions about the bot itself: no report answers them, a person would not say nothing either."""

from __future__ import annotations

import re

__all__ = ["chat"]

# What people ask a bot that reads no reports; words that reports use as well (重污染天气, 上市公司股票) stay questions.
_WEATHER = (
    r"^[^,。?]{0,10}?(?:今天|明天|后天|昨天|今晚|现在|这周|下周|周末)[^,。?]{0,8}天气(?:预报)?(?:怎么?样|如何|好吗|好不好)?[呢啊呀]?[\s?。!]*$"
    r"|^[^,。?\d]{0,10}天气(?:预报)?(?:怎么?样|如何|好吗|好不好)[呢啊呀]?[\s?。!]*$|^[^,。?]{0,6}(?<!污染)(?<!极端)(?<!恶劣)(?<!灾害)(?<!灾害性)(?<!性)天气(?:预报)?[\s?]*$"
    r"|^[^,。?]{0,8}(?:今天|明天|后天|周末)[^,。?]{0,4}(?:会下雨|下不下雨|会下雪|冷不冷|热不热)吗?[\s?]*$"
)
_MARKETS = (
    r"股价|(?:买|炒|推荐)[^,。?]{0,6}(?:股票|基金)|(?:股票|股市|大盘|基金)[^,。?]{0,6}(?:会?涨|会?跌|怎么?样|行情|能买|值得买)|彩票"
    r"|(?:今天|现在|当前|最新|实时)[^,。?]{0,12}汇率|汇率(?:今天|现在|最新)?(?:是?多少|怎么?样)|[一1]美元(?:等于|兑换?|换)"
)
_WRITING = (
    r"(?:帮|给|替)(?:我|忙)?[^,。?]{0,4}写一?[首篇段]|^写一?[首篇段]|作诗|讲个?笑话|推荐一?[部本首](?:电影|书|小说|歌|电视剧)"
    r"|(?:帮我|请)翻译|^翻译|翻译(?:成|一下)|几点了|星座(?:运势)?(?:怎么样|如何)|^[^,。?]{0,4}座(?:今[天日])?运势"
)
# A sum, and nothing else.
_SUM = r"^[\d\s+\-*/×÷=().]*\d\s*[+\-*/×÷]\s*[\d\s+\-*/×÷=().]+(?:等于几|等于多少|是多少|=)?[\s?]*$"

_KINDS = (
    (
        "hello",
        re.compile(r"^(你好|您好|hi|hello|hey|嗨|哈喽|早上好|下午好|晚上好|在吗|在么)[\s!。~.,]*$", re.IGNORECASE),
    ),
    (
        "thanks",
        re.compile(
            r"^(谢谢|多谢|感谢|thanks?|thank you|辛苦了|好的|ok|再见|拜拜|bye)[\s!。~.,你您啦了]*$", re.IGNORECASE
        ),
    ),
    (
        "who",
        re.compile(
            r"你是谁|你叫什么|你是什么|你会什么|你能做什么|你能干什么|"
            r"^(?:你|这个?|这东西|这?个?机器人|该)?怎么用[你它]?[\s?。!]*$|who are you|what can you do",
            re.IGNORECASE,
        ),
    ),
    (
        "off",
        re.compile("|".join((_WEATHER, _MARKETS, _WRITING, _SUM))),
    ),
)


def chat(text: str) -> str:
    """`hello`, `thanks`, `who`, `off` (plainly not about reports), or nothing."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "")
