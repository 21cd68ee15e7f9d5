/** The Hungarian method: each row's column in an assignment of greatest total weight; -1 where no weight above 0 is left. */
export function assign(weights: readonly (readonly number[])[]): number[] {
  const rows = weights.length;
  const columns = weights[0]?.length ?? 0;
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number): number => -(weights[row]?.[column] ?? 0);
  const at = (values: Float64Array | Int32Array, i: number): number => values[i] ?? 0;

  // Row and column 0 are sentinels, as usual in this formulation with potentials.
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  const previous = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
    const done = new Uint8Array(size + 1);
    do {
      done[column] = 1;
      const current = at(rowOf, column);
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= size; j++) {
        if (done[j] === 1) continue;
        const reduced = cost(current - 1, j - 1) - at(rowPotential, current) - at(columnPotential, j);
        if (reduced < at(slack, j)) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (at(slack, j) < step) {
          step = at(slack, j);
          next = j;
        }
      }
      for (let j = 0; j <= size; j++) {
        if (done[j] === 1) {
          rowPotential[at(rowOf, j)] = at(rowPotential, at(rowOf, j)) + step;
          columnPotential[j] = at(columnPotential, j) - step;
        } else {
          slack[j] = at(slack, j) - step;
        }
      }
      column = next;
    } while (at(rowOf, column) !== 0);
    while (column !== 0) {
      const before = at(previous, column);
      rowOf[column] = at(rowOf, before);
      column = before;
    }
  }

  const result = Array.from({ length: rows }, () => -1);
  for (let j = 1; j <= columns; j++) {
    const row = at(rowOf, j) - 1;
    if (row < rows && (weights[row]?.[j - 1] ?? 0) > 0) result[row] = j - 1;
  }
  return result;
}
