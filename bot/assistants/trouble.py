"""What went wrong, in a form that tells an assistant whether to try again, and how."""

from __future__ import annotations

import logging

from pydantic import ValidationError

from bot.assistants.shapes import ErrorJson
from retrieval.errors import BadQuestion, GovreportError, NothingFound, StoreError, UnknownReport

__all__ = ["TooLarge", "bad_arguments", "error"]

log = logging.getLogger(__name__)


class TooLarge(GovreportError):
    """More was asked for than is given at once."""


def error(problem: Exception, how: str = "") -> ErrorJson:
    """The error for what was raised; `how` goes over what is said to do about it."""
    match problem:
        case BadQuestion():
            return _made("bad_question", str(problem), "changed", how or "按上面说的改好问题或文字，再调用一次")
        case UnknownReport():
            return _made("unknown_report", str(problem), "changed", how or "先用 reports 查到编号，再用编号调用")
        case NothingFound():
            return _made("nothing_found", str(problem), "changed", how or "换一个地区、年份或指标；没有收录的查不到")
        case TooLarge():
            return _made("too_large", str(problem), "changed", how or "少要一些，分几次调用")
        case StoreError():
            # Where the store lies is nothing an assistant needs to know.
            return _made("store", problem.said, "later", how or "稍后原样再试；仍然不行，请使用者运行 govreport doctor")
        case GovreportError():
            return _made("nothing_found", str(problem), "changed", how or "按上面说的改好参数，再调用一次")
        case _:
            log.error("tool failed", exc_info=problem)
            return _made("fault", f"程序出错（{type(problem).__name__}）", "no", how or "换一种问法；原样再试也一样")


def bad_arguments(problem: ValidationError) -> ErrorJson:
    """The error for arguments that are not as the input schema says; what was given stays out of it."""
    told = [f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}" for one in problem.errors()[:5]]
    return _made("bad_arguments", "；".join(told), "changed", "按工具的 inputSchema 改好参数，再调用一次")


def _made(code: str, message: str, retry: str, how: str) -> ErrorJson:
    return {"code": code, "message": message, "retry": retry, "how": how}  # type: ignore[typeddict-item]  # held by a test
