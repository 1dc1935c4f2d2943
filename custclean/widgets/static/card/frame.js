// ---- what stands where --------------------------------------------------------------------

const VERDICTS = ["same", "different", "unsure"];
const TURNS = { same: "cc-yes", different: "cc-no", unsure: "cc-unsure", apply: "cc-apply" };
const STEPS = { undo: "", previous: "", next: "" };
const TOOLS = ["list", "filter", "history", "bulk", "help"];

function frame(texts, keys) {
  const parts = {
    place: make("strong", { class: "cc-place" }),
    counts: make("span", { class: "cc-counts" }),
    left: make("span", { class: "cc-left" }),
    save: make("span", { class: "cc-save", role: "status" }),
    blind: make("span", { class: "cc-blind", hidden: true }, texts.blind),
    bar: make("div", { class: "cc-bar", role: "progressbar", "aria-valuemin": 0 },
      ...VERDICTS.map((name) => make("div", { class: `cc-share cc-share-${name}` }))),
    alert: make("p", { class: "cc-alert", role: "alert", hidden: true }),
    done: make("p", { class: "cc-said cc-done", role: "status", hidden: true }),
    said: make("p", { class: "cc-said", hidden: true }),
    changed: make("ul", { class: "cc-changed", hidden: true }),
    likely: make("span", { class: "cc-likely" }),
    reason: make("p", { class: "cc-reason" }),
    whyButton: pressable("why", texts.why, keys.why, "cc-small"),
    why: make("div", { class: "cc-why-body", hidden: true }),
    main: make("div", { class: "cc-main", tabindex: 0, role: "region", "aria-label": texts.compare }),
    body: make("div", { class: "cc-body" }),
    panel: make("div", { class: "cc-panel", hidden: true }),
    side: make("div", { class: "cc-side", hidden: true }),
    live: make("span", { class: "cc-live", "aria-live": "polite" }),
    hint: make("span", { class: "cc-hint" }, texts.focus),
    note: make("input", {
      class: "cc-note", type: "text", maxlength: 2000,
      placeholder: texts.note, "aria-label": texts.note,
    }),
    buttons: {},
    tools: {},
  };
  for (const [name, extra] of Object.entries({ ...TURNS, ...STEPS })) parts.buttons[name] = pressable(name, texts[name], keys[name], extra);
  for (const name of TOOLS) {
    parts.tools[name] = pressable(name, texts[name], keys[name], "cc-small");
    parts.tools[name].setAttribute("aria-expanded", "false");
  }
  parts.all = pressable("all", texts.show_all, null, "cc-small");
  parts.whyButton.setAttribute("aria-expanded", "false");
  const row = (names) =>
    make("span", { class: "cc-row-of" }, ...Object.keys(names).map((name) => parts.buttons[name]));
  parts.main.append(
    parts.done, parts.said, parts.changed,
    make("div", { class: "cc-why" }, parts.likely, parts.reason, parts.whyButton),
    parts.why,
    parts.body,
  );
  parts.root = make(
    "section",
    { class: "cc", role: "group", tabindex: 0, "aria-label": texts.title },
    parts.hint,
    make("div", { class: "cc-head" },
      parts.place, parts.counts, parts.left, parts.save, parts.blind,
      make("span", { class: "cc-tools" }, ...Object.values(parts.tools))),
    parts.bar,
    parts.panel,
    parts.alert,
    make("div", { class: "cc-columns" }, parts.side, parts.main),
    make("div", { class: "cc-feet" },
      make("div", { class: "cc-foot" }, row(TURNS)),
      make("div", { class: "cc-foot" }, row(STEPS), parts.note)),
    parts.live,
  );
  parts.tools.filter.after(parts.all);
  return parts;
}

function readable(seconds, texts) {
  if (seconds == null) return "";
  const minutes = Math.ceil(seconds / 60);
  const time = minutes < 90
    ? fill(texts.minutes, { n: minutes })
    : fill(texts.hours, { n: (minutes / 60).toFixed(1) });
  return fill(texts.time_left, { time });
}
