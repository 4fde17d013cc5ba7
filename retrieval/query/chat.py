"""Greetings and questions about the bot itself: no report answers them, a person would not say nothing either."""

from __future__ import annotations

import re

__all__ = ["chat"]

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
            r"你是谁|你叫什么|你是什么|你会什么|你能做什么|你能干什么|怎么用|who are you|what can you do", re.IGNORECASE
        ),
    ),
    (
        "off",
        re.compile(
            r"天气|股价|股票|写一?[首篇段]|作诗|讲个?笑话|推荐一[部本首]|翻译|等于几|^[\d\s+\-*/×÷=().]+(等于几|=|\?)*$|汇率|彩票|几点了|星座"
        ),
    ),
)


def chat(text: str) -> str:
    """`hello`, `thanks`, `who`, `off` (plainly not about reports), or nothing."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "")
