// ---- the list: fifty thousand questions, of which only those in sight exist ----------------

const LINE = 28; // px
const SPARE = 10; // lines kept ready above and below
const CHUNK = 100; // lines asked for at once
const SIGNS = { o: "○", a: "↻", c: "⚡", p: "⚔", w: "&", s: "✓", d: "✗", m: "÷", u: "?", x: "–" };

// `has`: {total(), at(rank), rank(place), state(place)}; `ask(first, n)`; `pick(place)` goes there.
function lines(texts, id, has, ask, pick) {
  const names = new Map(); // rank -> [place, name, percent]
  const asked = new Set();
  const inner = make("div", { class: "cc-lines-inner", role: "presentation" });
  const box = make("div", {
    class: "cc-lines", tabindex: 0, role: "listbox", "aria-label": texts.list,
  }, inner);
  const drawn = new Map(); // rank -> [what its line shows, the line]
  let current = 0, top = 0, height = 0; // kept here: asking the browser makes it lay out the page
  let waiting = 0, aim = null; // the place that is to be in sight

  function line(rank) {
    const known = names.get(rank);
    const place = has.at(rank);
    const state = has.state(place);
    const shows = [place, state, place === current, has.total(), known].join("\t");
    const before = drawn.get(rank);
    if (before?.[0] === shows) return before[1];
    const node = make("div", {
      class: `cc-line cc-state-${state}`, role: "option", id: `${id}-${place}`,
      "aria-setsize": has.total(), "aria-posinset": rank + 1, "aria-selected": String(place === current),
      "data-place": place, style: `top:${rank * LINE}px`,
    },
    make("span", { class: "cc-line-sign", "aria-hidden": "true" }, SIGNS[state]),
    make("span", { class: "cc-line-no" }, rank + 1),
    make("bdi", { class: "cc-line-name" }, known ? known[1] : "…"),
    make("span", { class: "cc-line-share" }, known ? known[2] : ""));
    drawn.set(rank, [shows, node]);
    return node;
  }

  // Once a frame, however often it is asked for, and not at all while nobody sees the list.
  function paint() {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      if (height) paintNow();
    });
  }

  function paintNow() {
    if (aim !== null) bring(aim);
    aim = null;
    const first = Math.max(0, Math.floor(top / LINE) - SPARE);
    const last = Math.min(has.total(), first + Math.ceil(height / LINE) + 2 * SPARE);
    inner.style.height = `${has.total() * LINE}px`;
    const ranks = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    const nodes = ranks.map(line);
    if (nodes.length !== inner.childNodes.length || nodes.some((node, i) => node !== inner.childNodes[i])) {
      inner.replaceChildren(...nodes);
    }
    for (const rank of drawn.keys()) if (rank < first || rank >= last) drawn.delete(rank);
    for (const rank of ranks) {
      const chunk = Math.floor(rank / CHUNK) * CHUNK;
      if (!names.has(rank) && !asked.has(chunk)) {
        asked.add(chunk);
        ask(chunk, CHUNK);
      }
    }
    if (drawn.has(has.rank(current))) box.setAttribute("aria-activedescendant", `${id}-${current}`);
    else box.removeAttribute("aria-activedescendant");
  }

  function bring(place) {
    const at = has.rank(place) * LINE;
    if (at < 0 || (at >= top && at + LINE <= top + height)) return;
    top = Math.max(0, at - height / 2);
    inner.style.height = `${has.total() * LINE}px`;
    box.scrollTop = top;
    top = box.scrollTop; // near the end it goes no further
  }

  box.addEventListener("scroll", () => {
    top = box.scrollTop;
    paint();
  });
  new ResizeObserver(([entry]) => {
    const opened = !height;
    height = entry.contentRect.height;
    if (opened && height) {
      top = box.scrollTop; // the browser forgets it while the list is out of the page
      aim = current;
    }
    paint();
  }).observe(box);
  inner.addEventListener("click", (event) => {
    const found = event.target.closest(".cc-line");
    if (found) pick(Number(found.dataset.place));
  });
  return {
    box,
    forget() {
      names.clear();
      asked.clear();
      aim = current;
    },
    again: (first) => asked.delete(first), // what was asked did not come
    told(first, rows) {
      rows.forEach((row, i) => names.set(first + i, row));
      paint();
    },
    show(place) {
      if (place !== current) aim = place; // whoever looks around is left there
      current = place;
      paint();
    },
    paint,
  };
}
