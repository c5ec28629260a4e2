// Runs in the page: filters and sorts the rows of the table, and copies the names in it.
// @ts-check
(() => {
  const table = document.querySelector('table');
  const body = table?.tBodies[0];
  const form = document.querySelector('form');
  const find = form?.querySelector('input[type=search]');
  const output = form?.querySelector('output');
  const copy = form?.querySelector('button');
  if (!table || !body || !form || !output || !copy || !(find instanceof HTMLInputElement)) return;

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

  /** The names that are shown. */
  let names = [];

  function filter() {
    names = [];
    const text = find.value.trim().toLowerCase();
    const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.name));
    for (const box of boxes) table.classList.toggle(`hide-${box.name}`, !box.checked);
    let count = 0;
    for (const { row, word, names: own, statuses } of rows) {
      const isFound = text.includes('.') ? own.some((name) => name.includes(text)) : word.includes(text);
      const isShown = isFound && statuses.some((status) => shown.has(status));
      if (isShown) {
        count++;
        names.push(...own.filter((_name, index) => shown.has(statuses[index])));
      }
      if (row.hidden === isShown) row.hidden = !isShown;
    }
    output.textContent =
      count === 0 ? 'no word matches' : `${count} of ${rows.length} ${rows.length === 1 ? 'word' : 'words'}`;
    copy.textContent = names.length === 1 ? 'Copy 1 name' : `Copy ${names.length} names`;
    copy.disabled = names.length === 0;
  }
  copy.addEventListener('click', async () => {
    const text = names.map((name) => `${name}\n`).join('');
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Not every browser lets a page from a file use the clipboard.
      const area = document.createElement('textarea');
      area.value = text;
      form.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      copy.focus();
    }
    output.textContent = `${names.length === 1 ? '1 name' : `${names.length} names`} copied`;
  });
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  filter();

  /** Returns how two rows compare in a column. */
  function comparison(column) {
    if (column === 0) return (one, other) => collator.compare(one.word, other.word);
    if (column === heads.length - 1) return (one, other) => one.free - other.free;
    const rank = ({ statuses }) => order.indexOf(statuses[column - 1]);
    return (one, other) => rank(one) - rank(other);
  }
  const collator = new Intl.Collator(undefined, { numeric: true });

  /**
   * Sorts by a column, with what is wanted first: words from A to Z, the best status, or the most names that are perhaps free;
   * at the second request in reverse, at the third in the order of the page.
   */
  function sort(column) {
    const was = heads[column].getAttribute('aria-sort');
    const [first, second] =
      column === heads.length - 1 ? ['descending', 'ascending'] : ['ascending', 'descending'];
    const is = was === 'none' ? first : was === first ? second : 'none';
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
    const cell = target instanceof Element ? target.closest('td') : null;
    if (!cell || cell.title || !cell.className) return;
    const domain = domains[cell.cellIndex - 1];
    if (domain === undefined) return;
    const word = cell.parentElement?.firstElementChild?.textContent ?? '';
    const reason = reasons[Number(cell.dataset['reason'] ?? -1)];
    cell.title = `${word}${domain}: ${cell.className}${reason ? `, ${reason}` : ''}`;
  });
})();
