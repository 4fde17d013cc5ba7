"""A bot as python-telegram-bot's own examples have it: what the project's is measured against."""

from __future__ import annotations

import asyncio
import logging
import os
import random

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import Application, ContextTypes, MessageHandler, filters

__all__ = ["main"]


async def _answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is not None:
        await asyncio.sleep(random.uniform(0, 0.02))
        await message.reply_text(f"答：{message.text}", parse_mode=ParseMode.HTML)


def main() -> None:
    """Serve until stopped; the environment tells token, server, and the webhook's port where there is one."""
    logging.basicConfig(level=logging.INFO)
    url, port = os.environ["BASE_URL"], os.environ.get("WEBHOOK_PORT")
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(f"{url}/bot")
    application = builder.concurrent_updates(int(os.environ.get("CONCURRENT", "0")) or False).build()
    application.add_handler(MessageHandler(filters.ALL, _answer))
    if port:
        url, secret = os.environ["WEBHOOK_URL"], "of_nobody"
        application.run_webhook("127.0.0.1", int(port), "hook", webhook_url=url, secret_token=secret)
    else:
        application.run_polling()


if __name__ == "__main__":
    main()
