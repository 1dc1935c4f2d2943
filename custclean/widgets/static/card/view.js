// ---- what it does -------------------------------------------------------------------------

const KEPT = 300; // cards kept here at most
const PAUSE = 700; // ms without decisions after the view moved by itself: hands are faster than eyes
const ROOMY = 980; // px from which on the list stands beside the card
const NOWHERE = -1; // the place of what is about no question: an undo, many at once
const MOVING_ACTS = new Set(["goto", "filter"]); // until they are answered the kernel is elsewhere
const LEADS = new Set(["hello", "view", "undone", "redone"]);
const DONE = new Set(["saved", "undone", "redone"]);

const saves = ({ type, what }) =>
  ["decide", "apply", "undo", "redo"].includes(type) || what === "accept";
const placeOf = ({ index }) => index ?? NOWHERE;

function view(model, el) {
  const cards = new Map(); // place -> card, as the kernel last told it
  const notes = new Map(); // place -> note, until it is saved
  const unsaved = new Map(); // place -> why what was said there is not saved
  const unseen = new Set(); // those of them that the person was not yet led back to
  const look = sight();
  const talk = talking(model, () => parts && drawAll());
  let parts, texts, actions, hands, list, panel;
  let told = { counts: {} };
  let here = 0, chosen = null, from = 0, whyOpen = false;
  let notice = "", quiet = 0, owed = false; // owed: the kernel has said where we are, but hands went on
  let drawn = []; // what the card in sight was drawn of
  let scrolled = false; // that card, down

  // ---- where things are ----

  const group = () => cards.get(here)?.group ?? null;
  const pointed = () => chosen ?? (group() ? 0 : null); // of a group one record always is
  const undoing = () => talk.waits(({ type }) => type === "undo" || type === "redo");
  const holds = () => talk.waits((one) => saves(one) || MOVING_ACTS.has(one.type));

  // nobody decides what is not yet seen, nor while the view is about to jump
  const ready = () =>
    cards.has(here) && look.total() > 0 && !undoing() && performance.now() >= quiet;

  function called(place) {
    const rank = look.rank(place), size = cards.get(place)?.heads.length ?? 2;
    return fill(size > 2 ? texts.group : texts.pair,
      { n: rank < 0 ? "–" : rank + 1, total: look.total(), size });
  }

  // ---- painting ----

  function drawAll() {
    const root = parts.root;
    const had = root.contains(document.activeElement) ? document.activeElement : root;
    const card = cards.get(here), n = look.total();
    put(parts.place, n ? called(here) : look.all() ? texts.none_fit : texts.no_pairs);
    drawProgress(n);
    parts.blind.hidden = !told.blind;
    drawAlert();
    drawSave();
    drawNote();
    drawCard(n ? card : undefined);
    list.show(here);
    if (!root.contains(had) || had.disabled || had.closest("[hidden]")) refocus(had);
  }

  // Whoever pressed a button that is no more stays on the one that does the same.
  function refocus(had) {
    const name = had.dataset.do;
    const same = name && parts.root.querySelector(`[data-do="${name}"]`);
    const usable = same && !same.disabled && !same.closest("[hidden]");
    (usable ? same : parts.root).focus({ preventScroll: true });
  }

  function drawProgress(n) {
    const { counts } = told;
    put(parts.counts, fill(counts.unsure ? texts.counts_unsure : texts.counts, counts));
    const sifted = n < look.all();
    parts.all.hidden = !sifted;
    put(parts.tools.filter.firstChild, sifted ? `${texts.filter} · ${n}/${look.all()}` : texts.filter);
    const expected = told.blind || !(told.expected >= 0.5) ? ""
      : fill(texts.expected, { n: Math.round(told.expected) });
    put(parts.left, [counts.left ? readable(told.seconds, texts) : "", expected]
      .filter(Boolean).join(" · "));
    parts.bar.setAttribute("aria-valuemax", n);
    parts.bar.setAttribute("aria-valuenow", counts.decided ?? 0);
    parts.bar.setAttribute("aria-label", texts.decided);
    [counts.same, counts.different, counts.unsure].forEach((decided, i) => {
      parts.bar.children[i].style.width = `${n ? (100 * decided) / n : 0}%`;
    });
  }

  function drawAlert() {
    const place = unsaved.has(here) ? here : unsaved.keys().next().value;
    const where = place === undefined || place === here || place === NOWHERE ? "" : ` (${called(place)})`;
    const slow = talk.gone() ? texts.gone
      : talk.slow(saves) ? texts.waiting : talk.slow(() => true) ? texts.loading : "";
    const failed = place === undefined ? "" : `${texts.not_saved}${where}: ${unsaved.get(place)}`;
    const text = [failed, slow, notice].filter(Boolean).join(" · ");
    put(parts.alert, text);
    parts.alert.hidden = !text;
  }

  function drawSave() {
    const wrong = unsaved.size || talk.any(saves); // also what is given up
    const waits = talk.waits(saves) && !talk.gone();
    const state = waits ? "saving" : wrong ? "not_saved" : "saved";
    put(parts.save, state !== "saved" || told.counts.decided ? texts[state] : "");
    parts.save.dataset.state = state;
  }

  function drawNote() {
    const note = notes.get(here) ?? "";
    if (parts.note.value !== note) parts.note.value = note;
  }

  function drawButtons(card) {
    const drafted = card && card.draft.any;
    for (const [name, button] of Object.entries(parts.buttons)) {
      const said = card && (look.painted(here) ?? card.verdict) === name;
      if (VERDICTS.includes(name)) button.setAttribute("aria-pressed", Boolean(said));
      button.disabled = look.total() === 0 && name !== "undo";
      put(button.firstChild, texts[card?.group ? `${name}_group` : name] ?? texts[name]);
    }
    parts.buttons.apply.hidden = !drafted;
  }

  // What a filter or a sample leaves out is not done.
  function allDone() {
    const n = look.hidden();
    return n ? fill(texts.shown_done, { n }) : texts.all_done;
  }

  function drawCard(card) {
    parts.body.setAttribute("aria-busy", !card && look.total() > 0);
    drawButtons(card);
    const done = told.counts.left === 0 && !talk.any(saves) ? allDone() : "";
    const shows = [card, pointed(), from, whyOpen, done, look.total() > 0, here];
    if (!shows.some((one, i) => one !== drawn[i])) return;
    if (scrolled && drawn.at(-1) !== here) parts.main.scrollTop = 0;
    drawn = shows;
    if (!card) {
      parts.body.replaceChildren(make("p", {}, look.total() ? texts.loading : ""));
      parts.reason.textContent = parts.likely.textContent = "";
      for (const name of ["done", "said", "changed", "likely", "whyButton", "why"]) parts[name].hidden = true;
      return;
    }
    parts.reason.textContent = card.reason;
    parts.likely.textContent = card.likely;
    parts.likely.hidden = !card.likely;
    parts.whyButton.hidden = card.why === null;
    parts.why.hidden = !whyOpen || card.why === null;
    parts.whyButton.setAttribute("aria-expanded", String(!parts.why.hidden));
    parts.why.replaceChildren(...(parts.why.hidden ? [] : [waterfall(card, texts)]));
    parts.said.textContent = [card.said, card.note && `“${card.note}”`]
      .filter(Boolean).join(" · ");
    parts.said.hidden = !parts.said.textContent;
    put(parts.done, done && `✓ ${done}`);
    parts.done.hidden = !done;
    parts.said.classList.toggle("cc-again", card.waits);
    parts.changed.hidden = !card.changed.length;
    parts.changed.replaceChildren(...card.changed.map((one) =>
      make("li", {}, fill(one.before === null ? texts.was_unknown : texts.was,
        { ...one, now: one.now ?? texts.nothing }))));
    parts.body.replaceChildren(
      ...(card.group ? [graph(card, texts, pointed())] : []), table(card, texts, pointed(), from));
  }

  function say(text) {
    parts.live.textContent = text;
  }

  // ---- deciding ----

  function send(message, word) {
    const place = here;
    look.paint(place, word);
    const then = look.nextOpen(place);
    talk.ask({ ...message, index: place, note: notes.get(place) ?? "", then });
    unsaved.delete(place);
    show(then);
    say(`${texts[word]} · ${parts.place.textContent}`);
  }

  const decide = (word) => ready() && send({ type: "decide", verdict: word }, word);

  function apply() {
    if (!ready()) return;
    const chooses = ({ type, what, index }) => type === "draft" && what !== "clear" && index === here;
    if (!parts.buttons.apply.hidden || talk.waits(chooses)) send({ type: "apply" }, "same");
    else {
      notice = texts.nothing_chosen;
      drawAlert();
    }
  }

  function back(message) {
    talk.ask(message);
    drawSave();
  }

  // Eject, move and divide are for groups; on a pair these keys do nothing.
  function draft(what) {
    if (!ready() || !(group() || what === "clear")) return;
    talk.ask({ type: "draft", what, index: here, record: pointed() });
  }

  // Chosen once more it is kept as the rules say; but what was saved stays until another is.
  const toggled = (one, kept, saved) => (kept.includes(one) && !saved.includes(one) ? null : one);

  // The value kept of a field: the first, the next ..., then again as the rules say.
  function pick(field, record) {
    const card = cards.get(here);
    if (!card || !ready()) return;
    const kept = record === null ? field.saved : [record];
    const fields = card.fields.map((one) => (one === field ? { ...one, kept } : one));
    const any = card.draft.any || !(record === null || field.saved.includes(record));
    cards.set(here, { ...card, fields, draft: { ...card.draft, any } });
    talk.ask({ type: "draft", what: "pick", index: here, field: field.name, record });
    drawAll();
    const cells = [...parts.body.querySelectorAll(".cc-kept")];
    cells.find((one) => one.dataset.field === field.name)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function digit(key) {
    const card = cards.get(here);
    if (!card) return;
    if (key === "0") {
      const most = Math.max(0, ...card.fields.map((field) => field.key ?? 0));
      from = from + 9 < most ? from + 9 : 0;
      drawAll();
      return;
    }
    const field = card.fields.find((one) => one.key === from + Number(key));
    if (!field) return;
    const record = pointed();
    if (card.draft.divided && record !== null) {
      if (field.values[record] !== null) pick(field, toggled(record, field.kept, field.saved));
      return;
    }
    const have = field.values.flatMap((pieces, place) => (pieces === null ? [] : [place]));
    const next = have[have.indexOf(field.kept[0]) + 1];
    const first = field.kept.length && !field.saved.length ? null : have[0];
    pick(field, next ?? first);
  }

  function survivor() {
    const card = cards.get(here);
    if (!card || !ready()) return;
    chosen = pointed() ?? 0;
    const record = toggled(chosen, card.draft.survivors, card.draft.saved);
    talk.ask({ type: "draft", what: "pick", index: here, field: "", record });
    drawAll();
  }

  // ---- moving ----

  // The person goes there, and sees what was not saved there.
  function show(place) {
    notice = "";
    owed = false;
    unsaved.delete(place);
    unsaved.delete(NOWHERE);
    stand(place);
    drawAll();
    say(parts.place.textContent);
  }

  function stand(place) {
    if (place === here) return;
    here = place;
    from = 0;
    chosen = null;
  }

  function step(by) {
    if (undoing()) return; // the answer says where we are
    const place = look.at(Math.max(0, Math.min(look.total() - 1, look.rank(here) + by)));
    if (place !== undefined && place !== here) go(place);
  }

  function go(place) {
    talk.ask({ type: "goto", index: place });
    show(place);
  }

  function choose(by) {
    const width = cards.get(here)?.heads.length ?? 0;
    if (!width) return;
    const record = pointed();
    chosen = record === null ? (by > 0 ? width - 1 : 0) : (record + by + width) % width;
    drawAll();
    parts.body.querySelector(".cc-col.cc-chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(`${cards.get(here).heads[chosen].name}: ${texts.chosen}`);
  }

  function toggleList() {
    parts.side.hidden = !parts.side.hidden;
    parts.tools.list.setAttribute("aria-expanded", String(!parts.side.hidden));
    parts.root.classList.toggle("cc-with-list", !parts.side.hidden);
    if (!parts.side.hidden) list.show(here);
  }

  const ACTS = { // what the buttons and the keys do, by their names
    same: () => decide("same"),
    different: () => decide("different"),
    unsure: () => decide("unsure"),
    undo: () => back({ type: "undo" }),
    redo: () => back({ type: "redo" }),
    previous: () => step(-1),
    next: () => step(1),
    left: () => choose(-1),
    right: () => choose(1),
    apply,
    clear: () => draft("clear"),
    eject: () => draft("eject"),
    move: () => draft("move"),
    split: () => draft("split"),
    survivor,
    note: () => parts.note.focus(),
    why() {
      whyOpen = !whyOpen;
      drawAll();
    },
    blind: () => talk.ask({ type: "blind", on: !told.blind, index: here }),
    search: () => panel.search(),
    all: () => talk.ask({ type: "filter", filter: null }),
    list: toggleList,
  };
  for (const name of ["filter", "history", "bulk", "help"]) ACTS[name] = () => panel.toggle(name);
  const ONCE = new Set(["same", "different", "unsure", "apply", "undo"]); // a double click is one

  // What the key does that clears: it closes, forgets, and at last leads out of the card. Out
  // there M, B and D D are JupyterLab's: nobody gets there by one stroke too many.
  const leaving = () => fill(texts.leave, { key: shown(hands.keys().clear) });

  function clearOrLeave() {
    const outside = el.parentElement?.closest("[tabindex]"); // the cell
    if (panel.open()) panel.close();
    else if (!parts.buttons.apply.hidden) draft("clear");
    else if (outside && notice !== leaving()) notice = leaving();
    else {
      notice = "";
      outside?.focus();
    }
    drawAlert();
  }

  // Whoever does something else after the question whether to leave has answered it.
  function stay() {
    if (notice !== leaving()) return;
    notice = "";
    drawAlert();
  }

  // Up or down in a long table. Says whether that is all there is to do: a card that is wholly
  // in sight stays there.
  function scroll(by) {
    stay();
    const { main, root } = parts;
    const head = main.querySelector("thead")?.offsetHeight ?? 0; // it stays, over the rows
    main.scrollBy({ top: 0.9 * by * (main.clientHeight - head) });
    const { top, bottom } = root.getBoundingClientRect();
    return main.scrollHeight > main.clientHeight || (top >= 0 && bottom <= innerHeight);
  }

  // ---- listening ----

  function answered(message) {
    const { asked, lost } = talk.settle(message.seq);
    if (message.texts) ({ texts, actions } = message);
    if (!parts && message.texts) build(message.keys);
    if (!parts) {
      if (asked) el.textContent = message.message ?? "✗";
      return;
    }
    for (const one of asked ? [asked, ...lost] : []) {
      const pending = talk.any((other) => other.index === one.index && saves(other));
      const untold = message.type === "saved" && !message.counts;
      if (!pending) look.answered(one.index, untold);
      if (untold) cards.delete(one.index);
    }
    take(message);
    lost.forEach((one) => (one.index === undefined || look.waits(one.index)) && failed(one, ""));
    if (asked) heard(message, asked);
    want(asked);
    drawAll();
    if (asked || message.type === "view") panel.filled(message);
    if (message.type === "undone") say(`${texts.undone} ${parts.place.textContent}`);
    if (message.type === "redone") say(`${texts.redone} ${parts.place.textContent}`);
    if (outdated(message.type, panel.open())) panel.ask();
  }

  // Whether what the open panel shows is no longer so; of a sample it counts when it is decided.
  function outdated(type, open) {
    if (open === "filter") return type === "view";
    if (!DONE.has(type) || talk.waits(saves)) return false;
    return open === "history" || (open === "bulk" && told.counts.left === 0);
  }

  // Takes over what the kernel says of the queue and of some cards; it cannot always say all.
  function take(message) {
    const fresh = message.cards ?? [], moved = Object.entries(message.moved ?? {});
    if (message.counts) told = message;
    if (message.states !== undefined) {
      look.learn(message);
      cards.clear();
      list.forget();
    }
    for (const [place, state] of moved) {
      look.moved(Number(place), state);
      if (!fresh.some((card) => card.index === Number(place))) cards.delete(Number(place));
    }
    if (cards.size > KEPT) for (const place of cards.keys()) if (place !== here) cards.delete(place);
    for (const card of fresh) {
      const drafts = talk.waits((one) => one.type === "draft" && one.index === card.index);
      if (!drafts) cards.set(card.index, card); // the next answer knows more
    }
    if (message.keys) hands.learn(message.keys);
    if (message.type === "keys") panel.help();
    if (message.type === "rows") list.told(message.first, message.rows);
  }

  // What came of something that this view asked.
  function heard(message, asked) {
    const { type } = message;
    if (type === "broken") failed(asked, texts.broken);
    else if (type === "refused") failed(asked, message.message);
    else {
      notice = type === "nothing" ? texts.nothing_left : (message.message ?? (DONE.has(type) ? "" : notice));
      if (saves(asked)) unsaved.delete(placeOf(asked));
      if (asked.note !== undefined && notes.get(asked.index) === asked.note) notes.delete(asked.index);
    }
    lead(message, asked);
  }

  // What is not saved is said until it is, or until the person has been there again.
  function failed(asked, why) {
    if (asked.type === "rows") list.again(asked.first);
    if (!saves(asked)) notice = why || notice;
    else {
      unsaved.set(placeOf(asked), why || texts.broken);
      if (asked.index !== undefined) unseen.add(asked.index);
    }
  }

  // After some answers the kernel says where we are, otherwise the hands do; not saved leads back.
  function lead(message, asked) {
    owed ||= LEADS.has(message.type) && asked.type !== "blind";
    if (holds()) return;
    const place = [...unseen].find((one) => unsaved.has(one));
    if (place !== undefined && document.activeElement === parts.note) return; // in the middle of a word
    unseen.clear(); // the others come after it, as they were decided
    const to = place ?? (owed ? message.position : here) ?? here;
    owed = false;
    if (to === here) return;
    quiet = place === undefined ? 0 : performance.now() + PAUSE;
    stand(to);
    if (place !== undefined && message.position !== to) talk.ask({ type: "goto", index: to });
  }

  // The card in sight may have gone, by what another view did: it is asked for, once.
  function want(asked) {
    if (cards.has(here) || !look.total() || asked?.type === "card") return;
    if (!talk.waits((one) => one.index === here || one.then === here)) talk.ask({ type: "card", index: here });
  }

  function clicked(event) {
    const button = event.target.closest("button");
    hands.rest();
    stay();
    const name = button?.dataset.do;
    if (name) {
      if (!(event.detail > 1 && ONCE.has(name))) ACTS[name]();
      return;
    }
    if (button || event.target.closest("input, select, label, .cc-lines, .cc-panel")) return;
    if (document.activeElement.matches("input, select")) return; // pressed there, let go beside it
    const record = event.target.closest("[data-record]")?.dataset.record;
    const cell = event.target.closest("td[data-field]");
    const field = cell && cards.get(here)?.fields.find((one) => one.name === cell.dataset.field);
    if (getSelection().toString()) return;
    if (field) pick(field, toggled(Number(record), field.kept, field.saved));
    else if (record != null) {
      chosen = Number(record);
      drawAll();
    }
    parts.root.focus();
  }

  function build(keys) {
    parts = frame(texts, keys);
    hands = keyboard(parts, {
      act(name) {
        if (name !== "clear") stay();
        (name === "clear" ? clearOrLeave : ACTS[name])();
      },
      digit(key) {
        stay();
        digit(key);
      },
      scroll,
      rebound: (action, key) => talk.ask({ type: "keys", action, key }),
      leave(event) {
        if (event.key === "Escape" && parts.panel.contains(event.target)) panel.close();
        parts.root.focus();
      },
    });
    panel = board(texts, parts, talk, {
      total: look.total, all: look.all, go, drawSave,
      undo: (at) => back({ type: "undo", step: at }),
      keys: hands.keys, actions: () => actions, rebind: hands.rebind, rest: hands.rest,
    });
    list = lines(texts, `${talk.me}-line`, look, (first, n) => talk.ask({ type: "rows", first, n }), (place) => {
      go(place);
      parts.root.focus();
    });
    parts.side.append(list.box);
    parts.main.addEventListener("scroll", () => (scrolled = parts.main.scrollTop > 0));
    parts.note.addEventListener("input", () => notes.set(here, parts.note.value));
    parts.root.addEventListener("click", clicked);
    el.replaceChildren(parts.root);
    if (el.clientWidth >= ROOMY) requestAnimationFrame(toggleList);
  }

  model.on("msg:custom", answered);
  talk.ask({ type: "hello" });
  return () => {
    model.off("msg:custom", answered);
    hands?.end();
    talk.end();
  };
}

export default { render: ({ model, el }) => view(model, el) };
