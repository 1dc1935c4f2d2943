// ---- the panel under the bar: which one is open, and what is asked for it --------------------

// `has`: what the view shows and does; see where it is made.
function board(texts, parts, talk, has) {
  let open = "", verdict = "", searching = false, tolerated = {};
  const unfolded = new Set(); // lists of the panel that are open

  function toggle(name) {
    has.rest();
    open = open === name ? "" : name;
    for (const [tool, button] of Object.entries(parts.tools)) {
      if (tool !== "list") button.setAttribute("aria-expanded", String(tool === open));
    }
    if (!open || parts.panel.contains(document.activeElement)) parts.root.focus();
    parts.panel.hidden = !open;
    parts.panel.replaceChildren(open ? make("p", {}, texts.loading) : "");
    if (open === "help") help();
    else if (open) ask();
  }

  function ask(more = {}) {
    if (open === "filter") talk.ask({ type: "facets" });
    if (open === "history") talk.ask({ type: "history", verdict, ...more });
    if (open === "bulk") talk.ask({ type: "bulk", ...tolerated, ...more });
  }

  function search() {
    searching = true;
    if (open === "filter") ask();
    else toggle("filter");
  }

  function help() {
    if (open === "help") fresh(helpPanel(texts, has.actions(), has.keys(), has.rebind));
  }

  // Puts new content into the panel; the focus stays on what has the same name there, else it goes
  // where keys decide: in a field they would only write.
  function fresh(content) {
    const had = parts.panel.contains(document.activeElement) ? document.activeElement : null;
    parts.panel.replaceChildren(content);
    if (!had) return;
    const same = had.name && parts.panel.querySelector(`[name="${had.name}"]:enabled`);
    const near = had.name ? null : parts.panel.querySelector("button:enabled");
    (same || near || parts.root).focus();
  }

  // What the kernel has told of the panel that is open, to this view.
  function filled(message) {
    if (message.type === "facets" && open === "filter") {
      const count = fill(texts.shown, { n: has.total(), total: has.all() });
      fresh(filterPanel(texts, message, count, (filter) => talk.ask({ type: "filter", filter })));
      if (searching) parts.panel.querySelector("[name=text]").focus();
      searching = false;
    }
    if (message.type === "history" && open === "history") {
      fresh(historyPanel(texts, message, verdict, (act) => {
        verdict = act.verdict ?? verdict;
        if (act.go != null) has.go(act.go);
        else if (act.undo != null) has.undo(act.undo);
        else ask({ first: act.more ?? 0 });
      }));
    }
    if (message.bulk && open === "bulk") {
      fresh(bulkPanel(texts, message, unfolded, (act) => {
        tolerated = { tolerance: act.tolerance };
        ask(act);
        has.drawSave();
      }));
    }
  }

  return {
    toggle, search, help, filled, ask,
    open: () => open,
    close: () => toggle(open),
  };
}
