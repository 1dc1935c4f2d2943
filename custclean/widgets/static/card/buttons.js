// The review card. The kernel holds the truth: this view asks for it on every render, paints
// ahead of the answer, and says "Saved" only when the answer came. The files are joined into one
// module, in the order of card.py.

function pressable(name, word, key, extra = "") {
  return make(
    "button",
    { type: "button", class: `cc-button ${extra}`, "data-do": name },
    make("span", {}, word),
    key == null ? null : make("kbd", { "data-key": name }, shown(key)),
  );
}

const KEY_NAMES = { Enter: "↵", Escape: "Esc", " ": "␣" };
const shown = (key) =>
  KEY_NAMES[key] ?? (key.length === 1 && key !== key.toLowerCase() ? `⇧${key}` : key.toUpperCase());
