/** Orders the rows of a table by a column, in the reader's browser; the page says all without it. */

/** A click on a heading orders by its column, a second one the other way round; what is no number comes last. */
export const sorting = `
<style>.sortable th { cursor: pointer; user-select: none; }
.sortable th[aria-sort=ascending]::after { content: ' ↑'; } .sortable th[aria-sort=descending]::after { content: ' ↓'; }</style>
<script>
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.querySelectorAll('th')];
  heads.forEach((head, column) => {
    const order = () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const text = (row) => row.cells[column].textContent;
      const compare = (a, b) => {
        const [x, y] = [parseFloat(text(a)), parseFloat(text(b))];
        if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
        const found = Number.isNaN(x) ? text(a).localeCompare(text(b)) : x - y;
        return down ? -found : found;
      };
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
    };
    head.tabIndex = 0;
    head.addEventListener('click', order);
    head.addEventListener('keydown', ({ key }) => key === 'Enter' && order());
  });
}
</script>
`;
