"""Colours, type and words of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from matplotlib.axes import Axes
from matplotlib.font_manager import FontPath, FontProperties
from noto_cjk_sans_otc import FONT_PATH

__all__ = ["DARK", "LIGHT", "Inks", "exact", "font", "label", "short", "wrapped"]

# Simplified Chinese in the collection of faces.
_FACE = 2
_NAME, _LINES = 9, 2


@dataclass(frozen=True, slots=True)
class Inks:
    """`lines` are told apart by the colour-blind (after Okabe and Ito); the first is a result's, the second a
    target's."""

    ground: str
    text: str
    faint: str
    lines: tuple[str, ...]

    def cycled(self, count: int) -> list[str]:
        """A colour for each of so many series."""
        return [self.lines[n % len(self.lines)] for n in range(count)]


LIGHT = Inks("#ffffff", "#1c1c1e", "#c9c9ce", ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#555555"))
# Lightened for the dark ground.
DARK = Inks("#17212b", "#eef1f4", "#42505e", ("#56b4e9", "#ff9f4a", "#3ddc97", "#f2a6cf", "#f0e442", "#b5bcc4"))


@cache
def font(size: float) -> FontProperties:
    """The Chinese face in a size in points."""
    return FontProperties(fname=FontPath(str(FONT_PATH), _FACE), size=size)


def label(
    axes: Axes, inks: Inks, words: str, at: tuple[float, float], away: tuple[float, float], *, size: float = 8
) -> None:
    """Words beside a point, `away` so many points of type to the right and up."""
    axes.annotate(
        words,
        at,
        xytext=away,
        textcoords="offset points",
        ha="center" if not away[0] else "left" if away[0] > 0 else "right",
        va="center" if not away[1] else "bottom" if away[1] > 0 else "top",
        color=inks.text,
        fontproperties=font(size),
        zorder=5,
    )


def exact(value: float, upper: float | None = None) -> str:
    """The figure as it is, to two places; a range with both ends."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")
    return text if upper is None else f"{text}—{exact(upper)}"


def short(value: float) -> str:
    """A number of the axis, with a minus sign that the font has."""
    text = f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text.replace("-", "\N{MINUS SIGN}")


def wrapped(name: str) -> str:
    """A row's name in two lines at most: a longer one would take the picture's room."""
    rows = [name[at : at + _NAME] for at in range(0, len(name), _NAME)]
    return "\n".join(rows) if len(rows) <= _LINES else f"{name[:_NAME]}\n{name[_NAME : 2 * _NAME - 1]}…"
