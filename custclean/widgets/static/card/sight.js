// ---- which questions are in sight, and how each stands --------------------------------------

const WAITS = "oacpw"; // letters of the states in which a question waits
const LETTER = { same: "s", different: "d", unsure: "u" };

function sight() {
  const painted = new Map(); // place -> verdict that is shown ahead of the answer
  let order = null, ranks = null, states = []; // null: all are in sight, as they came

  const total = () => (order === null ? states.length : order.length);
  const at = (rank) => (order === null ? rank : order[rank]);
  const rank = (place) => (order === null ? place : (ranks.get(place) ?? -1)); // -1: not in sight
  const waits = (place) => WAITS.includes(states[place]) && !painted.has(place);

  return {
    total, at, rank, waits,
    all: () => states.length,
    // how many wait that are not in sight
    hidden: () => (order === null ? 0
      : states.filter((state, place) => WAITS.includes(state) && !ranks.has(place)).length),
    state: (place) => (painted.has(place) ? LETTER[painted.get(place)] : states[place]),
    painted: (place) => painted.get(place),
    paint: (place, verdict) => painted.set(place, verdict),
    // the kernel has answered; `saved`: but without saying how it stands now
    answered(place, saved) {
      if (saved && painted.has(place)) states[place] = LETTER[painted.get(place)];
      painted.delete(place);
    },
    learn(told) {
      states = [...told.states];
      order = told.order;
      ranks = order && new Map(order.map((place, n) => [place, n]));
    },
    moved: (place, state) => (states[place] = state),
    nextOpen(place) {
      const n = total(), from = rank(place);
      for (let step = 1; step <= n; step++) {
        const other = at((from + step) % n);
        if (other !== place && waits(other)) return other;
      }
      return place;
    },
  };
}
