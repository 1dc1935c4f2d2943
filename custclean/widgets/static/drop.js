// Files into the inbox, piece by piece: the next one is sent when the last one is on disk. Also
// the keeper of the panel around it: its keys stay away from JupyterLab, and a button that was
// switched off while it had the focus gets it back.

const PIECE = 1 << 20; // bytes; one message may have ten megabytes at most

// the handle of a slider of ipywidgets has no name: it gets the one that stands before it
function name(panel) {
  for (const handle of panel.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label");
    if (label) handle.setAttribute("aria-label", label.textContent);
  }
}

function keep(panel, end) {
  let last = null; // what had the focus
  // Notebook 7 looks for its keys on the way down, JupyterLab on the way up; both leave alone
  // what has the focus and carries this mark; Ctrl+S is theirs
  window.addEventListener(
    "keydown",
    (event) => {
      if (!panel.contains(event.target)) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      event.target.toggleAttribute("data-lm-suppress-shortcuts", plain);
    },
    { signal: end, capture: true },
  );
  panel.addEventListener("focusin", (event) => (last = event.target), { signal: end });
  document.addEventListener(
    "pointerdown",
    (event) => {
      if (!panel.contains(event.target)) last = null; // gone by choice
    },
    { signal: end },
  );
  const watch = new MutationObserver(() => {
    name(panel);
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (last && lost && !last.disabled && panel.contains(last)) last.focus();
  });
  const seen = { attributes: true, attributeFilter: ["disabled"] };
  watch.observe(panel, { ...seen, childList: true, subtree: true });
  name(panel);
  end.addEventListener("abort", () => watch.disconnect());
}

function view(model, el) {
  const stop = new AbortController();
  const waiting = new Map(); // file -> what goes on when the kernel has answered
  let count = 0;
  let parts = null;
  let texts = null;

  function told(message) {
    if (message.type === "texts") {
      texts = message.texts;
      if (!parts) build();
      return;
    }
    const next = waiting.get(message.file);
    waiting.delete(message.file);
    next?.(message);
  }

  function ask(message, buffers) {
    return new Promise((resolve) => {
      waiting.set(message.file, resolve);
      model.send(message, undefined, buffers);
    });
  }

  async function send(file) {
    count += 1;
    const id = `${Date.now().toString(36)}-${count}-${Math.random().toString(36).slice(2)}`;
    const line = make("li", {});
    parts.list.append(line);
    for (let at = 0; ; at += PIECE) {
      const percent = file.size ? Math.floor((100 * at) / file.size) : 0;
      line.textContent = fill(texts.coming, { name: file.name, percent });
      let piece;
      try {
        piece = await file.slice(at, at + PIECE).arrayBuffer();
      } catch (error) {
        line.textContent = `✗ ${file.name}: ${error.message}`; // a folder, or gone meanwhile
        return;
      }
      const last = at + PIECE >= file.size;
      const { name, size } = file;
      const answer = await ask({ type: "piece", file: id, name, size, at, last }, [piece]);
      if (answer.type !== "took") return finish(line, answer, file.name);
    }
  }

  function finish(line, answer, name) {
    const sign = answer.type === "refused" ? "✗" : answer.again ? "=" : "✓";
    line.replaceChildren(`${sign} `, make("bdi", {}, answer.said));
    if (!answer.again) return;
    const more = make("button", { type: "button" }, texts.again);
    more.addEventListener("click", async () => {
      count += 1;
      const question = { type: "again", file: `again-${count}`, like: answer.again, name };
      const found = await ask(question);
      const inside = line.contains(document.activeElement);
      finish(line, { ...found, again: "" }, name);
      if (inside) parts.button.focus();
    });
    line.append(" ", more);
  }

  async function take(files) {
    parts.list.replaceChildren();
    for (const file of files) await send(file); // one after the other: their order is theirs
  }

  function build() {
    const input = make("input", { type: "file", multiple: "", hidden: "", tabindex: "-1" });
    parts = {
      button: make("button", { type: "button" }, texts.choose),
      list: make("ul"),
    };
    const root = make(
      "div", { class: "cc-drop" },
      make("div", {}, parts.button, input, make("span", { class: "cc-drop-soft" }, texts.drop)),
      make("div", { role: "status" }, parts.list),
    );
    parts.button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = ""; // the same file may be chosen again
    });
    el.replaceChildren(root);
    settle(root, 0);
  }

  // the panel is around us once JupyterLab has put us into the page
  function settle(root, tries) {
    const panel = root.closest(".custclean-panel");
    if (!panel && tries < 300 && !stop.signal.aborted) {
      requestAnimationFrame(() => settle(root, tries + 1));
      return;
    }
    const zone = panel ?? root;
    keep(zone, stop.signal);
    const mark = (isOver) => root.classList.toggle("cc-drop-over", isOver);
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      zone.addEventListener(
        name,
        (event) => {
          if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
          event.preventDefault(); // the browser would open the file in this tab
          event.stopPropagation();
          mark(name === "dragenter" || name === "dragover");
          if (name === "drop") take([...event.dataTransfer.files]);
        },
        { signal: stop.signal },
      );
    }
  }

  model.on("msg:custom", told);
  model.send({ type: "hello" });
  return () => {
    model.off("msg:custom", told);
    stop.abort();
  };
}

export default { render: ({ model, el }) => view(model, el) };
