"""The only reader of the environment and of `.env`."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

__all__ = ["WEB_TOKEN", "BadSettings", "Settings", "colourless", "default_data_dir", "load"]

_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)")
_CLOSED = re.compile(r"""(?:"[^"]*"|'[^']*')\s*(?:#.*)?""")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
WEB_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,256}")


class BadSettings(Exception):
    """A setting is wrong; the message is one Chinese line that names it and never shows a value."""


def colourless() -> bool:
    """Whether the terminal's owner wants no colours (https://no-color.org)."""
    return bool(os.environ.get("NO_COLOR"))


def default_data_dir() -> Path:
    """Where the store and the history are kept when nobody says otherwise."""
    home = os.environ.get("XDG_DATA_HOME", "")
    base = Path(home) if home.startswith("/") else Path.home() / ".local" / "share"
    return base / "govreport"


class Settings(BaseSettings):
    """All settings. Names are those of the environment; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",
        extra="forbid",
        hide_input_in_errors=True,
        case_sensitive=True,
        env_ignore_empty=True,
        frozen=True,
    )

    TELEGRAM_BOT_TOKEN: SecretStr | None = None
    BASE_URL: str = "https://api.telegram.org"
    PROXY_URL: SecretStr | None = None
    ALLOWED_USERS: Annotated[frozenset[int], NoDecode] = frozenset()
    ALLOWED_CHATS: Annotated[frozenset[int], NoDecode] = frozenset()
    ADMIN_USERS: Annotated[frozenset[int], NoDecode] = frozenset()
    QUESTIONS_PER_MINUTE: Annotated[int, Field(ge=1, le=6000)] = 30
    WEBHOOK_URL: str | None = None
    WEBHOOK_LISTEN: str = "127.0.0.1"
    WEBHOOK_PORT: Annotated[int, Field(ge=1, le=65535)] = 8080
    WEBHOOK_SECRET: SecretStr | None = None
    WEB_ADDRESS: str | None = None
    WEB_TOKEN: SecretStr | None = None
    GOVREPORT_DATA: Path | None = None
    GOVREPORT_LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    GOVREPORT_LOG_FORMAT: Literal["text", "json"] = "text"

    hints: ClassVar[dict[str, str]] = {
        "TELEGRAM_BOT_TOKEN": "应为 @BotFather 给的“数字:字母”形式",
        "BASE_URL": "应为 http:// 或 https:// 开头的地址",
        "PROXY_URL": "应为 http://主机:端口 或 socks5://主机:端口",
        "ALLOWED_USERS": "应为逗号隔开的用户编号",
        "ALLOWED_CHATS": "应为逗号隔开的会话编号",
        "ADMIN_USERS": "应为逗号隔开的用户编号",
        "QUESTIONS_PER_MINUTE": "应为 1 到 6000 之间的整数",
        "WEBHOOK_URL": "应为 Telegram 能访问的 https:// 地址，例如 https://example.org/telegram",
        "WEBHOOK_LISTEN": "应为本机要监听的 IP 地址，例如 127.0.0.1",
        "WEBHOOK_PORT": "应为 1 到 65535 之间的端口号",
        "WEBHOOK_SECRET": "应为 1 到 256 个字母、数字、下划线或连字符",
        "WEB_ADDRESS": "应为网页的 http:// 或 https:// 地址，例如 https://example.org，后面不带路径",
        "WEB_TOKEN": "应为 16 到 256 个字母、数字、下划线或连字符",
        "GOVREPORT_DATA": "应为文件夹路径",
        "GOVREPORT_LOG_LEVEL": "应为 DEBUG、INFO、WARNING 或 ERROR",
        "GOVREPORT_LOG_FORMAT": "应为 text 或 json",
    }

    @field_validator("ALLOWED_USERS", "ALLOWED_CHATS", "ADMIN_USERS", mode="before")
    @classmethod
    def _ids(cls, raw: object) -> object:
        return re.split(r"[,，;；\s]+", raw.strip(" ,，;；")) if isinstance(raw, str) else raw

    @field_validator("TELEGRAM_BOT_TOKEN")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("form")
        return token

    @field_validator("BASE_URL")
    @classmethod
    def _base(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", url):
            raise ValueError("form")
        return url.rstrip("/")

    @field_validator("PROXY_URL")
    @classmethod
    def _proxy(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not re.fullmatch(r"(?:https?|socks5h?)://[^\s/]+/?", url.get_secret_value()):
            raise ValueError("form")
        return url

    @field_validator("WEBHOOK_URL")
    @classmethod
    def _webhook(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", url):
            raise ValueError("form")
        return url

    @field_validator("WEBHOOK_LISTEN")
    @classmethod
    def _listen(cls, address: str) -> str:
        return str(ip_address(address))

    @field_validator("WEBHOOK_SECRET")
    @classmethod
    def _secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("form")
        return secret

    @field_validator("WEB_ADDRESS")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[\w.-]+(?::\d{1,5})?/?", url):
            raise ValueError("form")
        return url.rstrip("/") if url else url

    @field_validator("WEB_TOKEN")
    @classmethod
    def _web_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not WEB_TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("form")
        return token

    @field_validator("GOVREPORT_DATA")
    @classmethod
    def _home(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then `.env`; no secrets folder."""
        del settings_cls, file_secret_settings
        return init_settings, env_settings, dotenv_settings

    @property
    def data_dir(self) -> Path:
        """The folder of the store, the history and the bot's memory."""
        return self.GOVREPORT_DATA or default_data_dir()


def load(env_file: Path = Path(".env")) -> Settings:
    """The settings from the environment and `env_file`. Raises BadSettings."""
    _check_lines(env_file)
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own argument
    except ValidationError as problem:
        raise BadSettings(_say(problem, env_file)) from None
    except (OSError, ValueError):
        raise BadSettings(f"无法读取 {env_file}") from None


def _check_lines(env_file: Path) -> None:
    """dotenv skips a line it does not understand with a log entry; a person would look for it for an hour."""
    try:
        lines = env_file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except UnicodeDecodeError:
        raise BadSettings(f"{env_file} 不是 UTF-8 编码，请另存为 UTF-8 后再试") from None
    except OSError as problem:
        raise BadSettings(f"无法读取 {env_file}：{problem.strerror}") from None
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadSettings(f"{env_file} 第 {number} 行不是“名称=值”的形式")
        name, value = match[1], match[2].strip()
        if value[:1] in {'"', "'"} and not _CLOSED.fullmatch(value):
            raise BadSettings(f"{env_file} 第 {number} 行的引号没有配对")
        if name not in Settings.model_fields:
            raise BadSettings(f"{env_file} 第 {number} 行：没有名为 {_name(name)} 的设置{_meant(name)}")
        if name in seen:
            raise BadSettings(f"{env_file} 第 {number} 行：{name} 重复")
        seen.add(name)


def _say(problem: ValidationError, env_file: Path) -> str:
    """One line for the first wrong setting; the value stays out of it."""
    name = str(problem.errors(include_input=False, include_context=False)[0]["loc"][0])
    hint = Settings.hints.get(name, "")
    where = "环境变量" if os.environ.get(name) else str(env_file)
    return f"{where} 中的 {name} 不对：{hint}" if hint else f"{where} 中没有名为 {_name(name)} 的设置"


def _name(name: str) -> str:
    """A setting's name as it may be repeated: someone may have put the token on the wrong side of the sign."""
    return name if len(name) <= 40 else f"{name[:12]}…"


def _meant(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only after a mistake

    near = get_close_matches(name.upper(), Settings.model_fields, n=1, cutoff=0.6)
    return f"，是否想写 {near[0]}？" if near else ""
