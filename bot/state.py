"""What a face remembers of one conversation: a value that can be stored between two messages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from retrieval.engine import Conversation

__all__ = ["State"]


@dataclass(frozen=True, slots=True)
class State:
    """The engine's conversation, the passage last cited (`report:number`), and the questions last offered.

    `asked` is the question last answered and `before` the conversation it was asked in: with the two its answer is
    made anew for a picture, a table, or a judgement. `lang` is the language chosen by hand (zh, en, trad). `checked` is
    the text last held against the reports, with the place and the year that were told for it.
    """

    conversation: Conversation = field(default_factory=Conversation)
    context: str = ""
    options: tuple[str, ...] = ()
    asked: str = ""
    before: Conversation = field(default_factory=Conversation)
    lang: str = ""
    checked: str = ""
    checked_place: str = ""
    checked_year: int = 0

    def dumps(self) -> str:
        """As one line of JSON."""
        kept = {"conversation": self.conversation.dumps(), "context": self.context, "options": list(self.options)}
        kept |= {"asked": self.asked, "before": self.before.dumps(), "lang": self.lang}
        checked = {"checked": [self.checked, self.checked_place, self.checked_year]}
        return json.dumps(kept | checked, ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> State:
        """The state of `dumps`; a new one for anything else: another version may have written it."""
        try:
            raw = json.loads(text)
            options = tuple(str(question) for question in raw["options"])
            # Older versions checked no texts.
            checked, place, year = raw.get("checked", ("", "", 0))
            return cls(
                Conversation.loads(raw["conversation"]),
                str(raw["context"]),
                options,
                str(raw["asked"]),
                Conversation.loads(raw["before"]),
                str(raw["lang"]),
                str(checked),
                str(place),
                int(year),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls()
