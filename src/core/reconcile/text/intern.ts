/** Gives equal strings of all lists equal numbers, so that they can be compared as integers; one array a list, in the order given. */
export function internAll(...lists: readonly (readonly string[])[]): Int32Array[] {
  const ids = new Map<string, number>();
  return lists.map((list) =>
    Int32Array.from(list, (item) => {
      const known = ids.get(item);
      if (known !== undefined) return known;
      const id = ids.size;
      ids.set(item, id);
      return id;
    }),
  );
}
