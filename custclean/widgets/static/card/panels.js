// ---- panels: help, filter, history, bulk ---------------------------------------------------

function helpPanel(texts, actions, keys, rebind) {
  const rows = Object.entries(actions).map(([name, what]) => {
    const button = make("button", { type: "button", class: "cc-button cc-key", name, title: texts.rebind });
    const calm = () => {
      button.replaceChildren(make("kbd", {}, shown(keys[name])));
      button.setAttribute("aria-label", `${what}: ${shown(keys[name])}, ${texts.rebind}`);
    };
    button.addEventListener("click", (event) => {
      event.stopPropagation(); // a click anywhere else ends it
      rebind(name, button, calm);
      button.append(make("span", { class: "cc-asks" }, texts.press));
      button.setAttribute("aria-label", `${what}: ${texts.press}`);
    });
    calm();
    return make("div", { class: "cc-key-row" }, button, make("span", {}, what));
  });
  return make("div", { class: "cc-help", role: "group", "aria-label": texts.keys },
    make("p", { class: "cc-quiet" }, texts.values), make("p", { class: "cc-quiet" }, texts.legend),
    make("div", { class: "cc-keys" }, ...rows));
}

function labelled(word, control) {
  return make("label", { class: "cc-field" }, make("span", {}, word), control);
}

function select(name, options, chosen) {
  return make("select", { name }, ...options.map(([value, word]) =>
    make("option", { value, selected: value === chosen }, word)));
}

const ORDERS = ["useful", "uncertain", "largest", "likely", "unlikely", "name"];

function filterPanel(texts, told, count, show) {
  const { chosen } = told;
  const percent = (share) => (share == null ? "" : Number((100 * share).toPrecision(12)));
  const number = (name, held, max = null) => make("input", { type: "number", name,
    min: max && 0, max, step: "any", value: held === "" ? null : held });
  const form = make("form", { class: "cc-filter" },
    labelled(texts.search, make("input", { type: "search", name: "text", value: chosen.text })),
    labelled(texts.order, select("order", ORDERS.map((n) => [n, texts[`order_${n}`]]), chosen.order)),
    ...told.facets.map((facet) => labelled(facet.label, select(facet.name,
      [["", texts.all], ...facet.values.map(([v, word, n]) => [v, `${word} (${n})`])], facet.chosen))),
    labelled(texts.least, number("least", percent(chosen.least), 100)),
    labelled(texts.most, number("most", percent(chosen.most), 100)),
    labelled(texts.lightest, number("lightest", chosen.lightest ?? "")),
    labelled(texts.heaviest, number("heaviest", chosen.heaviest ?? "")),
    labelled(texts.smallest, number("smallest", chosen.smallest ?? "", 1000)),
    make("span", { class: "cc-fit", role: "status" }, count),
    make("button", { type: "submit", class: "cc-button" }, texts.show),
    make("button", { type: "button", class: "cc-button", name: "all" }, texts.show_all));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(asked(form));
  });
  form.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") show(asked(form));
  });
  form.querySelector("[name=all]").addEventListener("click", () => show(null));
  return form;
}

function asked(form) {
  const given = Object.fromEntries(new FormData(form).entries());
  for (const name of ["least", "most"]) given[name] = given[name] === "" ? null : given[name] / 100;
  for (const name of ["lightest", "heaviest", "smallest"]) {
    given[name] = given[name] === "" ? null : Number(given[name]);
  }
  return given;
}

function historyPanel(texts, told, verdict, act) {
  const rows = told.entries.map((entry) =>
    make("li", { class: `cc-entry ${entry.stands ? "" : "cc-gone"}` },
      make("span", { class: "cc-entry-when" }, entry.when),
      make("span", { class: "cc-entry-who" }, entry.who),
      make("strong", {}, entry.what),
      make("bdi", { class: "cc-entry-about" }, entry.about),
      entry.note ? make("q", {}, entry.note) : null,
      entry.stands ? null : make("em", {}, texts.taken_back),
      make("span", { class: "cc-entry-acts" },
        entry.place == null ? null : make("button", { type: "button", class: "cc-button cc-small",
          "data-go": entry.place, "aria-label": `${texts.go_there}: ${entry.what} ${entry.about}` }, texts.go_there),
        entry.stands ? make("button", { type: "button", class: "cc-button cc-small", "data-undo": entry.seq,
          "aria-label": `${entry.undo ? texts.give_back : texts.take_back}: ${entry.what} ${entry.about}` },
          entry.undo ? texts.give_back : texts.take_back) : null)));
  const chosen = select("verdict", [["", texts.all], ...told.verdicts], verdict);
  chosen.setAttribute("aria-label", texts.filter);
  chosen.addEventListener("change", () => act({ verdict: chosen.value }));
  const panel = make("div", { class: "cc-history", role: "group", "aria-label": texts.history },
    chosen,
    rows.length ? make("ol", { class: "cc-entries" }, ...rows) : make("p", {}, texts.no_history),
    told.more ? make("button", { type: "button", class: "cc-button cc-small", "data-more": told.first + rows.length }, texts.more) : null);
  panel.addEventListener("click", (event) => {
    const { go, undo, more } = event.target.closest("button")?.dataset ?? {};
    if (go != null) act({ go: Number(go) });
    else if (undo != null && !(event.detail > 1)) act({ undo: Number(undo) }); // a double click is one
    else if (more != null) act({ more: Number(more) });
  });
  return panel;
}

// A list that is closed until one opens it; what is open stays open in `unfolded`.
function folded(list, unfolded) {
  const lines = list.lines.map(([name, why]) =>
    make("li", {}, make("bdi", {}, name), why ? `: ${why}` : null));
  const fold = make("details", { open: unfolded.has(list.name) },
    make("summary", {}, list.title),
    make("div", { class: "cc-scroll", tabindex: 0, role: "group", "aria-label": list.title },
      make("ul", {}, ...lines), list.more ? make("p", {}, list.more) : null));
  fold.addEventListener("toggle", () => unfolded[fold.open ? "add" : "delete"](list.name));
  return fold;
}

function bulkPanel(texts, told, unfolded, act) {
  const { bulk } = told;
  const tolerance = select("tolerance", bulk.tolerances, bulk.tolerance);
  tolerance.addEventListener("change", () => act({ tolerance: Number(tolerance.value) }));
  const button = (name, word, able) => {
    const made = make("button", { type: "button", class: "cc-button", name, disabled: !able }, word);
    made.addEventListener("click", (event) => {
      if (!(event.detail > 1)) act({ what: name, tolerance: bulk.tolerance });
    });
    return made;
  };
  return make("div", { class: "cc-bulk", role: "group", "aria-label": texts.bulk },
    make("strong", {}, texts.bulk_title),
    labelled(texts.tolerance, tolerance),
    make("ul", {}, ...bulk.said.map((line) => make("li", {}, line))),
    ...bulk.lists.map((list) => folded(list, unfolded)),
    bulk.accepted == null ? null : make("p", { class: "cc-said", role: "status" }, fill(texts.accepted, { n: bulk.accepted })),
    make("div", { class: "cc-bulk-acts" },
      button("draw", texts.draw, bulk.drawable),
      button("accept", fill(texts.accept, { n: bulk.left }), bulk.acceptable && bulk.left > 0)));
}
