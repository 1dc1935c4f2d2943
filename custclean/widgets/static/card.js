// The review card. The kernel holds the truth: this view asks for it on every render, paints
// ahead of the answer, and says "Saved" only when the answer came. Values are placed as text,
// never as HTML.

const SLOW = 8000; // ms without an answer until the view says that nothing is saved yet
const KEPT = 300; // cards kept here at most
const PAUSE = 700; // ms without decisions after the view moved by itself: hands are faster than eyes

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const BUTTONS = [
  // name, keys shown, class
  ["same", "Y", "cc-yes"],
  ["different", "N", "cc-no"],
  ["unsure", "?", "cc-unsure"],
  ["undo", "U", ""],
  ["previous", "K", ""],
  ["next", "J", ""],
];

// ---- how it looks -------------------------------------------------------------------------

function frame(texts) {
  const parts = {
    place: make("strong", { class: "cc-place" }),
    counts: make("span", { class: "cc-counts" }),
    save: make("span", { class: "cc-save", role: "status" }),
    bar: make("div", { class: "cc-bar", role: "progressbar", "aria-valuemin": 0 }),
    reason: make("p", { class: "cc-reason" }),
    likely: make("span", { class: "cc-likely" }),
    said: make("p", { class: "cc-said", hidden: true }),
    alert: make("p", { class: "cc-alert", role: "alert", hidden: true }),
    body: make("div", { class: "cc-body" }),
    live: make("span", { class: "cc-live", "aria-live": "polite" }),
    note: make("input", {
      class: "cc-note",
      type: "text",
      maxlength: 2000,
      placeholder: texts.note,
      "aria-label": texts.note,
    }),
    buttons: {},
  };
  for (const name of ["same", "different", "unsure"]) {
    parts.bar.append(make("div", { class: `cc-part cc-part-${name}` }));
  }
  const buttons = BUTTONS.map(([name, key, extra]) => {
    const button = make(
      "button",
      { type: "button", class: `cc-button ${extra}`, "data-do": name },
      make("span", {}, texts[name]),
      make("kbd", {}, key),
    );
    parts.buttons[name] = button;
    return button;
  });
  parts.helpButton = make(
    "button",
    { type: "button", class: "cc-button cc-help-button", "aria-expanded": false },
    make("span", {}, texts.help),
    make("kbd", {}, "H"),
  );
  parts.help = make(
    "ul",
    { class: "cc-help", hidden: true, "aria-label": texts.help },
    ...texts.keys.split("\n").map((line) => make("li", {}, line)),
  );
  parts.root = make(
    "section",
    {
      class: "cc",
      role: "group",
      tabindex: 0,
      "aria-label": texts.title,
      "aria-keyshortcuts": "J K Y N ? U H",
    },
    make(
      "div",
      { class: "cc-head" },
      parts.place,
      parts.counts,
      parts.save,
      make("span", { class: "cc-hint" }, texts.focus),
      parts.helpButton,
    ),
    parts.bar,
    parts.help,
    parts.alert,
    parts.said,
    make("div", { class: "cc-why" }, parts.likely, parts.reason),
    parts.body,
    make("div", { class: "cc-foot" }, ...buttons, parts.note),
    parts.live,
  );
  return parts;
}

function value(pieces, texts, tag) {
  if (pieces == null) {
    return make("span", { class: "cc-nothing" }, texts.nothing);
  }
  const nodes = pieces.map(([text, differs]) => (differs ? make(tag, {}, text) : text));
  return make("bdi", {}, ...nodes);
}

function table(card, texts) {
  const heads = card.heads.map(([shown, id]) => make("th", { scope: "col", title: id }, shown));
  const rows = card.fields.map((field) =>
    make(
      "tr",
      { class: `cc-row cc-${field.mark}` },
      make("th", { scope: "row" }, field.label),
      make("td", {}, value(field.left, texts, "del")),
      make("td", {}, value(field.right, texts, "ins")),
      make(
        "td",
        { class: "cc-mark" },
        make("span", { class: "cc-sign", "aria-hidden": "true" }, field.sign),
        make("span", { class: "cc-word" }, texts[`mark_${field.mark}`]),
      ),
    ),
  );
  return make(
    "table",
    { class: "cc-table" },
    make(
      "thead",
      {},
      make("tr", {}, make("th", { scope: "col" }, texts.field), ...heads,
        make("th", { scope: "col" }, texts.compare)),
    ),
    make("tbody", {}, ...rows),
  );
}

// ---- what it does -------------------------------------------------------------------------

function view(model, el) {
  const me = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const cards = new Map(); // place -> card, as the kernel last told it
  const painted = new Map(); // place -> verdict, painted but not yet saved
  let waits = []; // place -> whether the kernel said that it waits for a decision
  const pending = new Map(); // number of a question -> {place, timer}
  const held = new Set(); // keys that are down
  let told = null; // the kernel's last answer
  let texts = null;
  let parts = null;
  let here = 0;
  let asked = 0; // number of our last question
  let wrong = false; // the last answer was a refusal
  let quiet = 0; // no decision is taken before this moment

  function ask(message) {
    asked += 1;
    const seq = asked;
    const timer = setTimeout(() => alarm(texts.waiting), SLOW);
    pending.set(seq, { type: message.type, place: message.index, timer });
    model.send({ ...message, seq: `${me}:${seq}` });
  }

  function alarm(text) {
    parts.alert.textContent = text;
    parts.alert.hidden = !text;
  }

  function say(text) {
    parts.live.textContent = text;
  }

  function draw() {
    const { counts, total } = told;
    const card = cards.get(here);
    const decided = BUTTONS.slice(0, 3).map(([name]) => counts[name] ?? 0);
    parts.place.textContent = total ? fill(texts.pair, { n: here + 1, total }) : texts.no_pairs;
    parts.counts.textContent = fill(texts.counts, counts);
    parts.bar.setAttribute("aria-valuemax", total);
    parts.bar.setAttribute("aria-valuenow", counts.decided);
    parts.bar.setAttribute("aria-label", texts.decided);
    [...parts.bar.children].forEach((part, i) => {
      part.style.width = `${total ? (100 * decided[i]) / total : 0}%`;
    });
    const saving = [...pending.values()].some((one) => one.type !== "goto");
    const state = saving ? "saving" : wrong ? "not_saved" : "saved";
    parts.save.textContent = saving || wrong || counts.decided ? texts[state] : "";
    parts.save.dataset.state = state;
    for (const [name, button] of Object.entries(parts.buttons)) {
      const chosen = card && (painted.get(here) ?? card.verdict) === name;
      if (["same", "different", "unsure"].includes(name)) {
        button.setAttribute("aria-pressed", Boolean(chosen));
      }
      button.disabled = total === 0;
    }
    drawCard(card);
  }

  function drawCard(card) {
    parts.body.setAttribute("aria-busy", !card && told.total > 0);
    if (!card) {
      parts.body.replaceChildren(make("p", {}, told.total ? texts.loading : ""));
      parts.reason.textContent = parts.likely.textContent = "";
      parts.said.hidden = true;
      return;
    }
    parts.reason.textContent = card.reason;
    parts.likely.textContent = card.likely;
    parts.likely.hidden = !card.likely;
    const done = told.counts.left === 0 && !pending.size ? texts.all_done : "";
    parts.said.textContent = [card.said, card.note && `“${card.note}”`, done]
      .filter(Boolean)
      .join(" · ");
    parts.said.hidden = !parts.said.textContent;
    parts.said.classList.toggle("cc-again", card.again);
    parts.body.replaceChildren(table(card, texts));
  }

  function show(place) {
    here = place;
    draw();
    say(fill(texts.pair, { n: here + 1, total: told.total }));
  }

  function undoing() {
    return [...pending.values()].some((one) => one.type === "undo");
  }

  function nextOpen(place) {
    for (let step = 1; step < told.total; step++) {
      const other = (place + step) % told.total;
      if (waits[other] && !painted.has(other)) return other;
    }
    return place;
  }

  function go(step) {
    if (undoing()) return; // the answer says where we are
    const place = Math.max(0, Math.min(told.total - 1, here + step));
    if (place === here) return;
    ask({ type: "goto", index: place });
    show(place);
  }

  function decide(verdict) {
    // nobody decides what is not yet seen
    if (!cards.has(here) || undoing() || performance.now() < quiet) return;
    const place = here;
    painted.set(place, verdict);
    const then = nextOpen(place);
    ask({ type: "decide", index: place, verdict, note: parts.note.value, then });
    parts.note.value = "";
    alarm("");
    show(then);
    say(`${texts[verdict]} · ${parts.place.textContent}`);
  }

  function undo() {
    ask({ type: "undo" });
    draw();
  }

  function help() {
    parts.help.hidden = !parts.help.hidden;
    parts.helpButton.setAttribute("aria-expanded", !parts.help.hidden);
  }

  const ACTS = {
    same: () => decide("same"),
    different: () => decide("different"),
    unsure: () => decide("unsure"),
    undo,
    previous: () => go(-1),
    next: () => go(1),
    help,
  };
  const KEYS = {
    y: "same",
    n: "different",
    "?": "unsure",
    u: "undo",
    h: "help",
    k: "previous",
    arrowup: "previous",
    arrowleft: "previous",
    j: "next",
    arrowdown: "next",
    arrowright: "next",
  };

  function answered(message) {
    const [whose, number] = String(message.seq).split(":");
    const seq = whose === me ? Number(number) : null;
    if (message.type === "hello") {
      if (parts && whose !== me) return; // the hello of another view
      texts = message.texts;
      waits = [...message.waits].map((one) => one === "1");
      told = message;
      if (!parts) build();
    }
    if (!parts) {
      if (whose === me) el.textContent = message.message ?? "✗";
      return;
    }
    if (seq !== null && pending.has(seq)) {
      const { place, timer } = pending.get(seq);
      clearTimeout(timer);
      pending.delete(seq);
      if (![...pending.values()].some((one) => one.place === place)) painted.delete(place);
    }
    if (message.type === "broken") {
      wrong = true;
      alarm(`${texts.not_saved}: ${texts.broken}`);
      draw();
      return;
    }
    told = message;
    if (cards.size > KEPT) cards.clear();
    for (const card of message.cards) {
      cards.set(card.index, card);
      waits[card.index] = card.verdict === null;
    }
    if (message.type === "refused") {
      wrong = true;
      alarm(`${texts.not_saved}: ${message.message}`);
    } else if (message.type === "saved" || message.type === "undone") {
      wrong = false;
      if (!pending.size) alarm("");
    }
    const leads = ["hello", "undone", "refused"].includes(message.type);
    if (leads && whose === me && !pending.size && here !== message.position) {
      here = message.position;
      quiet = message.type === "refused" ? performance.now() + PAUSE : 0;
    }
    draw();
    if (message.type === "nothing") alarm(texts.nothing_left);
    if (message.type === "undone") say(`${texts.undone} ${parts.place.textContent}`);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // JupyterLab's: Ctrl+S saves
    event.stopPropagation(); // M, B, X, D D ... must not reach the notebook
    const typing = event.target === parts.note;
    if (typing) {
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        parts.root.focus();
      }
      return;
    }
    const onButton = event.target.closest("button") !== null;
    if (onButton && event.key === "Enter" && event.repeat) event.preventDefault();
    const name = KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    const moves = name === "next" || name === "previous";
    if (!moves && (event.repeat || held.has(event.code))) return; // a held key decides once
    held.add(event.code);
    ACTS[name]();
  }

  function build() {
    parts = frame(texts);
    parts.root.addEventListener("keydown", pressed);
    parts.root.addEventListener("keyup", (event) => held.delete(event.code));
    parts.root.addEventListener("focusout", (event) => {
      if (!parts.root.contains(event.relatedTarget)) held.clear();
    });
    parts.root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button === parts.helpButton) help();
      else if (button) ACTS[button.dataset.do]();
      else if (event.target !== parts.note && !getSelection().toString()) parts.root.focus();
    });
    el.replaceChildren(parts.root);
  }

  model.on("msg:custom", answered);
  model.send({ type: "hello", seq: `${me}:0` });
  return () => {
    model.off("msg:custom", answered);
    for (const { timer } of pending.values()) clearTimeout(timer);
  };
}

export default { render: ({ model, el }) => view(model, el) };
