// ---- how the records of a group hang together ---------------------------------------------

const GRAPH = { width: 260, height: 160, radius: 60, dot: 12 };

function positions(count) {
  const { width, height, radius } = GRAPH;
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2;
    return [width / 2 + 1.25 * radius * Math.cos(angle), height / 2 + radius * Math.sin(angle)];
  });
}

// Lines are as thick as the pair is likely; the weakest link is broken and carries its share.
function graph(card, texts, chosen) {
  const { edges, weakest, said } = card.group;
  const at = positions(card.heads.length);
  const isWeakest = ([left, right]) =>
    weakest !== null && left === weakest[0] && right === weakest[1];
  const lines = edges.map((edge) => {
    const [[x1, y1], [x2, y2]] = [at[edge[0]], at[edge[1]]];
    const weak = isWeakest(edge);
    const cut = partOf(card, edge[0]) !== partOf(card, edge[1]);
    return draw("line", {
      x1, y1, x2, y2,
      class: `cc-link ${weak ? "cc-weak" : ""} ${cut ? "cc-cut" : ""}`,
      "stroke-width": edge[2] == null ? 1.5 : 0.5 + 3 * edge[2],
    });
  });
  const dots = card.heads.map((head, place) =>
    draw("g", { class: `cc-dot cc-part-${partOf(card, place) % 6} ${place === chosen ? "cc-chosen" : ""}`,
                "data-record": place },
      draw("circle", { cx: at[place][0], cy: at[place][1], r: GRAPH.dot }),
      draw("text", { x: at[place][0], y: at[place][1] + 4.5, "text-anchor": "middle" }, place + 1),
      draw("title", {}, head.name)));
  return make(
    "figure",
    { class: "cc-graph" },
    draw("svg", { viewBox: `0 0 ${GRAPH.width} ${GRAPH.height}`, role: "img",
                  "aria-label": `${texts.graph}. ${said}` }, ...lines, ...dots),
    make("figcaption", {},
      make("ol", { class: "cc-names" }, ...card.heads.map((head) => make("li", {}, make("bdi", {}, head.name)))),
      make("p", { class: "cc-weakest" }, said),
      make("div", { class: "cc-group-tools" },
        ...["eject", "move", "split", "clear"].map((name) => pressable(name, texts[name], null, "cc-small")))),
  );
}
