// Runs in the page: filters and sorts the rows of the table.
// @ts-check
(() => {
  const table = document.querySelector('table');
  const body = table?.tBodies[0];
  const form = document.querySelector('form');
  const find = form?.querySelector('input[type=search]');
  const output = form?.querySelector('output');
  if (!table || !body || !form || !output || !(find instanceof HTMLInputElement)) return;

  /** The statuses from the best to the worst for somebody who looks for a free name. */
  const order = ['unregistered', 'absent', 'unknown', 'pending', 'taken', 'live', ''];

  const heads = [...table.querySelectorAll('thead th')];
  const domains = heads.slice(1, -1).map((head) => head.textContent ?? '');
  const reasons = [...document.querySelectorAll('.reason')].map((reason) => reason.textContent ?? '');
  const rows = [...body.rows].map((row) => {
    const [head, ...cells] = row.cells;
    const statuses = cells.slice(0, -1).map((cell) => cell.className);
    const word = head?.textContent ?? '';
    const names = domains.map((domain, index) => (statuses[index] ? word + domain : ''));
    return { row, word, names, statuses, free: Number(cells.at(-1)?.textContent) };
  });

  const boxes = [...form.querySelectorAll('input')].filter((input) => input.type === 'checkbox');
  for (const box of boxes) box.hidden = false;
  for (const hidden of form.querySelectorAll('p')) hidden.hidden = false;

  function filter() {
    const text = find.value.trim().toLowerCase();
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.name));
    for (const box of boxes) table.classList.toggle(`hide-${box.name}`, !box.checked);
    let count = 0;
    for (const { row, word, names, statuses } of rows) {
      const isFound = text.includes('.') ? names.some((name) => name.includes(text)) : word.includes(text);
      const isShown = isFound && statuses.some((status) => shown.has(status));
      if (isShown) count++;
      if (row.hidden === isShown) row.hidden = !isShown;
    }
    output.textContent = `${count} of ${rows.length} ${rows.length === 1 ? 'word' : 'words'}`;
  }
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  filter();

  /** Returns how two rows compare in a column. */
  function comparison(column) {
    if (column === 0) return (one, other) => collator.compare(one.word, other.word);
    if (column === heads.length - 1) return (one, other) => other.free - one.free;
    const rank = ({ statuses }) => order.indexOf(statuses[column - 1]);
    return (one, other) => rank(one) - rank(other);
  }
  const collator = new Intl.Collator(undefined, { numeric: true });

  /** Sorts by a column; at the second request in reverse, at the third in the order of the page. */
  function sort(column) {
    const was = heads[column].getAttribute('aria-sort');
    const is = was === 'none' ? 'ascending' : was === 'ascending' ? 'descending' : 'none';
    for (const [index, head] of heads.entries())
      head.setAttribute('aria-sort', index === column ? is : 'none');
    const compare = comparison(column);
    const sorted =
      is === 'none' ? rows : rows.toSorted(is === 'ascending' ? compare : (a, b) => compare(b, a));
    body.append(...sorted.map(({ row }) => row));
  }
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    button.addEventListener('click', () => sort(column));
    head.append(button);
    head.setAttribute('aria-sort', 'none');
  }

  /** Says what a cell means when the mouse is over it. */
  body.addEventListener('mouseover', ({ target }) => {
    if (!(target instanceof HTMLTableCellElement) || target.title || !target.className) return;
    const domain = domains[target.cellIndex - 1];
    if (domain === undefined) return;
    const word = target.parentElement?.firstElementChild?.textContent ?? '';
    const reason = reasons[Number(target.dataset['reason'] ?? -1)];
    target.title = `${word}${domain}: ${target.className}${reason ? `, ${reason}` : ''}`;
  });
})();
