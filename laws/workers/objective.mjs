/** What the laws of workers try: plain JavaScript, so that a thread loads it at once. A state is the list of budgets gone through. */
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export default (data) => async () => {
  if (data.refuses) return { _tag: 'Left', left: { tag: 'value', where: 'data', expected: 'data', received: 'none' } };
  return {
    _tag: 'Right',
    right: (point, trial, state) => async () => {
      if (point.x === data.throws) throw new Error('an oversight');
      if (point.x === data.dies) process.exit(7);
      if (point.x === data.fails) return { _tag: 'Left', left: 'in words' };
      if (point.x === data.diverges) return { _tag: 'Right', right: { value: Number.NaN } };
      if (point.x === data.nothing) return { _tag: 'Right', right: {} };
      if (trial.number >= data.waitsFrom) await wait(60_000);
      await wait(((trial.number * 7) % 5) * (data.slowness ?? 0));
      const budgets = [...(state === undefined ? [] : JSON.parse(state)), trial.budget];
      return {
        _tag: 'Right',
        right: { value: point.x + 1 / trial.budget + budgets.length / 1000, state: JSON.stringify(budgets) },
      };
    },
  };
};
