// ---- talking with the kernel ----------------------------------------------------------------

const SLOW = 8000; // ms without an answer until the view says so
const LOST = 30000; // ms without an answer until the kernel is asked anew how things stand

// Numbers what is asked, and knows what is not answered yet. What waits for very long holds nothing
// up any more; an answer that comes late is taken all the same. `changed()`: something has become slow.
function talking(model, changed) {
  const me = `v${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const pending = new Map(); // number of a message -> {message, timers, slow, late}
  let count = 0, patience = LOST, gone = false; // gone: nobody is there to be told

  function ask(message) {
    const number = count++;
    const one = { message, slow: false, late: false };
    one.timers = [setTimeout(() => slowed(one), SLOW), setTimeout(() => giveUp(one), patience)];
    pending.set(number, one);
    try {
      model.send({ ...message, seq: `${me}:${number}` });
    } catch { // the kernel that made this widget was restarted
      gone = true;
      slowed(one);
    }
  }

  function slowed(one) {
    one.slow = true;
    changed();
  }

  function giveUp(one) {
    one.late = true;
    if (waits(({ type }) => type === "hello")) return; // asked anew already
    for (const each of pending.values()) each.late = true;
    patience *= 2;
    changed();
    ask({ type: "hello" });
  }

  const some = (test) => [...pending.values()].some(test);
  const waits = (test) => some((one) => !one.late && test(one.message));

  function drop(number) {
    const one = pending.get(number);
    one?.timers.forEach(clearTimeout);
    pending.delete(number);
    return one?.message;
  }

  // What this is the answer to: null for that of another view. The kernel answers one after the
  // other: what was asked before a hello and has no answer then, was lost on the way.
  function settle(seq) {
    const [whose, number] = String(seq).split(":");
    if (whose !== me) return { asked: null, lost: [] };
    const asked = drop(Number(number)) ?? {};
    patience = LOST;
    const before = asked.type === "hello" ? [...pending.keys()].filter((n) => n < number) : [];
    return { asked, lost: before.map(drop) };
  }

  return {
    me, ask, settle, waits,
    gone: () => gone,
    any: (test) => some((one) => test(one.message)), // also what is given up
    slow: (test) => some((one) => one.slow && test(one.message)),
    end: () => [...pending.keys()].forEach(drop),
  };
}
