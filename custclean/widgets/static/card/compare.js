// ---- values side by side ------------------------------------------------------------------

function value(pieces, texts, tag) {
  if (pieces == null) return make("span", { class: "cc-nothing" }, texts.nothing);
  const nodes = pieces.map(([text, differs]) => (differs ? make(tag, {}, text) : text));
  return make("bdi", {}, ...nodes);
}

// Which part of a divided group a record is in; all are in the first until it is divided.
function partOf(card, place) {
  const found = card.parts.findIndex((part) => part.includes(place));
  return found < 0 ? 0 : found;
}

const letter = (part) => String.fromCharCode(65 + (part % 26));

function heading(card, head, place, chosen, texts) {
  const stays = card.draft.survivors.includes(place);
  return make(
    "th",
    {
      scope: "col",
      title: head.id,
      class: `cc-col ${place === chosen ? "cc-chosen" : ""} ${stays ? "cc-stays" : ""}`,
      "data-record": place,
    },
    card.parts.length
      ? make("span", { class: `cc-part-of cc-part-${partOf(card, place) % 6}` },
          fill(texts.client, { letter: letter(partOf(card, place)) }))
      : null,
    make("span", { class: "cc-source" }, card.group ? `${place + 1} · ${head.source}` : head.source),
    place === chosen ? make("span", { class: "cc-tag" }, `▲ ${texts.chosen}`) : null,
    stays ? make("span", { class: "cc-tag cc-kept-tag" }, `● ${texts.survivor}`) : null,
  );
}

function cell(field, pieces, place, width, texts) {
  const kept = field.kept.includes(place);
  const pickable = field.key && pieces != null; // nothing is no value to keep
  const tag = width === 2 && place === 0 ? "del" : "ins";
  return make(
    "td",
    {
      class: `cc-value ${kept ? "cc-kept" : ""}`,
      "data-field": pickable ? field.name : null,
      "data-record": place,
      title: pickable && !kept ? texts.pick : null,
    },
    value(pieces, texts, tag),
    kept ? make("span", { class: "cc-tag cc-kept-tag" }, `● ${texts.kept}`) : null,
  );
}

// `from`: the first numbered row whose digit is 1; 0 goes on to the next nine.
function table(card, texts, chosen, from) {
  const width = card.heads.length;
  const rows = card.fields.map((field) => {
    const digit = field.key == null ? null : field.key - from;
    return make(
      "tr",
      { class: `cc-row cc-${field.mark}` },
      make("th", { scope: "row" },
        digit >= 1 && digit <= 9 ? make("kbd", { class: "cc-digit" }, digit) : null,
        field.label),
      ...field.values.map((pieces, place) => cell(field, pieces, place, width, texts)),
      make("td", { class: "cc-mark", title: texts[`mark_${field.mark}`] },
        make("span", { class: "cc-sign", "aria-hidden": "true" }, field.sign),
        make("span", { class: "cc-word" }, texts[`mark_${field.mark}`])),
    );
  });
  return make(
    "table",
    {
      class: `cc-table ${width > 3 ? "cc-wide" : ""}`,
      style: width > 3 ? `min-width:${120 * (width + 1) + 60}px` : null,
    },
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, texts.field),
      ...card.heads.map((head, place) => heading(card, head, place, chosen, texts)),
      make("th", { scope: "col" }, make("span", { class: "cc-word" }, texts.compare)))),
    make("tbody", {}, ...rows),
  );
}

// ---- how each field counted ---------------------------------------------------------------

const bits = (weight) => `${weight > 0 ? "+" : weight < 0 ? "−" : ""}${Math.abs(weight).toFixed(1)}`;

// Bars that hang on one another: each begins where the sum so far ends.
function waterfall(card, texts) {
  const { why } = card;
  const steps = [[texts.prior, "", why.prior], ...why.shares];
  const sums = [0];
  for (const [, , weight] of steps) sums.push(sums.at(-1) + weight);
  const low = Math.min(...sums), span = Math.max(...sums) - low || 1;
  const at = (sum) => `${(100 * (sum - low)) / span}%`;
  const line = (name, level, from, to, kind) =>
    make(
      "tr",
      { class: `cc-step ${kind}` },
      make("th", { scope: "row" }, name),
      make("td", {}, level),
      make("td", { class: "cc-bits" }, bits(to - from)),
      make("td", { class: "cc-fall", "aria-hidden": "true" },
        make("div", {
          class: "cc-block",
          style: `left:${at(Math.min(from, to))};width:max(2px,${(100 * Math.abs(to - from)) / span}%)`,
        }),
        make("div", { class: "cc-zero", style: `left:${at(0)}` })),
    );
  const lines = steps.map(([name, level, weight], i) =>
    line(name, level, sums[i], sums[i + 1], weight > 0 ? "cc-for" : "cc-against"));
  return make(
    "div",
    { class: "cc-waterfall", role: "group", "aria-label": texts.why },
    card.group ? make("p", {}, card.group.said) : null,
    make("table", {}, make("tbody", {}, ...lines,
      line(texts.together, "", 0, sums.at(-1), "cc-sum"))),
    make("p", { class: "cc-quiet" }, texts.bits),
  );
}
