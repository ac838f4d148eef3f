"""The calibration plot: what a confidence of 0.7 is worth."""

SIZE, EDGE = 360, 40


def calibration_svg(points: list[tuple[float, float, int]]) -> str:
    """Return an SVG of confidence against the share of right answers; a point's area is its number of messages."""
    most = max((count for _x, _y, count in points), default=1)
    dots = "".join(
        f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="{3 + 9 * (count / most) ** 0.5:.1f}">'
        f"<title>{count}</title></circle>"
        for x, y, count in points
    )
    marks = "".join(
        f'<text x="{_x(v):.1f}" y="{SIZE + EDGE - 8}" text-anchor="middle">{v:.1f}</text>'
        f'<text x="{EDGE - 8}" y="{_y(v) + 4:.1f}" text-anchor="end">{v:.1f}</text>'
        for v in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + EDGE + 16} {SIZE + EDGE + 30}" '
        f'font-family="sans-serif" font-size="12" role="img"><title>Confidence against the share that was right</title>'
        f'<rect x="{EDGE}" y="16" width="{SIZE - 16}" height="{SIZE - 16}" fill="#fff" stroke="#999"/>'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4"/>'
        f'<g fill="#1d5f8a" fill-opacity=".75">{dots}</g>{marks}'
        f'<text x="{EDGE + SIZE / 2}" y="{SIZE + EDGE + 12}" text-anchor="middle">confidence</text></svg>\n'
    )


def _x(value: float) -> float:
    return EDGE + value * (SIZE - 16)


def _y(value: float) -> float:
    return SIZE - value * (SIZE - 16)
