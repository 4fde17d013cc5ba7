"""Words that make an indicator another one."""

from __future__ import annotations

import re

__all__ = ["MADE_OTHER"]

# What stands right before the name of an indicator and makes it another: 亩均生产总值, 非税收入.
MADE_OTHER = re.compile(
    r"(?:非|数字|县域|民营|海洋|临空|低空|私营|公有制|平台|枢纽|万元|单位|每万元|每亩|亩均|户均|低于|高于|快于|集团|公司)$"
)
