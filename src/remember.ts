// What was made is kept, as far as there is room. Pure.

/** Makes a value for a key once; when there are `most` of them, all are forgotten and made anew. */
export function remember<Key, Value>(most: number, make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      if (made.size >= most) made.clear();
      made.set(key, value);
    }
    return value;
  };
}
