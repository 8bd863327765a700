"""Small pictures with logarithmic axes, side by side, as SVG; needs nothing but Python."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 330, 260  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 16, 42  # margins around its axes
COLUMNS = 2
COLOURS = ["#1f6fb4", "#d9730d", "#3a8f3a", "#8e44ad"]


class Axis:
    """Decades and their twos and fives around some values, mapped to [begin, end]."""

    def __init__(self, values, begin, end):
        low, high = min(values), max(values)
        marks = [m * 10.0**e for e in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
                 for m in (1, 2, 5)]
        first = max(m for m in marks if m <= low * 1.0001)
        last = min((m for m in marks if m >= high * 0.9999), default=marks[-1])
        self.ticks = [m for m in marks if first <= m <= last]
        self.low, self.high = math.log(first), math.log(max(last, first * 2))
        self.begin, self.end = begin, end

    def __call__(self, value):
        return self.begin + (math.log(value) - self.low) / (self.high - self.low) * (self.end - self.begin)


def number(value):
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def text(x, y, content, anchor="middle", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{escape(content)}</text>'


def panel(title, series, ylabel):
    """One picture at the origin: `series` are {name: [(x, y), ...]}."""
    points = [point for line in series.values() for point in line]
    x = Axis([p[0] for p in points], LEFT, WIDTH - RIGHT)
    y = Axis([p[1] for p in points], HEIGHT - BOTTOM, TOP)
    out = []
    for tick in x.ticks:
        out.append(f'<line class="grid" x1="{x(tick):.1f}" y1="{TOP}" x2="{x(tick):.1f}" y2="{HEIGHT - BOTTOM}"/>')
        out.append(text(x(tick), HEIGHT - BOTTOM + 15, number(tick)))
    for tick in y.ticks:
        out.append(f'<line class="grid" x1="{LEFT}" y1="{y(tick):.1f}" x2="{WIDTH - RIGHT}" y2="{y(tick):.1f}"/>')
        out.append(text(LEFT - 6, y(tick) + 4, number(tick), "end"))
    for (name, line), colour in zip(series.items(), COLOURS):
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in line)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{colour}"/>' for a, b in line]
        if len(series) > 1:
            out.append(text(x(line[-1][0]) - 4, y(line[-1][1]) - 7, name, "end", f' fill="{colour}"'))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, title))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(text(12, middle, ylabel, extra=f' transform="rotate(-90 12 {middle:.1f})"'))
    return out


def picture(panels, ylabel):
    """`panels` are {title: {name: [(x, y), ...]}}; all values above 0."""
    rows = -(-len(panels) // COLUMNS)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMNS * WIDTH}" height="{rows * HEIGHT}" '
           'font-family="sans-serif" font-size="11">',
           "<style>.grid { stroke: #ddd } text { fill: #222 }</style>",
           '<rect width="100%" height="100%" fill="white"/>']
    for i, (title, series) in enumerate(panels.items()):
        out.append(f'<g transform="translate({i % COLUMNS * WIDTH} {i // COLUMNS * HEIGHT})">')
        out += panel(title, series, ylabel) + ["</g>"]
    return "\n".join(out + ["</svg>", ""])
