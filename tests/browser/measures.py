"""Scripts that measure a page where it is shown, and what they find wrong, in words."""

# Returns times, prices and dates that stand on two lines though one would hold them.
BROKEN = r"""() => {
  const lines = (range) => {
    const rects = [...range.getClientRects()].filter((r) => r.width > 0.5);
    return rects.some((r) => r.top > Math.min(...rects.map((o) => o.bottom)) - 1);
  };
  const shown = (el) => el.checkVisibility() && !el.closest(".visually-hidden");
  const found = [];
  const time = "\\d{1,2}\u00a0h(\u00a0\\d\\d)?|\\d{1,2}:\\d\\d";
  const written = new RegExp(time + "|[\\d\u202f]+(,\\d\\d)?\u00a0€|€[\\d,.]+|\\d{1,2}\u00a0(mai|May)", "g");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement || !shown(node.parentElement)) continue;
    for (const match of node.data.matchAll(written)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      if (lines(range)) found.push(match[0]);
    }
  }
  // All are measured at once: to change and measure in turn would lay out the page for each.
  const names = [...document.querySelectorAll(".nb")].filter(shown).map((el) => {
    const probe = el.cloneNode(true);
    probe.style.cssText = "position:absolute;visibility:hidden;white-space:nowrap;max-inline-size:none";
    const range = document.createRange();
    range.selectNodeContents(el);
    const isBroken = lines(range);
    return { el, probe, isBroken, parent: el.parentElement, room: el.parentElement.getBoundingClientRect().width };
  }).filter(({ isBroken }) => isBroken);
  for (const { parent, probe } of names) parent.append(probe);
  const needed = names.map(({ probe }) => probe.getBoundingClientRect().width);
  for (const { probe } of names) probe.remove();
  names.forEach(({ el, room }, index) => needed[index] <= room && found.push(el.textContent));
  return found;
}"""

# What covers the focused element: nothing when its edges can be seen.
_COVERED = """() => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const sticks = (other) => {
    for (let e = other; e; e = e.parentElement) {
      if (["sticky", "fixed"].includes(getComputedStyle(e).position)) return e;
    }
    return null;
  };
  const box = el.getBoundingClientRect();
  const y = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2];
  const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
  for (const height of y) {
    if (height < 0 || height > innerHeight) continue;
    const top = document.elementFromPoint(x, height);
    const cover = top && !el.contains(top) && !top.contains(el) && sticks(top);
    if (cover && !cover.contains(el)) return `${el.outerHTML.slice(0, 90)} under ${cover.outerHTML.slice(0, 60)}`;
  }
  const isSeen = box.bottom > 0 && box.top < innerHeight;
  return isSeen ? null : `${el.outerHTML.slice(0, 90)} is off the screen`;
}"""

# Notes after each press of Tab, when the page has scrolled, what covers the control that has the focus now.
WATCH_FOCUS = f"""() => {{
  const covering = {_COVERED};
  // At the end the focus stays where it is, so that the way back begins there.
  document.addEventListener("keydown", (event) => event.key === "Tab" && walk.isOver && event.preventDefault());
  document.addEventListener("keyup", (event) => {{
    if (event.key !== "Tab" || walk.isOver) return;
    if (document.activeElement === document.body) {{
      walk.isOver = true;
      return;
    }}
    walk.steps += 1;
    const fault = covering();
    if (fault) walk.covered.push(fault);
  }});
}}"""

SCROLL = "[document.documentElement.scrollWidth, innerWidth]"
STYLE = "(css) => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"
# The culprits, for whoever mends it.
WIDE = """[...document.querySelectorAll("main *, header *, footer *")].filter((e) => e.checkVisibility()
  && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".days .wrap, .filters ul, .table-scroll"))
  .slice(-3).map((e) => e.outerHTML.slice(0, 120))"""
