/** One timer for all delayed replies, in slots of a millisecond; a timer for each would cost more than the reply. */
export function timerWheel(): (milliseconds: number, action: () => void) => void {
  const slots: (() => void)[][] = Array.from({ length: 1024 }, () => []);
  const slotOf = (time: number) => Math.floor(time) % slots.length;
  let next = Math.floor(performance.now());
  const turn = () => {
    for (const now = performance.now(); next < now; next++) {
      const due = slots[slotOf(next)] ?? [];
      slots[slotOf(next)] = [];
      for (const action of due) action();
    }
  };
  setInterval(turn, 1);
  return (milliseconds, action) => void slots[slotOf(performance.now() + milliseconds)]?.push(action);
}
