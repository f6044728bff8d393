/**
 * Moves labels apart so that none covers another, each as near to where it
 * belongs as its order allows. Null has no label and stays null.
 *
 * @param wanted Where each label belongs.
 * @param gap The least distance between two labels.
 * @param min The least place, and `max` the greatest.
 * @returns Places in the order given. Labels for which there is no room are null.
 */
export function spreadLabels(
  wanted: readonly (number | null)[],
  gap: number,
  min: number,
  max: number,
): (number | null)[] {
  const room = Math.floor((max - min) / gap) + 1;
  const labels = wanted
    .flatMap((place, index) => place === null ? [] : [{ place, index }])
    .slice(0, Math.max(0, room))
    .sort((a, b) => a.place - b.place);
  const places: (number | null)[] = wanted.map(() => null);

  let low = min;
  for (const label of labels) {
    label.place = Math.max(label.place, low);
    low = label.place + gap;
  }
  let high = max;
  for (const label of labels.toReversed()) {
    label.place = Math.min(label.place, high);
    high = label.place - gap;
    places[label.index] = label.place;
  }
  return places;
}
