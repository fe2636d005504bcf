// Filters and sorts the tables of the report. Without it everything is there, only longer.
(() => {
  'use strict';

  const number = (n) => n.toLocaleString('en-US');

  /** Wires one filter form to its table. */
  function filter(form) {
    const table = document.getElementById(form.dataset.table);
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const output = form.querySelector('output');
    const fields = [...form.elements].filter((e) => e.name);
    const nothing = document.createElement('p');
    nothing.className = 'nothing';
    nothing.hidden = true;
    nothing.textContent = 'No ' + form.dataset.things + ' match.';
    table.parentElement.after(nothing);

    function matches(row, text) {
      return fields.every((field) => {
        const value = field.value.trim();
        if (value === '') return true;
        if (field.name === 'q') {
          return value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
        }
        return (row.dataset[field.name] || '').split(' ').includes(value);
      });
    }

    function apply() {
      let shown = 0;
      rows.forEach((row, i) => {
        const visible = matches(row, texts[i]);
        if (row.hidden === visible) row.hidden = !visible;
        if (visible) shown++;
      });
      nothing.hidden = shown > 0;
      const said = number(shown) + ' of ' + number(rows.length) + ' ' + form.dataset.things;
      if (output.textContent !== said) output.textContent = said;
    }

    /** The address holds what is chosen, so that it can be sent and reloaded. */
    function remember() {
      const chosen = new URLSearchParams();
      fields.forEach((field) => field.value && chosen.set(field.name, field.value));
      try {
        history.replaceState(null, '', '#' + chosen);
      } catch {
        // Some browsers forbid it for files; the filter works all the same.
      }
    }

    function recall() {
      const hash = location.hash.slice(1);
      const chosen = new URLSearchParams(hash.includes('=') ? hash : '');
      fields.forEach((field) => {
        field.value = chosen.get(field.name) || '';
      });
      apply();
      if (hash.includes('=')) {
        form.scrollIntoView();
      } else if (hash) {
        document.getElementById(decodeURIComponent(hash))?.scrollIntoView();
      }
    }

    form.hidden = false;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      apply();
      remember();
    });
    form.addEventListener('reset', () =>
      setTimeout(() => {
        apply();
        remember();
      }));
    addEventListener('hashchange', recall);
    recall();
  }

  /** Makes a column's head a button that sorts by it. */
  function sort(head) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    const body = head.closest('table').tBodies[0];
    const numeric = head.dataset.sort === 'number';
    const key = (row) => {
      const cell = row.cells[head.cellIndex];
      return numeric
        ? Number(cell.dataset.value ?? cell.textContent.replaceAll(',', ''))
        : cell.textContent;
    };
    button.addEventListener('click', () => {
      const down = head.ariaSort ? head.ariaSort === 'ascending' : numeric;
      const rows = [...body.rows].map((row) => [key(row), row]);
      const order = numeric ? (a, b) => a[0] - b[0] : (a, b) => a[0].localeCompare(b[0]);
      rows.sort((a, b) => (down ? -order(a, b) : order(a, b)));
      for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
      head.ariaSort = down ? 'descending' : 'ascending';
      body.append(...rows.map((row) => row[1]));
    });
  }

  document.querySelectorAll('form[data-table]').forEach(filter);
  document.querySelectorAll('th[data-sort]').forEach(sort);
})();
