// The set-aside desk. The kernel holds the truth, what is looked at and what is ticked: this
// view asks for it on every render and draws what it is told. Values are placed as text, never
// as HTML; groups and the rows of the page are made once and used ever after.

const TYPING = 250; // ms after the last letter until the search begins

const SAVES = new Set(["decide", "bulk", "undo"]);
const ONCE = new Set(["set_aside", "keep", "bulk", "undo"]); // buttons of which a double click is one
const names = new Set(); // ids on this page: two views of one desk must not share them

function unique() {
  let id;
  do id = `cd-${Math.random().toString(36).slice(2, 10)}`;
  while (names.has(id));
  names.add(id);
  return id;
}

// ---- how it looks -------------------------------------------------------------------------

// a label beside its field: one around it would be called like all the options too
function labelled(word, field) {
  field.id = unique();
  return make("span", { class: "cd-label" }, make("label", { for: field.id }, word), field);
}

function choosing(word, options) {
  const select = make(
    "select",
    { class: "cd-input" },
    ...Object.entries(options).map(([value, said]) => make("option", { value }, said)),
  );
  return [labelled(word, select), select];
}

function button(name, word, extra = "") {
  return make("button", { type: "button", class: `cd-button ${extra}`, "data-do": name }, word);
}

function frame(texts) {
  const me = unique();
  const [viewLabel, view] = choosing(texts.view, texts.views);
  const [byLabel, by] = choosing(texts.by, texts.ways);
  const parts = {
    me,
    view,
    by,
    search: make("input", { type: "search", class: "cd-input", maxlength: 200 }),
    counts: make("span", { class: "cd-counts" }),
    said: make("span", { class: "cd-said", role: "status" }),
    alert: make("p", { class: "cd-alert", role: "alert", hidden: true }),
    groups: make("div", {
      class: "cd-groups",
      role: "listbox",
      tabindex: 0,
      "aria-label": texts.groups,
    }),
    whole: make("input", { type: "checkbox", "aria-label": texts.tick_page }),
    ticked: make("span", { class: "cd-ticked" }),
    body: make("tbody"),
    nobody: make("p", { class: "cd-nobody", hidden: true }, texts.nobody),
    place: make("span", { class: "cd-place" }),
    note: make("input", {
      type: "text",
      class: "cd-input cd-note",
      maxlength: 2000,
      placeholder: texts.note,
      "aria-label": texts.note,
    }),
    question: make("strong", { id: `${me}-q`, tabindex: -1 }),
    takes: make("ul", { class: "cd-names", tabindex: 0, "aria-label": texts.takes }),
    out: make("ul", { class: "cd-names", tabindex: 0, "aria-label": texts.stays_out }),
    confirm: button("bulk", "", "cd-main"),
    cancel: button("cancel", texts.cancel),
    buttons: {},
    options: [],
    rows: [],
  };
  for (const name of ["set_aside", "keep", "set_aside_all", "keep_all", "undo"]) {
    parts.buttons[name] = button(name, texts[name], name === "set_aside" ? "cd-main" : "");
  }
  parts.previous = button("previous", texts.previous);
  parts.next = button("next", texts.next);
  const head = ["who", "why", "state"].map((name) =>
    make("th", { scope: "col" }, texts[name]),
  );
  parts.asked = make(
    "div",
    { class: "cd-asked", role: "group", "aria-labelledby": `${me}-q`, hidden: true },
    parts.question,
    make("div", { class: "cd-two" },
      make("div", {}, make("span", { class: "cd-soft" }, texts.takes), parts.takes),
      make("div", {}, make("span", { class: "cd-soft" }, texts.stays_out), parts.out)),
    make("div", { class: "cd-line" }, parts.confirm, parts.cancel),
  );
  const { set_aside, keep, set_aside_all, keep_all, undo } = parts.buttons;
  parts.root = make(
    "section",
    { class: "cd", role: "group", "aria-label": texts.title },
    make("div", { class: "cd-line" }, make("strong", { class: "cd-title" }, texts.title),
      parts.counts, parts.said),
    make("div", { class: "cd-line" }, viewLabel, byLabel,
      labelled(texts.search, parts.search)),
    parts.alert,
    make("div", { class: "cd-cols" },
      parts.groups,
      make("div", { class: "cd-page" },
        make("div", { class: "cd-line" }, set_aside, keep, parts.note, parts.ticked),
        make("div", { class: "cd-line" }, set_aside_all, keep_all, undo),
        parts.asked,
        make("div", { class: "cd-scroll", role: "region", tabindex: 0,
          "aria-label": texts.records },
          make("table", { class: "cd-table" },
            make("thead", {}, make("tr", {}, make("th", { scope: "col" }, parts.whole), ...head)),
            parts.body)),
        parts.nobody,
        make("div", { class: "cd-line" }, parts.previous, parts.place, parts.next)),
    ),
  );
  return parts;
}

function newRow(texts) {
  const id = unique();
  const row = {
    tick: make("input", { type: "checkbox", id }),
    name: make("label", { for: id }),
    company: make("div", { class: "cd-soft" }),
    reach: make("div", { class: "cd-soft" }),
    kind: make("span"),
    score: make("span", { class: "cd-soft" }),
    why: make("ul"),
    against: make("ul", { class: "cd-against" }),
    state: make("div"),
    note: make("div", { class: "cd-soft" }),
  };
  row.tick.setAttribute("aria-label", texts.tick);
  row.line = make(
    "tr",
    {},
    make("td", {}, row.tick),
    make("th", { scope: "row" }, row.name, row.company, row.reach),
    make("td", {}, row.kind, " ", row.score, row.why),
    make("td", {}, row.against, row.state, row.note),
  );
  return row;
}

const isolated = (text) => (text ? [make("bdi", {}, text)] : []);
const items = (texts) => texts.map((text) => make("li", {}, make("bdi", {}, text)));

function drawRow(row, data, texts) {
  row.id = data.id;
  row.tick.checked = data.ticked;
  row.tick.setAttribute("aria-label", `${texts.tick}: ${data.name} ${data.email}`.trim());
  for (const name of ["name", "company", "kind", "score", "note"]) {
    row[name].replaceChildren(...isolated(data[name]));
  }
  const reach = [data.email, data.phone].filter(Boolean).map((text) => make("bdi", {}, text));
  row.reach.replaceChildren(...reach.flatMap((node, i) => (i ? [" · ", node] : [node])));
  row.why.replaceChildren(...items(data.reasons));
  row.against.replaceChildren(...items(data.held));
  row.state.replaceChildren(...isolated(data.said));
  row.line.dataset.state = data.state;
  row.line.hidden = false;
}

// ---- what it does -------------------------------------------------------------------------

function view(model, el) {
  const talk = talking(model, () => parts && drawAlert());
  let texts = null;
  let parts = null;
  let told = null; // the kernel's last answer
  let refused = ""; // why what was decided last is not saved; said until the next decision
  let notice = ""; // what else went wrong
  let sought = ""; // what was searched for last
  let typing = null; // the timer of the search
  let then = null; // where the focus goes when the answer is there

  function ask(message) {
    if (SAVES.has(message.type)) refused = "";
    talk.ask(message);
    drawAlert();
  }

  function drawAlert() {
    const saves = ({ type }) => SAVES.has(type);
    const slow = talk.slow(saves) ? texts.waiting : talk.slow(() => true) ? texts.loading : "";
    const text = [refused, slow, notice].filter(Boolean).join(" · ");
    put(parts.alert, text);
    parts.alert.hidden = !text;
  }

  // -- drawing --

  function draw() {
    const { choice } = told;
    parts.counts.textContent = told.counts;
    parts.view.value = choice.view;
    parts.by.value = choice.by;
    sought = choice.search;
    if (document.activeElement !== parts.search && !typing) parts.search.value = sought;
    drawGroups();
    drawPage();
    drawAsked();
    drawButtons();
  }

  function drawGroups() {
    const { choice, groups, everything } = told;
    const all = { key: null, label: texts.everything, told: String(everything) };
    // the same nodes each time: one made anew under the mouse would not be clicked
    while (parts.options.length <= groups.length) parts.options.push(newGroup(parts.options.length));
    const options = parts.options.slice(0, groups.length + 1);
    [all, ...groups].forEach((group, i) => {
      const { node, name, count } = options[i];
      options[i].key = group.key;
      node.setAttribute("aria-selected", String(group.key === choice.group));
      put(name, group.label);
      put(count, group.told);
    });
    const place = [null, ...groups.map((group) => group.key)].indexOf(choice.group);
    const top = parts.groups.scrollTop;
    parts.options.forEach(({ node }, i) => (node.hidden = i > groups.length));
    parts.groups.setAttribute("aria-activedescendant", `${parts.me}-g${Math.max(0, place)}`);
    const shown = options[Math.max(0, place)].node;
    if (shown.offsetTop < top) parts.groups.scrollTop = shown.offsetTop;
    const below = shown.offsetTop + shown.offsetHeight - parts.groups.clientHeight;
    if (below > top) parts.groups.scrollTop = below;
  }

  function newGroup(i) {
    const name = make("bdi", { class: "cd-group-name" });
    const count = make("span", { class: "cd-soft" });
    const node = make("div", { role: "option", id: `${parts.me}-g${i}`, class: "cd-group" }, name, count);
    const group = { node, name, count, key: null };
    node.addEventListener("click", () => pick(group.key));
    parts.groups.append(node);
    return group;
  }

  function drawPage() {
    const { rows, total, page, size } = told;
    const at = parts.rows.findIndex((row) => row.tick === document.activeElement);
    while (parts.rows.length < rows.length) {
      const row = newRow(texts);
      parts.rows.push(row);
      parts.body.append(row.line);
    }
    parts.rows.forEach((row, i) => {
      if (i < rows.length) drawRow(row, rows[i], texts);
      else row.line.hidden = true;
    });
    if (at >= rows.length) (parts.rows[rows.length - 1]?.tick ?? parts.groups).focus();
    parts.nobody.hidden = rows.length > 0;
    const ticks = rows.filter((row) => row.ticked).length;
    parts.whole.checked = rows.length > 0 && ticks === rows.length;
    parts.whole.indeterminate = ticks > 0 && ticks < rows.length;
    parts.ticked.textContent = fill(texts.ticked, { n: told.ticked.length });
    const pages = Math.max(1, Math.ceil(total / size));
    const first = total ? page * size + 1 : 0;
    const values = { page: page + 1, pages, first, last: page * size + rows.length, total };
    parts.place.textContent = fill(texts.page, values);
    off(parts.previous, page === 0);
    off(parts.next, page + 1 >= pages);
  }

  function drawAsked() {
    const { effect } = told;
    parts.asked.hidden = !effect;
    if (!effect) return;
    parts.question.textContent = effect.question;
    parts.takes.replaceChildren(...items(effect.takes));
    parts.out.replaceChildren(...items(effect.stays_out));
    parts.out.parentElement.hidden = !effect.stays_out.length;
    parts.confirm.textContent = texts[effect.verdict];
    parts.confirm.hidden = effect.count === 0;
  }

  function drawButtons() {
    off(parts.buttons.set_aside, !told.ticked.length);
    off(parts.buttons.keep, !told.ticked.length);
    off(parts.buttons.set_aside_all, !told.total);
    off(parts.buttons.keep_all, !told.total);
  }

  // a button that is really disabled would lose the focus to nowhere
  function off(button, isOff) {
    button.setAttribute("aria-disabled", isOff);
  }

  // -- acts --

  function pick(group) {
    ask({ type: "look", group });
  }

  function tick(ids, on) {
    told.rows.forEach((row) => {
      if (ids.includes(row.id)) row.ticked = on;
    });
    const shown = new Set(told.ticked);
    ids.forEach((id) => (on ? shown.add(id) : shown.delete(id)));
    told.ticked = [...shown];
    drawPage();
    drawButtons();
    ask({ type: "tick", ids, on });
  }

  function decide(verdict) {
    if (!told.ticked.length) return say(texts.none_ticked);
    ask({ type: "decide", ids: told.ticked, verdict, note: parts.note.value });
    told.ticked = []; // decided once, whatever is pressed before the answer
    told.rows.forEach((row) => (row.ticked = false));
    drawPage();
    drawButtons();
  }

  function offer(verdict, from) {
    then = () => parts.question.focus();
    parts.asked.dataset.from = from;
    ask({ type: "effect", verdict });
  }

  function back() {
    parts.buttons[parts.asked.dataset.from]?.focus();
  }

  function say(text) {
    parts.said.textContent = text;
  }

  const ACTS = {
    set_aside: () => decide("set_aside"),
    keep: () => decide("keep"),
    set_aside_all: () => offer("set_aside", "set_aside_all"),
    keep_all: () => offer("keep", "keep_all"),
    undo: () => ask({ type: "undo" }),
    previous: () => ask({ type: "look", page: told.page - 1 }),
    next: () => ask({ type: "look", page: told.page + 1 }),
    bulk: () => {
      if (!told.effect) return;
      const { token } = told.effect;
      ask({ type: "bulk", token, note: parts.note.value });
      told.effect = null;
      back();
      drawAsked();
    },
    cancel: () => {
      then = back;
      ask({ type: "cancel" });
    },
  };

  function search() {
    clearTimeout(typing);
    typing = null;
    if (parts.search.value === sought) return;
    sought = parts.search.value;
    ask({ type: "look", search: sought });
  }

  // -- keys and clicks --

  function inGroups(event) {
    const keys = [null, ...told.groups.map((group) => group.key)];
    const here = Math.max(0, keys.indexOf(told.choice.group));
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: keys.length - 1 };
    const place = to[event.key];
    if (place === undefined) return;
    event.preventDefault();
    const group = keys[Math.min(keys.length - 1, Math.max(0, place))];
    if (group !== told.choice.group) {
      told.choice.group = group; // a held key goes on from here
      drawGroups();
      pick(group);
    }
  }

  function inRows(event) {
    const at = parts.rows.findIndex((row) => row.tick === event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const row = parts.rows[at + step];
    if (row && !row.line.hidden) row.tick.focus();
  }

  function caught(event) {
    if (told && parts.root.contains(event.target)) pressed(event);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // JupyterLab's: Ctrl+S saves
    event.stopPropagation(); // M, B, X, D D ... must not reach the notebook
    if (event.target === parts.search && event.key === "Enter") search();
    if (event.key === "Escape" && told.effect) ACTS.cancel();
    if (event.key === "Enter" && event.repeat) event.preventDefault(); // a held key acts once
    if (event.target === parts.groups) inGroups(event);
    else inRows(event);
  }

  function clicked(event) {
    const node = event.target.closest("button");
    if (!node || !told || (event.detail > 1 && ONCE.has(node.dataset.do))) return;
    const isOff = node.getAttribute("aria-disabled") === "true";
    if (!isOff || ["set_aside", "keep"].includes(node.dataset.do)) ACTS[node.dataset.do]();
  }

  function changed(event) {
    const node = event.target;
    if (!told) return;
    if (node === parts.view) ask({ type: "look", view: node.value });
    else if (node === parts.by) ask({ type: "look", by: node.value });
    else if (node === parts.whole) tick(told.rows.map((row) => row.id), node.checked);
    else {
      const row = parts.rows.find((each) => each.tick === node);
      if (row) tick([row.id], node.checked);
    }
  }

  function build() {
    parts = frame(texts);
    // Notebook 7 listens on the way down to the target, JupyterLab on the way up: be before both
    window.addEventListener("keydown", caught, true);
    parts.root.addEventListener("click", clicked);
    parts.root.addEventListener("change", changed);
    parts.search.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(search, TYPING);
    });
    el.replaceChildren(parts.root);
  }

  function answered(message) {
    const { asked, lost } = talk.settle(message.seq);
    if (message.texts && !parts) {
      texts = message.texts;
      build();
    }
    if (!parts) return;
    if (lost.some(({ type }) => SAVES.has(type))) refused = texts.broken;
    if (asked) heard(message, asked);
    drawAlert();
    // what was ticked since is not yet in this answer: the one that has it comes
    if (!message.rows || (told && talk.waits(() => true))) return;
    told = message;
    draw();
    if (asked && then) {
      then();
      then = null;
    }
  }

  // What came of something that this view asked.
  function heard(message, asked) {
    const broken = message.type === "broken";
    const wrong = broken ? texts.broken : message.wrong;
    if (told && (message.said || wrong)) say(message.said ?? "");
    if (broken && asked.type !== "hello") talk.ask({ type: "hello" }); // it does not say how things stand
    if (!SAVES.has(asked.type)) notice = wrong;
    else if (wrong) refused = wrong;
    else if (parts.note.value === asked.note) parts.note.value = "";
  }

  model.on("msg:custom", answered);
  talk.ask({ type: "hello" });
  return () => {
    model.off("msg:custom", answered);
    window.removeEventListener("keydown", caught, true);
    clearTimeout(typing);
    talk.end();
  };
}

export default { render: ({ model, el }) => view(model, el) };
